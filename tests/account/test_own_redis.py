"""A person's own Redis answers with anything: the card comes, in time, from the log."""

from collections.abc import Iterable

import msgspec
import pytest

from numirror import catalog
from numirror.shell.mirrors import redis as read_models
from numirror.shell.mirrors.redis import ReadModel
from numirror.shell.resources.resolution import Resource, Url
from tests.account.conftest import Person
from tests.check_resources.hostile import hostile

COUNT = len(catalog.STREAMS)
ANSWERS = {
    "too few": b"*1\r\n$-1\r\n",
    "a number": b":5\r\n",
    "nothing": b"$-1\r\n",
    "numbers": b"*%d\r\n" % COUNT + b":5\r\n" * COUNT,
    "a text": b"$%d\r\n" % COUNT + b"x" * COUNT + b"\r\n",
    "lists in lists": b"*1\r\n" * 5_000,
    "no number": b"*x\r\n",
}


def lend(person: Person, own: Url) -> None:
    lease = person.visit().lease
    person.stores.lend(
        msgspec.structs.replace(lease, read_model=Resource(own, "vault")), person.stores.tenant_hash(lease.tenant_id)
    )


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_what_is_no_answer_costs_a_fold(person: Person, answer: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def say(heard: bytes) -> Iterable[bytes]:
        yield answer if b"MGET" in heard else b"+OK\r\n" * heard.count(b"*")

    person.visit()
    person.add("Seen all the same")
    with hostile(say) as server:
        monkeypatch.setattr(person.stores.targets.guard, "_local", frozenset({("127.0.0.1", server.port)}))
        lend(person, Url(f"redis://:password@127.0.0.1:{server.port}/0"))
        assert person.titles() == ["Seen all the same"]


@pytest.mark.parametrize("state", [b"nope", b"[1,2]", b"[" * 100_000])
def test_a_state_that_can_not_be_read_costs_a_fold(person: Person, state: bytes) -> None:
    person.visit()
    person.add("Seen all the same")
    lend(person, Url(person.settings.redis_url.rpartition("/")[0] + "/11"))
    visit = person.visit()
    tail = person.stores.log.tail(visit.tenant, 0)
    assert tail.log_id is not None
    model = ReadModel(tail.log_id, tail.position, state)
    with person.stores.models_of(visit.lease) as store:
        for key in read_models.keys(visit.tenant_hash, catalog.STREAMS):
            store.set(key, model.pack())
    assert person.titles() == ["Seen all the same"]


def test_a_worker_in_the_middle_leaves_nothing_of_who_was_forgotten(person: Person) -> None:
    person.visit()
    person.add("Forgotten")
    visit = person.visit()
    tail = person.stores.log.tail(visit.tenant, 0)
    assert tail.log_id is not None
    person.account.forget(visit)
    person.stores.keep(visit.lease, catalog.STREAMS, {"tasks": ReadModel(tail.log_id, tail.position, b"{}")})
    assert not person.stores.models.exists(*read_models.keys(visit.tenant_hash, catalog.STREAMS))
