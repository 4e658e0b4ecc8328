"""Connections: few, shared, never silent, never stuck."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from uuid import uuid4

import msgspec
import psycopg
import pytest

from numirror.kernel.errors import NuMirrorError
from numirror.shell.log import Connections, EventLog, LogAway, LogBusy, Target, Tenant, connection
from tests.log.conftest import METADATA, NOW, event
from tests.log.wire import Wire, wire_to


def others(tenant: Tenant, number: int) -> list[Tenant]:
    """The same database under other names, so that they are other targets."""
    here = {"address": "127.0.0.1", "sslmode": "disable"}
    targets = [msgspec.structs.replace(tenant.storage, host=f"name{n}", **here) for n in range(number)]
    return [Tenant(tenant.tenant_id, target) for target in targets]


def soon(holds: Callable[[], bool], seconds: float = 5.0) -> bool:
    """Whether it holds before the time is over."""
    changed, end = threading.Event(), time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        changed.wait(0.02)
    return holds()


def test_one_connection_serves_one_after_another(connections: Connections, ada: Tenant, bob: Tenant) -> None:
    with connections.use(ada) as first:
        pass
    with connections.use(bob) as second:
        assert second is first
    assert connections.counts() == (1, 1)


def test_json_is_read_and_transactions_begin_by_themselves_never(connections: Connections, ada: Tenant) -> None:
    with connections.use(ada) as conn:
        assert conn.execute("SELECT '{\"a\":[1]}'::jsonb").fetchone() == ({"a": [1]},)
        assert conn.info.transaction_status == psycopg.pq.TransactionStatus.IDLE


def test_who_finds_no_room_at_a_target_is_told(ada: Tenant) -> None:
    pool = Connections(per_target=2, wait_seconds=0.05)
    with pool.use(ada), pool.use(ada), pytest.raises(LogBusy), pool.use(ada):
        pass
    with pool.use(ada):
        assert pool.counts() == (2, 1)
    pool.close()


def test_who_waits_gets_what_comes_back(ada: Tenant) -> None:
    pool = Connections(per_target=1, wait_seconds=5)
    got = threading.Event()

    def wait() -> None:
        with pool.use(ada):
            got.set()

    with pool.use(ada):
        waiting = threading.Thread(target=wait)
        waiting.start()
        assert soon(lambda: pool._places.waiting == 1)
    assert got.wait(5)
    waiting.join()
    assert pool.counts() == (1, 1)
    pool.close()


def test_the_longest_idle_one_makes_room_for_a_new_target(ada: Tenant) -> None:
    pool = Connections(total=2, wait_seconds=0.05)
    first, second, third = others(ada, 3)
    with pool.use(first) as oldest:
        pass
    with pool.use(second) as younger:
        pass
    with pool.use(third):
        assert oldest.closed and not younger.closed
        assert pool.counts() == (2, 1)
        with pool.use(second), pytest.raises(LogBusy), pool.use(first):
            pass
    pool.close()


def test_idle_connections_are_closed_after_a_while(ada: Tenant) -> None:
    pool = Connections(idle_seconds=0.0)
    with pool.use(ada):
        assert pool.counts() == (1, 0)
    assert soon(lambda: pool.counts() == (0, 0))


def test_a_connection_in_the_middle_of_something_is_not_lent_again(connections: Connections, ada: Tenant) -> None:
    with connections.use(ada) as first:
        first.execute("BEGIN")
    with connections.use(ada) as second:
        assert first.closed and second is not first
    assert connections.counts() == (1, 1)


def test_an_error_in_the_block_gives_the_connection_back(connections: Connections, ada: Tenant) -> None:
    with pytest.raises(psycopg.errors.UndefinedTable), connections.use(ada) as conn:
        conn.execute("SELECT * FROM nowhere")
    assert connections.counts() == (1, 1)


def test_sixteen_threads_never_share_one(ada: Tenant) -> None:
    pool, held, shared = Connections(per_target=4), set(), []

    def work() -> None:
        for _ in range(50):
            with pool.use(ada) as conn:
                shared.extend([conn] if conn in held else [])
                held.add(conn)
                conn.execute("SELECT 1")
                held.discard(conn)

    crew = [threading.Thread(target=work) for _ in range(16)]
    for one in crew:
        one.start()
    for one in crew:
        one.join()
    assert not shared
    assert pool.counts()[0] <= 4
    pool.close()


def test_there_is_no_thread_a_tenant(ada: Tenant) -> None:
    before, pool = threading.active_count(), Connections()
    for tenant in others(ada, 12):
        with pool.use(tenant):
            pass
    assert threading.active_count() <= before + 1
    pool.close()


def test_a_read_does_not_notice_that_the_server_hung_up(ada: Tenant) -> None:
    pool = Connections()
    log = EventLog(pool)
    with wire_to(ada.storage.port) as wire:
        far = Tenant(ada.tenant_id, msgspec.structs.replace(ada.storage, port=wire.port))
        log.append(far, "tasks", 0, uuid4(), [event()], NOW, METADATA)
        wire.cut()
        assert log.tail(far, None).position == 1
    pool.close()


def test_an_append_after_a_pause_does_not_notice_it_either(ada: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("numirror.shell.log.connections._QUIET_SECONDS", 0.0)
    pool = Connections()
    log = EventLog(pool)
    with wire_to(ada.storage.port) as wire:
        far = Tenant(ada.tenant_id, msgspec.structs.replace(ada.storage, port=wire.port))
        log.append(far, "tasks", 0, uuid4(), [event()], NOW, METADATA)
        with pool.use(far) as conn:
            idle = conn
        wire.cut()
        assert soon(lambda: _hung_up(idle))
        assert log.append(far, "tasks", 1, uuid4(), [event()], NOW, METADATA).position == 2
    pool.close()


def _hung_up(conn: psycopg.Connection) -> bool:
    from numirror.shell.log.connection import is_hung_up

    return is_hung_up(conn)


def test_a_mute_server_holds_nobody_longer_than_the_deadline(ada: Tenant) -> None:
    pool = Connections(seconds=0.3)
    log = EventLog(pool)
    with wire_to(ada.storage.port) as wire:
        far = Tenant(ada.tenant_id, msgspec.structs.replace(ada.storage, port=wire.port))
        log.tail(far, None)
        wire.is_mute.set()
        for ask in (
            lambda: log.tail(far, None),
            lambda: log.append(far, "tasks", 0, uuid4(), [event()], NOW, METADATA),
        ):
            wire.is_mute.clear()
            log.tail(far, None)
            wire.is_mute.set()
            begun = time.monotonic()
            with pytest.raises(LogAway):
                ask()
            assert time.monotonic() - begun < 2
    assert pool.counts() == (0, 0)


def test_a_slow_statement_of_psycopg_ends_at_the_deadline_too(connections: Connections, ada: Tenant) -> None:
    begun = time.monotonic()
    with pytest.raises(psycopg.OperationalError), connections.use(ada, seconds=0.2) as conn:
        conn.execute("SELECT pg_sleep(20)")
    assert time.monotonic() - begun < 3


def test_nobody_waits_longer_than_lock_timeout_for_a_head(
    log: EventLog, ada: Tenant, owner: psycopg.Connection
) -> None:
    log.append(ada, "tasks", 0, uuid4(), [event()], NOW, METADATA)
    with owner.transaction():
        owner.execute("SELECT nu.enter(%s)", (ada.tenant_id,))
        owner.execute("UPDATE nu.head SET position = position")
        with pytest.raises(LogBusy):
            log.append(ada, "tasks", 1, uuid4(), [event()], NOW, METADATA)


def test_an_unreachable_database_is_away_and_nothing_is_told_of_it(ada: Tenant) -> None:
    pool = Connections()
    with wire_to(ada.storage.port) as wire:
        gone = Tenant(ada.tenant_id, msgspec.structs.replace(ada.storage, port=wire.port))
    wrong = Tenant(ada.tenant_id, msgspec.structs.replace(ada.storage, password="wrong"))
    for tenant in (gone, wrong):
        with pytest.raises(LogAway) as caught:
            EventLog(pool).tail(tenant, None)
        assert caught.value.__cause__ is None and caught.value.__context__ is None
        assert tenant.storage.user not in str(caught.value) and tenant.storage.host not in str(caught.value)
    assert pool.counts() == (0, 0)


def test_the_environment_does_not_reach_the_server(ada: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "PGOPTIONS": "-c work_mem=77MB",
        "PGTZ": "Asia/Tokyo",
        "PGAPPNAME": "other",
        "PGHOSTADDR": "192.0.2.1",
        "PGSSLMODE": "verify-full",
        "PGPASSWORD": "secret",
        "PGSERVICE": "none",
    }.items():
        monkeypatch.setenv(name, value)
    pool = Connections()
    with pool.use(ada) as conn:
        row = conn.execute("SELECT current_setting('work_mem'), current_setting('TimeZone')").fetchone()
    pool.close()
    assert row == ("4MB", "UTC")
    assert not [name for name in os.environ if name.startswith("PG")]


def test_a_server_without_scram_is_not_told_the_password(ada: Tenant) -> None:
    """A listener that asks for the password in clear, as a hostile server may."""
    import socket

    heard = []

    def listen(door: socket.socket) -> None:
        client, _ = door.accept()
        client.recv(4096)
        client.sendall(b"R\0\0\0\x08\0\0\0\x03")  # AuthenticationCleartextPassword
        heard.append(client.recv(4096))
        client.close()

    with socket.create_server(("127.0.0.1", 0)) as door:
        listening = threading.Thread(target=listen, args=(door,))
        listening.start()
        false = Tenant(ada.tenant_id, msgspec.structs.replace(ada.storage, port=door.getsockname()[1]))
        with pytest.raises(LogAway):
            EventLog(Connections()).tail(false, None)
        listening.join()
    assert ada.storage.password.encode() not in heard[0]


def test_a_child_process_opens_its_own(connections: Connections, ada: Tenant) -> None:
    with connections.use(ada):
        pass
    child = os.fork()
    if child == 0:
        with connections.use(ada) as conn:
            mine = connections.counts() == (1, 0) and conn.execute("SELECT 1").fetchone() == (1,)
        os._exit(0 if mine else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    with connections.use(ada) as conn:
        assert conn.execute("SELECT 1").fetchone() == (1,)


def test_statements_are_prepared_where_a_server_of_its_own_answers(connections: Connections, ada: Tenant) -> None:
    EventLog(connections).append(ada, "tasks", 0, uuid4(), [event()], NOW, METADATA)
    with connections.use(ada) as conn:
        assert conn.execute("SELECT count(*) FROM pg_prepared_statements").fetchone() == (1,)


def test_a_setting_in_the_running_statement_is_no_deadline(connections: Connections, ada: Tenant) -> None:
    """Why the calls do not set statement_timeout: its timer began with the statement."""
    with connections.use(ada) as conn:
        conn.execute("""
            DO $$ DECLARE x text; BEGIN
                x := set_config('statement_timeout', '10ms', true); PERFORM pg_sleep(0.1);
            END $$""")
        with pytest.raises(psycopg.errors.QueryCanceled), conn.transaction():
            conn.execute("SELECT set_config('statement_timeout', '10ms', true)")
            conn.execute("SELECT pg_sleep(0.1)")


def test_a_target_hides_its_password() -> None:
    target = Target.parse("postgresql://u:s3cret@db.example.com:5433/name?sslmode=verify-full")
    assert (target.host, target.port, target.user, target.dbname) == ("db.example.com", 5433, "u", "name")
    assert "s3cret" not in repr(target) + repr(Tenant("ada@example.com", target)) + repr(target.password)


def brought(tenant: Tenant, **more: object) -> Tenant:
    return Tenant(tenant.tenant_id, msgspec.structs.replace(tenant.storage, owner=tenant.tenant_id, **more))


def test_before_each_dial_of_a_brought_target_and_never_else_it_is_admitted(ada: Tenant) -> None:
    asked, mine = [], brought(ada, host="db.example.com", sslmode="disable")

    def admit(target: Target) -> Target:
        asked.append(target)
        assert pool.counts()  # the lock is free: a name may be looked up here
        return msgspec.structs.replace(target, address="127.0.0.1")

    pool = Connections(admit=admit)
    with pool.use(ada):
        assert asked == []
    with pool.use(mine) as first, pool.use(mine):
        assert asked == [mine.storage] * 2
        assert first.target == mine.storage
    with pool.use(mine):
        assert len(asked) == 2
    pool.close()


def test_what_admit_raises_reaches_the_caller_as_it_is_and_is_not_held_against_the_target(ada: Tenant) -> None:
    class NotAllowed(NuMirrorError):
        """No."""

    refusal, mine = NotAllowed(), brought(ada)

    def admit(target: Target) -> Target:
        raise refusal

    pool = Connections(admit=admit)
    for _ in range(5):
        with pytest.raises(NotAllowed) as caught, pool.use(mine):
            pass
        assert caught.value is refusal
    assert pool.counts() == (0, 0)


def test_a_brought_target_has_two_connections_and_two_who_wait(ada: Tenant) -> None:
    pool, mine = Connections(wait_seconds=30), brought(ada)
    with ThreadPoolExecutor(2) as crew:
        with pool.use(mine), pool.use(mine):
            waiting = [crew.submit(lambda: pool.give(pool.take(mine.storage))) for _ in range(2)]
            assert soon(lambda: pool._places.waiting == 2)
            with pytest.raises(LogBusy), pool.use(mine):
                pass
            assert pool.counts() == (2, 0)
        for one in waiting:
            one.result(10)
    assert pool.counts() == (2, 2)
    pool.close()


def test_two_tenants_who_brought_one_database_share_no_connection(ada: Tenant, bob: Tenant) -> None:
    pool = Connections()
    with pool.use(brought(ada)) as first:
        pass
    with pool.use(brought(bob)) as second:
        assert second is not first
    pool.close()


def test_of_those_who_wait_for_different_targets_the_right_one_wakes(ada: Tenant, bob: Tenant) -> None:
    pool, start = Connections(per_target=1, wait_seconds=30), time.monotonic()
    one, other = brought(ada), ada
    with ThreadPoolExecutor(3) as crew:
        held = [pool.take(one.storage), pool.take(one.storage), pool.take(other.storage)]
        waiting = [crew.submit(pool.take, target.storage) for target in (one, one, other)]
        assert soon(lambda: pool._places.waiting == 3)
        pool.give(held[2])
        assert waiting[2].result(5) is held[2]
        for conn in held[:2]:
            pool.give(conn)
        got = {future.result(5) for future in waiting[:2]}
    assert got == set(held[:2]) and time.monotonic() - start < 20
    for conn in held:
        pool.give(conn)
    pool.close()


def test_what_was_shut_while_nobody_waited_for_it_is_not_lent_again(ada: Tenant) -> None:
    pool = Connections(seconds=0.1)
    with pool.use(ada) as conn:
        assert soon(lambda: conn.was_late)
    with pool.use(ada) as other:
        assert other is not conn
        assert other.execute("SELECT 1").fetchone() == (1,)
    pool.close()


def test_a_server_that_goes_mute_after_the_login_ends_at_the_deadline(ada: Tenant) -> None:
    """When it is asked what is in between."""
    pool = Connections(seconds=0.2)
    with wire_to(ada.storage.port) as wire, _mute_when_asked(wire):
        far = Tenant(ada.tenant_id, msgspec.structs.replace(ada.storage, port=wire.port))
        begun = time.monotonic()
        with pytest.raises(LogAway) as caught:
            EventLog(pool).tail(far, None)
    assert time.monotonic() - begun < 2
    assert caught.value.__context__ is None
    assert pool.counts() == (0, 0)


@contextmanager
def _mute_when_asked(wire: Wire) -> Iterator[None]:
    """Nothing comes back any more from the moment that the login is through."""
    whole = connection.is_direct

    def ask(conn: connection.Connection) -> bool:
        wire.is_mute.set()
        return whole(conn)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("numirror.shell.log.connections.is_direct", ask)
        yield


def test_targets_that_come_and_go_leave_nothing_behind(ada: Tenant) -> None:
    pool = Connections(total=8)
    for number in range(40):
        with pytest.raises(LogAway), pool.use(brought(ada, port=1, user=f"u{number}")):
            pass
    for target in [tenant.storage for tenant in others(ada, 40)]:
        pool.give(pool.take(target))
    assert pool.counts() == (8, 8) and len(pool._places.targets()) == 8
    pool._breakers.forget(time.monotonic() + 1_000)
    assert not pool._troubled
    pool.close()
    assert pool._places.targets() == ()
