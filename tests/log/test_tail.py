"""The tail: the head and what follows, in one answer."""

from uuid import uuid4

import msgspec
import psycopg
import pytest

from numirror.shell.log import EventLog, Saved, Tail, Tenant
from numirror.shell.log.queries import named
from tests.log.conftest import METADATA, NOW, Put, event


def positions(tail: Tail) -> list[int]:
    return [one.position for one in tail.events]


def save(owner: psycopg.Connection, tenant: Tenant, stream: str, position: int, mirror: str = "postgres") -> None:
    given = {"mirror": mirror, "stream": stream, "version": 3, "position": position, "seen": 0, "state": b"\0fold" * 99}
    with owner.transaction():
        owner.execute(named("enter").text, {"tenant": tenant.tenant_id})
        owner.execute(named("advance_checkpoint").text, {"tenant": tenant.tenant_id, **given})


@pytest.fixture
def seven(log: EventLog, ada: Tenant, put: Put) -> None:
    """tasks at 1, 2, 3, 6 and 7; bingo at 4 and 5."""
    put(0, event(), event(), event())
    log.append(ada, "bingo", 0, uuid4(), [event(), event()], NOW, METADATA)
    put(3, event(), event(b'{"z":1}'))


def test_without_a_log_there_is_nothing(log: EventLog, ada: Tenant) -> None:
    assert log.tail(ada, None) == log.tail(ada, 0) == Tail(None, 0, {}, [])


@pytest.mark.usefixtures("seven")
def test_a_tail_begins_after_a_position(log: EventLog, ada: Tenant) -> None:
    tail = log.tail(ada, 5)
    assert (tail.position, positions(tail), tail.saved) == (7, [6, 7], {})
    last = tail.events[-1]
    assert (last.stream, last.type, last.schema_version, last.entity_id) == ("tasks", "tasks.task_added", 1, "t1")
    assert msgspec.json.decode(last.data) == {"z": 1}
    assert positions(log.tail(ada, 7)) == positions(log.tail(ada, 99)) == []


@pytest.mark.usefixtures("seven")
def test_a_cut_tail_shows_that_more_follows(log: EventLog, ada: Tenant) -> None:
    tail = log.tail(ada, 0, limit=3)
    assert (positions(tail), tail.position) == ([1, 2, 3], 7)


@pytest.mark.usefixtures("seven")
def test_without_a_position_the_durable_folds_come_along(log: EventLog, ada: Tenant, owner) -> None:
    save(owner, ada, "tasks", 3)
    save(owner, ada, "tasks", 6, mirror="redis")
    tail = log.tail(ada, None)
    assert tail.saved == {"tasks": Saved(3, 3, b"\0fold" * 99)}
    assert positions(tail) == [4, 5, 6, 7], "bingo has no fold yet"
    save(owner, ada, "bingo", 4)
    assert positions(log.tail(ada, None)) == [5, 6, 7]


@pytest.mark.usefixtures("seven")
def test_events_before_the_folds_are_not_read_again(log: EventLog, ada: Tenant, owner) -> None:
    save(owner, ada, "tasks", 7)
    save(owner, ada, "bingo", 5)
    assert positions(log.tail(ada, None)) == []


@pytest.mark.usefixtures("seven")
def test_a_tail_is_one_tenants(log: EventLog, bob: Tenant) -> None:
    assert log.tail(bob, None).position == 0
    assert log.read(bob, 0) == []
