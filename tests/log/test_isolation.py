"""One tenant's data is another's nothing, both ways."""

from uuid import uuid4

import psycopg
import pytest

from numirror.shell.log import DatabaseAltered, EventLog, Target, Tenant, migrate
from numirror.shell.log.connections import Connections
from numirror.shell.log.queries import named
from tests.log.conftest import METADATA, NOW, Put, event


@pytest.fixture
def database(own_database: str) -> str:
    return own_database


@pytest.fixture
def ada(database: str) -> Tenant:
    return Tenant("ada@example.com", Target.parse(database))


TABLES = ("event_log", "head", "checkpoint", "dead_letter", "identity")


@pytest.fixture
def two(log: EventLog, ada: Tenant, bob: Tenant, superuser: psycopg.Connection) -> None:
    """Rows of ada and of bob in every table."""
    for number, tenant in enumerate((ada, bob)):
        log.append(tenant, "tasks", 0, uuid4(), [event()], NOW, METADATA)
        log.identify(tenant, f"sub-{number}")
        superuser.execute("INSERT INTO nu.checkpoint VALUES (%s, 'postgres', 'tasks', 1, 1, 'x')", (tenant.tenant_id,))
        superuser.execute("INSERT INTO nu.dead_letter VALUES (%s, 'postgres', 'tasks', 1, 8, 'x')", (tenant.tenant_id,))


def seen(conn: psycopg.Connection, tenant: str | None, table: str) -> list[str]:
    """Whose rows a transaction sees that looks at a table without any condition."""
    with conn.transaction():
        if tenant is not None:
            conn.execute(named("enter").text, {"tenant": tenant})
        else:
            conn.execute("SET LOCAL ROLE nu_app")
        return [row[0] for row in conn.execute(f"SELECT tenant_id FROM nu.{table}").fetchall()]


@pytest.mark.usefixtures("two")
def test_each_sees_their_own_rows_in_every_table(owner: psycopg.Connection) -> None:
    for table in TABLES:
        assert seen(owner, "ada@example.com", table) == ["ada@example.com"]
        assert seen(owner, "bob@example.com", table) == ["bob@example.com"]


@pytest.mark.usefixtures("two")
def test_nobody_sees_nothing(owner: psycopg.Connection) -> None:
    """Before the setting was ever used in a session, and after, when it is ''."""
    for tenant in (None, "ada@example.com", None, ""):
        for table in TABLES:
            assert seen(owner, tenant, table) == ([tenant] if tenant else [])


@pytest.mark.usefixtures("two")
def test_the_owner_and_a_superuser_are_bound_too_once_they_enter(superuser: psycopg.Connection) -> None:
    assert seen(superuser, "ada@example.com", "event_log") == ["ada@example.com"]
    assert superuser.execute("SELECT count(*) FROM nu.event_log").fetchone() == (2,)


@pytest.mark.usefixtures("two")
def test_nobody_writes_in_anothers_name(owner: psycopg.Connection) -> None:
    writes = [
        "INSERT INTO nu.head (tenant_id) VALUES ('eve@example.com')",
        "INSERT INTO nu.identity (tenant_id, sub) VALUES ('eve@example.com', 'x')",
        "INSERT INTO nu.checkpoint VALUES ('bob@example.com', 'redis', 'tasks', 1, 1, 'x')",
        "UPDATE nu.head SET tenant_id = 'eve@example.com'",
        "UPDATE nu.checkpoint SET tenant_id = 'eve@example.com'",
    ]
    for statement in writes:
        with pytest.raises(psycopg.errors.InsufficientPrivilege), owner.transaction():
            owner.execute(named("enter").text, {"tenant": "ada@example.com"})
            owner.execute(statement)


@pytest.mark.usefixtures("two")
def test_changes_stop_at_the_fence(owner: psycopg.Connection, superuser: psycopg.Connection) -> None:
    with owner.transaction():
        owner.execute(named("enter").text, {"tenant": "ada@example.com"})
        assert owner.execute("UPDATE nu.head SET position = 99").rowcount == 1
        assert owner.execute("DELETE FROM nu.checkpoint").rowcount == 1
    rows = superuser.execute("SELECT position FROM nu.head WHERE tenant_id = 'bob@example.com'").fetchall()
    assert rows == [(1,)]
    assert superuser.execute("SELECT tenant_id FROM nu.checkpoint").fetchall() == [("bob@example.com",)]


def test_entering_ends_with_the_transaction(owner: psycopg.Connection) -> None:
    settings = "SELECT current_user, current_setting('nu.tenant', true), current_setting('statement_timeout')"
    before = owner.execute(settings).fetchone()
    with owner.transaction():
        owner.execute(named("enter").text, {"tenant": "ada@example.com"})
        assert owner.execute(settings).fetchone() == ("nu_app", "ada@example.com", "5s")
    user, tenant, timeout = owner.execute(settings).fetchone() or ()
    assert (user, tenant or None, timeout) == before


def test_a_call_leaves_nothing_in_the_session(connections: Connections, log: EventLog, ada: Tenant, put: Put) -> None:
    put(0)
    log.tail(ada, None)
    with connections.use(ada) as conn:
        assert conn.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
        row = conn.execute("SELECT current_user, current_setting('nu.tenant', true)").fetchone()
    assert row == (ada.storage.user, "")


def test_the_servers_log_hears_no_address(log: EventLog, put: Put, owner: psycopg.Connection) -> None:
    """PostgreSQL quotes the values of a broken unique key, but not to a role that row-level security holds for."""
    put(0)
    with pytest.raises(psycopg.errors.UniqueViolation) as caught, owner.transaction():
        owner.execute(named("enter").text, {"tenant": "ada@example.com"})
        owner.execute("INSERT INTO nu.head (tenant_id) VALUES ('ada@example.com')")
    assert caught.value.diag.message_detail is None


MUTATIONS = [
    *(f"ALTER TABLE nu.{table} DISABLE ROW LEVEL SECURITY" for table in TABLES),
    *(f"ALTER TABLE nu.{table} NO FORCE ROW LEVEL SECURITY" for table in TABLES),
    *(f"DROP POLICY own_rows ON nu.{table}" for table in TABLES),
    *(f"ALTER POLICY own_rows ON nu.{table} USING (true)" for table in TABLES),
    *(f"ALTER POLICY own_rows ON nu.{table} WITH CHECK (true)" for table in TABLES),
    "ALTER POLICY own_rows ON nu.head TO nu_app",
    "CREATE POLICY more ON nu.event_log USING (true)",
    "DROP TRIGGER only_grows ON nu.event_log",
    "DROP TRIGGER never_emptied ON nu.event_log",
    "ALTER TABLE nu.event_log DISABLE TRIGGER only_grows",
    "ALTER TABLE nu.event_log ENABLE TRIGGER never_emptied",
    "ALTER TABLE nu.event_log ENABLE REPLICA TRIGGER only_grows",
    "CREATE RULE swallow AS ON INSERT TO nu.event_log DO INSTEAD NOTHING",
    "CREATE TRIGGER other BEFORE INSERT ON nu.head FOR EACH ROW EXECUTE FUNCTION nu.only_grows()",
    "GRANT DELETE ON nu.event_log TO nu_app",
    "ALTER FUNCTION nu.enter(text) SECURITY DEFINER",
    "CREATE UNIQUE INDEX ON nu.identity (sub)",
    "CREATE TABLE nu.projection_open (tenant_id text PRIMARY KEY); GRANT SELECT ON nu.projection_open TO nu_app",
]


def test_a_guard_that_is_gone_is_noticed(connections: Connections, ada: Tenant) -> None:
    with connections.use(ada) as conn:
        for mutation in MUTATIONS:
            with conn.transaction(force_rollback=True):
                conn.execute(mutation)
                assert migrate.state(conn).problems, mutation


def test_a_database_without_a_guard_is_not_used(log: EventLog, ada: Tenant, owner: psycopg.Connection) -> None:
    owner.execute("DROP POLICY own_rows ON nu.head")
    with pytest.raises(DatabaseAltered, match=r"nu\.head has not its one policy"):
        log.ensure(ada)


def test_with_all_guards_there_is_no_problem(connections: Connections, ada: Tenant) -> None:
    with connections.use(ada) as conn:
        assert migrate.state(conn).problems == ()


def test_the_role_may_not_log_in(owner: psycopg.Connection) -> None:
    row = owner.execute(
        "SELECT rolcanlogin, rolbypassrls, rolsuper, rolinherit FROM pg_roles WHERE rolname = 'nu_app'"
    ).fetchone()
    assert row is not None and row[:3] == (False, False, False)


def test_the_owner_may_become_the_role_and_inherits_nothing_of_it(owner: psycopg.Connection) -> None:
    row = owner.execute("SELECT pg_has_role('nu_app', 'SET'), pg_has_role('nu_app', 'USAGE')").fetchone()
    assert row == (True, False)
