"""Erasing takes everything of one tenant, and is the only way to take anything."""

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import psycopg
import pytest

from numirror.domains.tasks.mirrors import TASKS_TABLE
from numirror.shell.log import ChainBroken, DatabaseRefused, EventLog, LogBusy, Target, Tenant, VersionConflict
from numirror.shell.log.erase import Receipt, erase
from numirror.shell.log.errors import LogShorter
from numirror.shell.log.freeze import freeze, head
from numirror.shell.log.queries import for_table, named
from numirror.shell.log.restore_file import restore_file
from tests.log.conftest import METADATA, NOW, Put, event
from tests.log.leaving import TABLES, file_of, fill, rows_of

PROJECTIONS = ("projection_tasks", 'projection_of "later"')
EVERY = (*TABLES, *PROJECTIONS)


@pytest.fixture
def database(own_database: str) -> str:
    return own_database


@pytest.fixture
def both(log: EventLog, ada: Tenant, bob: Tenant, owner: psycopg.Connection, superuser: psycopg.Connection) -> None:
    """Rows of ada and of bob in every table; one of these is of code that is later than ours."""
    owner.execute(for_table(TASKS_TABLE).create.text)
    owner.execute('CREATE TABLE nu."projection_of ""later""" (tenant_id text, x int)')
    for tenant in (ada, bob):
        fill(log, tenant, superuser)
        superuser.execute(
            "INSERT INTO nu.projection_tasks (tenant_id, task_id, position) VALUES (%s, 't1', 1)", (tenant.tenant_id,)
        )
        superuser.execute('INSERT INTO nu."projection_of ""later""" VALUES (%s, 1)', (tenant.tenant_id,))


@pytest.mark.usefixtures("both")
def test_no_row_is_left_and_no_other_is_touched(
    log: EventLog, ada: Tenant, bob: Tenant, superuser: psycopg.Connection
) -> None:
    others, whole, was = rows_of(superuser, bob, EVERY), log.verify(ada), head(log, ada)
    assert all(rows_of(superuser, ada, EVERY).values())
    receipt = erase(log, ada)
    assert was is not None
    assert (receipt.log_id, receipt.count, receipt.head_hash) == (was.log_id, 5, whole.head_hash.hex())
    assert not any(rows_of(superuser, ada, EVERY).values())
    assert rows_of(superuser, bob, EVERY) == others
    assert log.verify(bob).count == 5
    tables = superuser.execute("SELECT relname FROM pg_class WHERE relnamespace = 'nu'::regnamespace AND relkind = 'r'")
    assert {name for (name,) in tables} == {*EVERY, "migration"}, "a new table is filled by `fill` too"


@pytest.mark.usefixtures("both")
def test_the_receipt_tells_nobody_whose_it_was(log: EventLog, ada: Tenant) -> None:
    said = repr(erase(log, ada))
    assert not any(word in said for word in (ada.tenant_id, "ada", "example", "Water"))


@pytest.mark.usefixtures("both")
def test_again_there_is_nothing_left(log: EventLog, ada: Tenant) -> None:
    file = file_of(log, ada)
    anchor = log.verify(ada)
    erase(log, ada)
    again = erase(log, ada)
    assert isinstance(again, Receipt)
    assert (again.count, again.head_hash) == (0, "")
    assert head(log, ada) is None
    with pytest.raises(LogShorter):
        log.verify(ada, anchor)
    assert restore_file(log, ada, file).head_hash == anchor.head_hash


def test_a_frozen_log_and_one_without_a_head_are_erased_too(
    log: EventLog, ada: Tenant, put: Put, superuser: psycopg.Connection
) -> None:
    put(0)
    freeze(log, ada)
    assert erase(log, ada).count == 1
    put(0)
    superuser.execute("DELETE FROM nu.head")
    assert erase(log, ada).count == 1
    assert log.read(ada, 0) == []


def test_an_append_at_the_same_time_is_before_or_after(log: EventLog, ada: Tenant, put: Put) -> None:
    put(0, *[event()] * 50)
    start = threading.Barrier(2)

    def append() -> int:
        start.wait()
        try:
            return log.append(ada, "tasks", 50, uuid4(), [event()], NOW, METADATA).position
        except (VersionConflict, LogBusy):
            return 0

    with ThreadPoolExecutor(1) as crew:
        appended = crew.submit(append)
        start.wait()
        receipt = erase(log, ada)
        assert receipt.count == (appended.result() or 50)
    assert log.read(ada, 0) == []
    assert head(log, ada) is None


TRIES = {
    "nothing": "SELECT 1",
    "frozen": "UPDATE nu.head SET frozen_at = now()",
    "named": "SELECT set_config('nu.erase', 'ada@example.com', true)",
    "another named": "UPDATE nu.head SET frozen_at = now(); SELECT set_config('nu.erase', 'bob@example.com', true)",
    "nobody named": "UPDATE nu.head SET frozen_at = now(); SELECT set_config('nu.erase', '', true)",
}
DELETE = "DELETE FROM nu.event_log WHERE tenant_id = 'ada@example.com'"
UNLOCK = "UPDATE nu.head SET frozen_at = now(); SELECT set_config('nu.erase', 'ada@example.com', true)"


@pytest.fixture
def named_ada(ada: Tenant, log: EventLog) -> Tenant:
    tenant = Tenant("ada@example.com", ada.storage)
    log.append(tenant, "tasks", 0, uuid4(), [event()], NOW, METADATA)
    return tenant


@pytest.mark.usefixtures("named_ada")
@pytest.mark.parametrize("name", TRIES)
def test_the_owner_deletes_nothing_by_mistake(owner: psycopg.Connection, name: str) -> None:
    with pytest.raises(psycopg.Error, match="only grows"), owner.transaction():
        owner.execute("SELECT set_config('nu.tenant', 'ada@example.com', true)")
        owner.execute(TRIES[name])
        owner.execute(DELETE)


@pytest.mark.usefixtures("named_ada")
def test_what_it_takes_is_all_three_together(owner: psycopg.Connection, superuser: psycopg.Connection) -> None:
    """The tries above fail for what they lack; and only the owner may, neither nu_app nor a superuser."""
    with pytest.raises(psycopg.Error, match="only grows"), superuser.transaction():
        superuser.execute(UNLOCK)
        superuser.execute(DELETE)
    with owner.transaction(force_rollback=True):
        owner.execute("SELECT set_config('nu.tenant', 'ada@example.com', true)")
        owner.execute(UNLOCK)
        assert owner.execute(DELETE).rowcount == 1


@pytest.mark.usefixtures("named_ada")
@pytest.mark.parametrize("granted", [False, True])
def test_the_role_of_the_product_deletes_nothing(
    owner: psycopg.Connection, superuser: psycopg.Connection, granted: bool
) -> None:
    """Not even where somebody granted it the right, and with all settings of an erasure."""
    if granted:
        owner.execute("GRANT DELETE ON nu.event_log TO nu_app")
    error = "only grows" if granted else "permission denied"
    with pytest.raises(psycopg.Error, match=error), superuser.transaction():
        superuser.execute("SET LOCAL SESSION AUTHORIZATION nu_app")
        superuser.execute("SELECT set_config('nu.tenant', 'ada@example.com', true)")
        superuser.execute(UNLOCK)
        superuser.execute(DELETE)
    with pytest.raises(psycopg.Error, match=error), owner.transaction():
        owner.execute(named("enter").text, {"tenant": "ada@example.com"})
        owner.execute(UNLOCK)
        owner.execute(DELETE)


@pytest.mark.usefixtures("named_ada")
def test_an_erasure_opens_no_door_for_what_follows(log: EventLog, bob: Tenant, put: Put, connections) -> None:
    """Its settings end with it, on the same connection too."""
    put(0, tenant=bob)
    erase(log, bob)
    with connections.use(bob) as conn:
        row = conn.execute("SELECT current_user, current_setting('nu.erase'), current_setting('nu.tenant')").fetchone()
        assert row == (bob.storage.user, "", "")
        conn.execute("SELECT set_config('nu.tenant', 'ada@example.com', false)")
        with pytest.raises(psycopg.Error, match="only grows"):
            conn.execute(DELETE)
        conn.execute("RESET nu.tenant")


def test_only_who_made_the_tables_erases(log: EventLog, ada: Tenant, put: Put, superuser: psycopg.Connection) -> None:
    """Somebody else who may do all the rest is told, and nothing is gone."""
    put(0)
    superuser.execute("DROP ROLE IF EXISTS second_user")
    superuser.execute("CREATE ROLE second_user LOGIN PASSWORD 'second'")
    superuser.execute("GRANT nu_app TO second_user")
    superuser.execute("GRANT USAGE ON SCHEMA nu TO second_user")
    superuser.execute("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA nu TO second_user")
    place = ada.storage
    second = Target.parse(f"postgresql://second_user:second@{place.host}:{place.port}/{place.dbname}")
    with pytest.raises(DatabaseRefused, match="42501"):
        erase(log, Tenant(ada.tenant_id, second))
    assert log.verify(ada).count == 1
    superuser.execute("DROP OWNED BY second_user; DROP ROLE second_user")


def test_a_broken_log_can_still_be_erased(log: EventLog, ada: Tenant, put: Put, superuser: psycopg.Connection) -> None:
    put(0, event(), event())
    superuser.execute("ALTER TABLE nu.event_log DISABLE TRIGGER USER")
    superuser.execute("UPDATE nu.event_log SET type = 'x' WHERE position = 2")
    superuser.execute("ALTER TABLE nu.event_log ENABLE ALWAYS TRIGGER only_grows")
    with pytest.raises(ChainBroken):
        log.verify(ada)
    assert erase(log, ada).count == 2
