"""What SQL of one's own gets at, as each role that a statement may run as; and each guard shown to be needed.

Tables, columns and functions come from the catalogue: one that is added is tried too.
"""

from collections.abc import Iterator

import psycopg
import pytest

from local.postgres import Postgres
from tests.log import mutations
from tests.log.attempts import called, put_rows, reached, truncated, unguarded
from tests.log.conftest import _database
from tests.log.shared_database import TABLES, make_tables

MINE, OTHER = "ada@example.com", "bob@example.com"


@pytest.fixture(scope="module")
def filled(postgres: Postgres, template: str) -> Iterator[tuple[str, str]]:
    """Rows of two tenants in every table: the URLs of the login role and of the superuser. Who alters it rolls back."""
    with _database(postgres, "isolation_filled", template) as url:
        make_tables(url)
        admin_url = postgres.admin_url.rsplit("/", 1)[0] + "/isolation_filled"
        with psycopg.connect(admin_url, autocommit=True) as conn:
            put_rows(conn, names_of(conn), MINE, OTHER)
        yield url, admin_url


@pytest.fixture(scope="module")
def tables(filled: tuple[str, str]) -> tuple[str, ...]:
    with psycopg.connect(filled[1]) as conn:
        return names_of(conn)


@pytest.fixture
def login(filled: tuple[str, str]) -> Iterator[psycopg.Connection]:
    """The role that the product logs in as, which owns the tables, in a transaction that is rolled back."""
    with psycopg.connect(filled[0]) as conn, conn.transaction(force_rollback=True):
        yield conn


@pytest.fixture
def superuser(filled: tuple[str, str]) -> Iterator[psycopg.Connection]:
    """Somebody above row-level security, as owners of hosted databases often are; in such a transaction too."""
    with psycopg.connect(filled[1]) as conn, conn.transaction(force_rollback=True):
        yield conn


def names_of(conn: psycopg.Connection) -> tuple[str, ...]:
    return tuple(name for (name,) in conn.execute(TABLES).fetchall())


def name_tenant(conn: psycopg.Connection) -> None:
    """Only the setting: no role is taken."""
    conn.execute("SELECT set_config('nu.tenant', %s, true)", (MINE,))


def enter(conn: psycopg.Connection) -> None:
    """As every transaction of the product begins."""
    conn.execute("SELECT nu.enter(%s)", (MINE,))


def all_reached(conn: psycopg.Connection, tables: tuple[str, ...]) -> dict[str, list[str]]:
    found = {table: reached(conn, table, MINE, OTHER) for table in tables}
    return {table: got for table, got in found.items() if got}


def test_there_is_something_to_reach(superuser: psycopg.Connection, tables: tuple[str, ...]) -> None:
    """Who is above row-level security and takes no role gets at everything: the attempts are good ones."""
    name_tenant(superuser)
    found = all_reached(superuser, tables)
    assert set(found) == set(tables) >= {"event_log", "head", "checkpoint", "dead_letter", "identity"}
    assert all(len(got) >= 9 for got in found.values())
    assert set(truncated(superuser, tables)) == set(tables) - {"event_log"}


def test_the_owner_reaches_nobody(login: psycopg.Connection, tables: tuple[str, ...]) -> None:
    name_tenant(login)
    assert all_reached(login, tables) == {}
    assert truncated(login, ("event_log",)) == []


def test_the_role_reaches_nobody(login: psycopg.Connection, tables: tuple[str, ...]) -> None:
    enter(login)
    assert all_reached(login, tables) == {}
    assert truncated(login, tables) == []
    assert called(login, OTHER) == []


def test_a_superuser_who_entered_reaches_nobody(superuser: psycopg.Connection, tables: tuple[str, ...]) -> None:
    enter(superuser)
    assert all_reached(superuser, tables) == {}
    assert truncated(superuser, tables) == []
    assert called(superuser, OTHER) == []


def test_a_superuser_who_takes_no_role_is_red(superuser: psycopg.Connection, tables: tuple[str, ...]) -> None:
    assert "enter" in mutations.change_functions(superuser, mutations.unset("role"), ["enter"])
    enter(superuser)
    assert set(all_reached(superuser, tables)) == set(tables)


def test_a_role_above_row_level_security_is_red(superuser: psycopg.Connection, tables: tuple[str, ...]) -> None:
    superuser.execute("ALTER ROLE nu_app BYPASSRLS")
    assert unguarded(superuser)
    enter(superuser)
    assert set(all_reached(superuser, tables)) == set(tables)


def test_the_catalogue_shows_no_gap(login: psycopg.Connection) -> None:
    assert unguarded(login) == []


@pytest.mark.parametrize(
    ("mutation", "owner_reaches", "role_reaches"),
    [
        ("ALTER TABLE nu.{table} DISABLE ROW LEVEL SECURITY", True, True),
        ("ALTER TABLE nu.{table} NO FORCE ROW LEVEL SECURITY", True, False),
        ("ALTER POLICY own_rows ON nu.{table} USING (true)", True, True),
        ("ALTER POLICY own_rows ON nu.{table} WITH CHECK (true)", True, True),
        ("CREATE POLICY more ON nu.{table} USING (true)", True, True),
        ("DROP POLICY own_rows ON nu.{table}", False, False),
    ],
)
def test_row_level_security_that_is_gone_from_any_table_is_red(
    mutation: str, owner_reaches: bool, role_reaches: bool, login: psycopg.Connection, tables: tuple[str, ...]
) -> None:
    """Without a policy nobody sees anything; without FORCE the role that each call takes is the guard that is left."""
    for table in tables:
        with login.transaction(force_rollback=True):
            login.execute(mutation.format(table=table))
            assert [problem for problem in unguarded(login) if problem.startswith(table)]
            name_tenant(login)
            assert bool(reached(login, table, MINE, OTHER)) == owner_reaches, table
            enter(login)
            assert bool(reached(login, table, MINE, OTHER)) == role_reaches, table


def test_a_key_that_does_not_begin_with_the_tenant_is_red(login: psycopg.Connection, tables: tuple[str, ...]) -> None:
    """Two tenants with the same values could not both have their rows; and the catalogue says so, with no row there."""
    for table in tables:
        columns = "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum = 2"
        (second,) = login.execute(columns, (f"nu.{table}",)).fetchall()[0]
        with pytest.raises(psycopg.errors.UniqueViolation), login.transaction():
            login.execute(f"CREATE UNIQUE INDEX ON nu.{table} ({second})")
        with login.transaction(force_rollback=True):
            login.execute(f"CREATE UNIQUE INDEX ON nu.{table} ({second}) WHERE false")
            assert unguarded(login) == [f"{table} has a key that does not begin with tenant_id"]


@pytest.mark.parametrize(
    "mutation",
    [
        "CREATE TABLE nu.projection_new (tenant_id text, row_id text, PRIMARY KEY (tenant_id, row_id))",
        "CREATE VIEW nu.all_heads AS SELECT * FROM nu.head",
        "CREATE MATERIALIZED VIEW nu.old_heads AS SELECT * FROM nu.head",
        "CREATE SEQUENCE nu.position",
        "CREATE FUNCTION nu.peek() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM nu.head'",
        "ALTER FUNCTION nu.tail SECURITY DEFINER",
        "GRANT EXECUTE ON FUNCTION nu.tail TO nu_app",
        "GRANT SELECT ON nu.head TO PUBLIC",
        "GRANT SELECT ON nu.migration TO nu_app",
        "ALTER TABLE nu.head DROP CONSTRAINT head_pkey",
    ],
)
def test_what_is_added_without_its_guards_is_red(mutation: str, login: psycopg.Connection) -> None:
    login.execute(mutation)
    assert unguarded(login)


@pytest.mark.parametrize(
    "change", [mutations.session_wide, *(mutations.unset(name) for name in ("nu.tenant", "search_path", "role"))]
)
def test_a_function_that_does_not_settle_for_its_transaction_is_red(
    change: mutations.Change, login: psycopg.Connection
) -> None:
    """One by one; that such settings do harm is shown in the interleaved runs."""
    names = mutations.change_functions(login, lambda text: text + " ")
    assert {*mutations.FUNCTIONS, "enter", "identify"} == set(names)
    for name in names:
        with login.transaction(force_rollback=True):
            assert mutations.change_functions(login, change, [name]) == [name]
            assert {problem.split()[0] for problem in unguarded(login)} == {name}


def test_more_rights_than_are_needed_are_red(login: psycopg.Connection, tables: tuple[str, ...]) -> None:
    login.execute("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA nu TO nu_app")
    login.execute("GRANT TRUNCATE ON ALL TABLES IN SCHEMA nu TO nu_app")
    enter(login)
    assert "tail" in called(login, OTHER)
    assert set(truncated(login, tables)) == set(tables) - {"event_log"}


def test_an_event_log_without_its_triggers_can_be_emptied_by_its_owner(login: psycopg.Connection) -> None:
    login.execute("ALTER TABLE nu.event_log DISABLE TRIGGER never_emptied")
    assert truncated(login, ("event_log",)) == ["event_log"]
