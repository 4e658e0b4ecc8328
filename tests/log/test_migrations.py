"""The schema: made once, brought up to date once, never used when it is newer than the code."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import msgspec
import psycopg
import pytest

from numirror.shell.log import (
    Connections,
    DatabaseNewer,
    DatabaseRefused,
    EventLog,
    RoleNotAllowed,
    SchemaMissing,
    Target,
    Tenant,
    migrate,
)
from tests.log.conftest import METADATA, NOW, event
from tests.log.wire import wire_to


@pytest.fixture
def fresh(bare_database: str) -> Tenant:
    return Tenant("ada@example.com", Target.parse(bare_database))


@pytest.fixture
def owner(bare_database: str):
    with psycopg.connect(bare_database, autocommit=True) as conn:
        yield conn


def test_of_eight_racing_clients_one_applies(fresh: Tenant, owner: psycopg.Connection) -> None:
    start = threading.Barrier(8)

    def work(_: int) -> None:
        pool = Connections()
        start.wait()
        EventLog(pool).ensure(fresh)
        pool.close()

    with ThreadPoolExecutor(8) as crew:
        list(crew.map(work, range(8)))
    rows = owner.execute("SELECT number, half FROM nu.migration ORDER BY number, half").fetchall()
    assert rows == [(one.number, one.half) for one in migrate.migrations() if one.half == "pre"]


def test_up_to_date_is_one_trip_and_then_none(fresh: Tenant, connections: Connections) -> None:
    EventLog(connections).ensure(fresh)
    with wire_to(fresh.storage.port) as wire:
        far = Tenant(fresh.tenant_id, msgspec.structs.replace(fresh.storage, port=wire.port))
        with connections.use(far):
            wire.trips = 0
        log = EventLog(connections)
        log.ensure(far)
        assert wire.trips == 1
        log.ensure(far)
        assert wire.trips == 1


def test_a_schema_that_takes_away_what_we_need_is_refused(fresh: Tenant, log: EventLog, owner, connections) -> None:
    log.ensure(fresh)
    number = migrate.newest()
    owner.execute("INSERT INTO nu.migration VALUES (%s, 'pre', 'next')", (number + 1,))
    EventLog(connections).ensure(fresh)  # the next release only added, and runs beside us
    owner.execute("INSERT INTO nu.migration VALUES (%s, 'post', 'next')", (number,))
    with pytest.raises(DatabaseNewer):
        EventLog(connections).ensure(fresh)


def test_a_schema_two_releases_ahead_is_refused(fresh: Tenant, log: EventLog, owner, connections) -> None:
    log.ensure(fresh)
    owner.execute("INSERT INTO nu.migration VALUES (9999, 'pre', 'far ahead')")
    with pytest.raises(DatabaseNewer):
        EventLog(connections).ensure(fresh)


def test_halves_are_applied_in_order_and_the_last_post_waits(
    fresh: Tenant, log: EventLog, owner, connections, monkeypatch: pytest.MonkeyPatch
) -> None:
    log.ensure(fresh)
    more = (
        *migrate.migrations(),
        migrate.Migration(90, "pre", "a", b"CREATE TABLE a (x int)"),
        migrate.Migration(90, "post", "a", b"DROP TABLE a"),
        migrate.Migration(91, "pre", "b", b"CREATE TABLE b (x int)"),
    )
    monkeypatch.setattr(migrate, "migrations", lambda: more[:-1])
    EventLog(connections).ensure(fresh)
    assert owner.execute("SELECT max(number), max(half) FROM nu.migration WHERE number = 90").fetchone() == (90, "pre")
    monkeypatch.setattr(
        migrate, "migrations", lambda: (*more[:-2], migrate.Migration(90, "post", "a", b"DROP TABLE a"), more[-1])
    )
    EventLog(connections).ensure(fresh)
    assert owner.execute("SELECT to_regclass('a')::text, to_regclass('b')::text").fetchone() == (None, "b")


def test_a_failed_migration_leaves_nothing(
    fresh: Tenant, log: EventLog, owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = (*migrate.migrations(), migrate.Migration(90, "pre", "x", b"SELECT 1/0"))
    monkeypatch.setattr(migrate, "migrations", lambda: broken)
    with pytest.raises(DatabaseRefused, match="22012"):
        log.ensure(fresh)
    assert owner.execute("SELECT to_regnamespace('nu')").fetchone() == (None,)


def test_without_the_schema_the_log_is_away_and_ensure_is_asked_again(fresh: Tenant, log: EventLog, owner) -> None:
    log.ensure(fresh)
    owner.execute("DROP SCHEMA nu CASCADE")
    with pytest.raises(SchemaMissing):
        log.append(fresh, "tasks", 0, uuid4(), [event()], NOW, METADATA)
    log.ensure(fresh)
    assert log.append(fresh, "tasks", 0, uuid4(), [event()], NOW, METADATA).position == 1
    owner.execute("DROP SCHEMA nu CASCADE")
    with pytest.raises(SchemaMissing):
        log.tail(fresh, None)


def test_a_user_who_may_not_be_the_role_is_told(postgres, bare_database: str) -> None:
    name, admin = "poor_user", postgres.admin_url
    with psycopg.connect(admin, autocommit=True) as conn:
        conn.execute(f"DROP ROLE IF EXISTS {name}")
        conn.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'poor'")
        conn.execute(f"GRANT CREATE ON DATABASE {bare_database.rsplit('/', 1)[1]} TO {name}")
        poor = msgspec.structs.replace(Target.parse(bare_database), user=name, password="poor")
        pool = Connections()
        with pytest.raises(RoleNotAllowed):
            EventLog(pool).ensure(Tenant("ada@example.com", poor))
        pool.close()


def test_every_migration_has_a_number_of_its_own() -> None:
    halves = [(one.number, one.half) for one in migrate.migrations()]
    assert len(set(halves)) == len(halves)
    assert {number for number, _ in halves} == set(range(1, migrate.newest() + 1))
    folder = Path(migrate.__file__).with_name("migrations")
    assert len(list(folder.glob("*.sql"))) == len(halves)
