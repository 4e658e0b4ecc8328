"""Append: in order, without gaps, once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import msgspec
import psycopg
import pytest

from numirror.shell.log import CommandReused, Connections, EventLog, LogAway, Target, Tenant, VersionConflict
from tests.log.conftest import METADATA, NOW, Put, event
from tests.log.wire import wire_to

COMMAND = UUID("11111111-2222-4333-8444-555555555555")


def test_positions_count_the_tenants_whole_log_from_one(log: EventLog, ada: Tenant, put: Put) -> None:
    assert put(0).position == 1
    bingo = log.append(ada, "bingo", 0, uuid4(), [event(), event()], NOW, METADATA)
    assert (bingo.first, bingo.position) == (2, 3)
    assert put(1).position == 4


def test_what_is_read_is_what_was_appended(log: EventLog, ada: Tenant, put: Put) -> None:
    put(0, event(b'{"b":1,"a":"\\u00e9"}'), event(b"{}", entity="t2"), command=COMMAND)
    first, second = log.read(ada, 0)
    assert msgspec.json.decode(first.data or b"") == {"a": "é", "b": 1}
    assert (second.position, second.n, second.entity_id, second.command_id) == (2, 1, "t2", COMMAND)
    assert (first.stream, first.type, first.schema_version) == ("tasks", "tasks.task_added", 1)
    assert (first.occurred_at, first.metadata) == (NOW, METADATA)


def test_pages_follow_one_another(log: EventLog, ada: Tenant, put: Put) -> None:
    put(0, *[event()] * 5)
    assert [one.position for one in log.read(ada, 0, limit=3)] == [1, 2, 3]
    assert [one.position for one in log.read(ada, 3, limit=3)] == [4, 5]


def test_a_conflict_names_both_versions(put: Put) -> None:
    put(0, event(), event())
    for expected in (0, 1, 3):
        with pytest.raises(VersionConflict) as caught:
            put(expected)
        assert (caught.value.expected, caught.value.actual) == (expected, 2)


def test_a_conflict_with_an_empty_log_leaves_nothing_behind(log: EventLog, ada: Tenant, put: Put) -> None:
    for events in ([event()], [event(), event()]):
        with pytest.raises(VersionConflict, match="at version 0, not 7"):
            put(7, *events)
    assert log.tail(ada, None).log_id is None


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("moved", [False, True])
def test_a_command_is_appended_once(log: EventLog, ada: Tenant, put: Put, count: int, moved: bool) -> None:
    events = [event(entity=f"t{n}") for n in range(count)]
    first = put(0, *events, command=COMMAND)
    again = put(first.position if moved else 0, *events, command=COMMAND)
    assert (again.first, again.position, again.log_id) == (first.first, first.position, first.log_id)
    assert again.repeated and not first.repeated
    assert len(log.read(ada, 0)) == count


def test_a_repeat_may_write_its_numbers_and_keys_in_another_way(put: Put) -> None:
    put(0, event(b'{"a":1.50,"b":1e2}'), command=COMMAND)
    assert put(1, event(b'{"b": 100, "a": 1.50}'), command=COMMAND).repeated


@pytest.mark.parametrize(
    "other",
    [
        [event(b'{"title":"Other"}')],
        [event(entity="t9")],
        [event(kind="tasks.task_deleted")],
        [event(), event()],
    ],
)
@pytest.mark.parametrize("expected", [0, 1])
def test_a_command_id_is_not_for_two_wishes(put: Put, other: list, expected: int) -> None:
    put(0, command=COMMAND)
    with pytest.raises(CommandReused):
        put(expected, *other, command=COMMAND)


def test_a_command_id_of_another_tenant_is_nobodys_business(put: Put, bob: Tenant) -> None:
    put(0, command=COMMAND)
    assert not put(0, command=COMMAND, tenant=bob).repeated


def test_sixteen_threads_leave_no_gap(log: EventLog, ada: Tenant) -> None:
    def work(number: int) -> None:
        stream, version = f"s{number % 4}", 0
        for n in range(12):
            version = _insist(log, ada, stream, version, uuid4(), n)

    with ThreadPoolExecutor(16) as crew:
        list(crew.map(work, range(16)))
    assert [one.position for one in log.read(ada, 0)] == list(range(1, 16 * 12 + 1))
    assert log.verify(ada).count == 192


def test_of_racing_first_appends_one_makes_the_log(connections: Connections, ada: Tenant) -> None:
    start = threading.Barrier(8)

    def work(number: int) -> tuple[UUID, int]:
        log = EventLog(connections)
        start.wait()
        done = log.append(ada, f"s{number}", 0, uuid4(), [event()] * (1 + number % 2), NOW, METADATA)
        return done.log_id, done.position

    with ThreadPoolExecutor(8) as crew:
        done = list(crew.map(work, range(8)))
    assert len({log_id for log_id, _ in done}) == 1
    assert EventLog(connections).verify(ada).count == 12


def test_a_double_click_is_one_event(connections: Connections, ada: Tenant) -> None:
    start = threading.Barrier(8)

    def work(_: int) -> tuple[int, bool]:
        log = EventLog(connections)
        start.wait()
        done = log.append(ada, "tasks", 0, COMMAND, [event()], NOW, METADATA)
        return done.position, done.repeated

    with ThreadPoolExecutor(8) as crew:
        done = list(crew.map(work, range(8)))
    assert sorted(done) == [(1, False)] + [(1, True)] * 7


def test_a_lost_reply_and_a_retry_are_one_event(log: EventLog, ada: Tenant) -> None:
    with wire_to(ada.storage.port) as wire:
        far = Tenant(ada.tenant_id, msgspec.structs.replace(ada.storage, port=wire.port))
        log.append(far, "tasks", 0, uuid4(), [event()], NOW, METADATA)
        wire.loses_replies.set()
        with pytest.raises(LogAway):
            log.append(far, "tasks", 1, COMMAND, [event()], NOW, METADATA)
        wire.loses_replies.clear()
        again = log.append(far, "tasks", 1, COMMAND, [event()], NOW, METADATA)
    assert (again.position, again.repeated) == (2, True)
    assert log.verify(ada).count == 2


def test_an_append_and_a_tail_are_one_trip_each(log: EventLog, ada: Tenant) -> None:
    with wire_to(ada.storage.port) as wire:
        far = Tenant(ada.tenant_id, msgspec.structs.replace(ada.storage, port=wire.port))
        log.append(far, "tasks", 0, uuid4(), [event()], NOW, METADATA)
        log.tail(far, None)
        wire.trips = 0
        log.append(far, "tasks", 1, uuid4(), [event()], NOW, METADATA)
        assert wire.trips == 1
        assert len(log.tail(far, None).events) == 2
        assert wire.trips == 2


def test_a_durable_commit_does_not_depend_on_the_servers_default(log: EventLog, own_database: str) -> None:
    """The trigger notes what holds inside the append."""
    tenant = Tenant("ada@example.com", Target.parse(own_database))
    with psycopg.connect(own_database, autocommit=True) as owner:
        _take_notes(owner, tenant.storage.dbname)
        log.append(tenant, "tasks", 0, uuid4(), [event()], NOW, METADATA)
        log.append(tenant, "tasks", 1, uuid4(), [event(), event()], NOW, METADATA)
        assert owner.execute("SELECT DISTINCT value FROM seen").fetchall() == [("on nu_app pg_catalog 2s",)]


def _take_notes(owner: psycopg.Connection, database: str) -> None:
    owner.execute(
        """
        CREATE TABLE seen (value text); GRANT INSERT ON seen TO nu_app;
        CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            INSERT INTO public.seen VALUES (current_setting('synchronous_commit') || ' ' || current_user
                || ' ' || current_setting('search_path') || ' ' || current_setting('lock_timeout'));
            RETURN NEW;
        END $$;
        GRANT EXECUTE ON FUNCTION note() TO nu_app;
        CREATE TRIGGER note BEFORE INSERT ON nu.event_log FOR EACH ROW EXECUTE FUNCTION note();
        ALTER ROLE CURRENT_USER IN DATABASE {database} SET synchronous_commit = off""".replace("{database}", database)
    )


def _insist(log: EventLog, tenant: Tenant, stream: str, version: int, command: UUID, n: int) -> int:
    while True:
        try:
            return log.append(tenant, stream, version, command, [event(entity=f"t{n}")], NOW, METADATA).position
        except VersionConflict as conflict:
            version = conflict.actual


def test_other_streams_may_move_meanwhile(log: EventLog, ada: Tenant) -> None:
    def put(stream: str, expected: int) -> int:
        return log.append(ada, stream, expected, uuid4(), [event()], NOW, METADATA).position

    assert [put("tasks", 0), put("bingo", 1), put("bingo", 2)] == [1, 2, 3]
    assert put("tasks", 3) == 4, "decided at the head, though the stream itself stands at 1"
    assert put("bingo", 3) == 5, "decided before another stream moved"
    with pytest.raises(VersionConflict):
        put("tasks", 3)


def test_a_decision_on_a_longer_log_than_this_one_is_refused(log: EventLog, ada: Tenant) -> None:
    for expected in (0, 1):
        log.append(ada, "tasks", expected, uuid4(), [event()], NOW, METADATA)
    for events in ([event()], [event(), event()]):
        with pytest.raises(VersionConflict):
            log.append(ada, "tasks", 3, uuid4(), events, NOW, METADATA)
