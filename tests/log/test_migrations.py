"""The schema: made once, brought up to date once, only read when it is newer than the code."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import msgspec
import psycopg
import pytest

from numirror.shell.log import (
    Connections,
    DatabaseAltered,
    DatabaseNewer,
    DatabaseRefused,
    EventLog,
    RoleNotAllowed,
    SchemaMissing,
    Target,
    Tenant,
    migrate,
)
from numirror.shell.log.standing import Standings
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


@pytest.mark.parametrize(("ahead", "half"), [(1, "post"), (2, "pre"), (9999, "pre"), (9999, "post")])
def test_a_newer_database_is_read_and_not_written(
    fresh: Tenant, log: EventLog, owner, connections: Connections, ahead: int, half: str
) -> None:
    log.ensure(fresh)
    log.append(fresh, "tasks", 0, uuid4(), [event()], NOW, METADATA)
    owner.execute("INSERT INTO nu.migration VALUES (%s, %s, 'next')", (migrate.newest() + ahead, half))
    standings = Standings(connections)
    assert standings.of(fresh) == "read_only"
    with pytest.raises(DatabaseNewer, match="Update NuMirror"):
        standings.check_writable(fresh.storage)
    with pytest.raises(DatabaseNewer), connections.use(fresh) as conn:
        migrate.ensure(conn)
    assert log.tail(fresh, None).position == len(log.read(fresh, 0)) == log.verify(fresh).count == 1


def test_what_a_newer_database_guards_is_none_of_our_business(fresh: Tenant, log: EventLog, owner, connections) -> None:
    log.ensure(fresh)
    owner.execute("INSERT INTO nu.migration VALUES (9999, 'pre', 'far ahead')")
    owner.execute("CREATE TABLE nu.later (x int); GRANT SELECT ON nu.later TO nu_app; DROP TABLE nu.identity")
    assert Standings(connections).of(fresh) == "read_only"


def test_our_own_schema_with_a_table_less_is_altered(fresh: Tenant, log: EventLog, owner, connections) -> None:
    log.ensure(fresh)
    owner.execute("DROP TABLE nu.identity")
    with pytest.raises(DatabaseAltered, match="missing"):
        Standings(connections).of(fresh)


NEXT = migrate.newest() + 1
NEXT_RELEASE = (
    *migrate.migrations(),
    migrate.Migration(NEXT - 1, "post", "tidy", b"DROP FUNCTION nu.of_the_release_before()"),
    migrate.Migration(NEXT, "pre", "colour", b"ALTER TABLE nu.head ADD COLUMN colour text NOT NULL DEFAULT 'green'"),
)


def test_releases_beside_one_another_share_a_database(
    fresh: Tenant, log: EventLog, owner, connections, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database lags behind the next release, then runs ahead of this one: both go on writing all the time."""
    log.ensure(fresh)
    owner.execute("CREATE FUNCTION nu.of_the_release_before() RETURNS int LANGUAGE sql AS 'SELECT 1'")
    log.append(fresh, "tasks", 0, uuid4(), [event()], NOW, METADATA)
    with monkeypatch.context() as the_next:
        the_next.setattr(migrate, "migrations", lambda: NEXT_RELEASE)
        later = EventLog(connections)
        later.append(fresh, "tasks", 1, uuid4(), [event()], NOW, METADATA)  # with a warm lease nobody asked for more
        assert Standings(connections).of(fresh) == "writable"
        later.append(fresh, "tasks", 2, uuid4(), [event()], NOW, METADATA)
    there = "SELECT attname FROM pg_attribute WHERE attrelid = 'nu.head'::regclass AND attname = 'colour'"
    assert owner.execute(there).fetchone() == ("colour",)
    assert owner.execute("SELECT to_regproc('nu.of_the_release_before')").fetchone() == (None,)
    assert Standings(connections).of(fresh) == "writable"
    log.append(fresh, "tasks", 3, uuid4(), [event()], NOW, METADATA)
    assert log.verify(fresh).count == 4


def test_a_database_that_lags_behind_what_is_looked_for_is_brought_up_to_date(
    fresh: Tenant, owner, connections, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Our guards name tables that are not there before the last migration."""
    first = migrate.migrations()[0]
    owner.execute(first.text)
    owner.execute("INSERT INTO nu.migration VALUES (1, 'pre', 'log')")
    owner.execute("ALTER TABLE nu.identity RENAME TO person")
    second = migrate.Migration(2, "pre", "name", b"ALTER TABLE nu.person RENAME TO identity")
    monkeypatch.setattr(migrate, "migrations", lambda: (first, second))
    assert Standings(connections).of(fresh) == "writable"


def test_standings_are_remembered_and_bounded(fresh: Tenant, connections: Connections) -> None:
    others = [
        Tenant(fresh.tenant_id, msgspec.structs.replace(fresh.storage, owner=f"{name}@example.com")) for name in "ab"
    ]
    with wire_to(fresh.storage.port) as wire:
        one, other = (Tenant("x", msgspec.structs.replace(tenant.storage, port=wire.port)) for tenant in others)
        standings = Standings(connections, limit=1)
        standings.of(one)
        begun = wire.trips
        standings.of(one)
        assert wire.trips == begun
        standings.of(other)
        begun = wire.trips
        standings.of(one)
        assert wire.trips == begun + 1
        standings.forget(one.storage)
        standings.of(one)
        assert wire.trips == begun + 2


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
