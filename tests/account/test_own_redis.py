"""A person's own Redis answers with anything: the card comes, in time, from the log."""

from collections.abc import Iterable
from uuid import uuid4

import msgspec
import pytest

from numirror import catalog
from numirror.shell.mirrors import redis as read_models
from numirror.shell.mirrors.redis import ReadModel
from numirror.shell.resources import leases
from numirror.shell.resources.resolution import Resource, Url
from tests.account.conftest import Person
from tests.check_resources.hostile import hostile
from tests.waiting import eventually

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


@pytest.fixture(params=["beside the lease", "in a Redis of the operator's", "in a Redis of their own"])
def kept(request: pytest.FixtureRequest, person: Person) -> Person:
    """Somebody whose read models lie there."""
    other = person.settings.redis_url.rpartition("/")[0] + "/11"
    if request.param == "in a Redis of the operator's":
        person.settings = msgspec.structs.replace(person.settings, read_model_url=other)
        person.begin()
    person.visit()
    if request.param == "in a Redis of their own":
        lend(person, Url(other))
    person.add("Forgotten")
    return person


@pytest.mark.parametrize("who", ["a worker", "a click in another window"])
def test_who_comes_too_late_leaves_nothing_of_who_was_forgotten(kept: Person, who: str) -> None:
    visit = kept.visit()
    tail = kept.stores.log.tail(visit.tenant, 0)
    assert tail.log_id is not None
    models = {"tasks": ReadModel(tail.log_id, tail.position + 1, b"{}")}
    kept.account.forget(visit)
    if who == "a worker":
        kept.stores.keep(visit.lease, catalog.STREAMS, models)
    else:
        kept.visits.close(visit, models)
    with kept.stores.models_of(visit.lease) as store:
        # Awaited, as the stack's own workers may be about to take back theirs.
        eventually(lambda: not store.exists(*read_models.keys(visit.tenant_hash, catalog.STREAMS)), seconds=5)


def test_beside_the_lease_a_read_model_is_not_even_written(person: Person) -> None:
    """A worker that dies in the middle would leave it."""
    person.visit()
    store, key, lent = person.stores.models, "nu:{somebody}:tasks:v1", leases.key("somebody")
    model = ReadModel(uuid4(), 1, b"{}")
    read_models.save(store, {key: model}, beside=lent)
    assert not store.exists(key)
    store.set(lent, b"lent")
    read_models.save(store, {key: model}, beside=lent)
    assert store.getdel(key) == model.pack()
    store.delete(lent)
