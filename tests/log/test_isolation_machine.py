"""Tenants interleaved over one shared database through the real PgBouncer; and each guard shown to be needed.

Two guards keep most rows apart: the tenant in the statement, and row-level security. Where one is taken away the other
holds, which is shown; where both are, the same run goes red.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import psycopg
import pytest
from hypothesis import Phase, settings
from hypothesis.errors import Flaky
from hypothesis.stateful import run_state_machine_as_test

from local.pgbouncer import PgBouncer
from local.postgres import Postgres
from numirror.kernel.errors import NuMirrorError
from numirror.shell.log import Connections, LogAway
from numirror.shell.log.connection import Connection
from tests.log import mutations
from tests.log.attempts import unguarded
from tests.log.conftest import _database
from tests.log.isolation_machine import Tenants
from tests.log.shared_database import SERVER_CONNECTIONS, SharedDatabase, make_tables, shared

MINE, OTHER = "ada@example.com", "bob@example.com"
FOUND = (AssertionError, NuMirrorError, psycopg.Error, Flaky)
"""Flaky: what is seen differs when the same steps are done again, as rows of others come in any order."""

BROKEN = ("42601", "42703", "42P01", "42883")
"""SQLSTATE of a statement that is no SQL, or names what is not there (PostgreSQL manual, appendix A)."""

usual = settings(deadline=None, max_examples=6, stateful_step_count=30)
# The same examples in each run. What is found is not made smaller: that it is found is all.
mutant = settings(
    deadline=None,
    max_examples=15,
    stateful_step_count=20,
    derandomize=True,
    database=None,
    phases=(Phase.generate,),
    report_multiple_bugs=False,
    print_blob=False,
)

few = settings(mutant, max_examples=3)


@pytest.fixture(scope="module")
def pooler(postgres: Postgres, server_folder: Path) -> Iterator[PgBouncer]:
    with PgBouncer(server_folder / "pgbouncer-shared", postgres.url, pool_size=SERVER_CONNECTIONS) as running:
        yield running


@pytest.fixture(scope="module")
def database(postgres: Postgres, pooler: PgBouncer, template: str) -> Iterator[SharedDatabase]:
    """A database that tenants share, with all tables that the product makes, through the pooler."""
    with _database(postgres, "isolation", template) as url:
        make_tables(url)
        with shared(pooler.url_of("isolation"), postgres.admin_url.rsplit("/", 1)[0] + "/isolation") as database:
            yield database


@pytest.fixture
def fresh(database: SharedDatabase) -> Iterator[SharedDatabase]:
    """It, for a test that alters it: afterwards nothing is left of that."""
    with mutations.undone(database.superuser):
        yield database
        database.begin()  # nobody holds a lock any more
    assert unguarded(database.superuser) == []


def run(database: SharedDatabase, how: settings = mutant) -> None:
    run_state_machine_as_test(lambda: Tenants(database), settings=how)


@contextmanager
def goes_red() -> Iterator[None]:
    """A run finds something, which is neither a database that is away nor a mutation that is no SQL."""
    with pytest.raises(FOUND) as caught:
        yield
    assert not isinstance(caught.value, LogAway)
    assert getattr(caught.value, "sqlstate", None) not in BROKEN


def test_tenants_see_their_own_whatever_comes_in_between(fresh: SharedDatabase) -> None:
    run(fresh, usual)


def test_row_level_security_alone_keeps_them_apart(fresh: SharedDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = mutations.change_functions(fresh.superuser, mutations.without_tenant)
    assert changed == sorted(mutations.FUNCTIONS), "a function is not in the list, or names no tenant any more"
    mutations.change_statements(monkeypatch, mutations.without_tenant, mutations.STATEMENTS)
    run(fresh, few)


def test_the_statements_alone_keep_them_apart(fresh: SharedDatabase) -> None:
    mutations.open_policies(fresh.superuser, fresh.tables)
    run(fresh, few)


@pytest.mark.parametrize("name", mutations.FUNCTIONS)
def test_row_level_security_gone_and_the_tenant_in_a_function_is_red(name: str, fresh: SharedDatabase) -> None:
    mutations.open_policies(fresh.superuser, fresh.tables)
    assert mutations.change_functions(fresh.superuser, mutations.without_tenant, [name]) == [name]
    with goes_red():
        run(fresh)


@pytest.mark.parametrize("name", mutations.STATEMENTS)
def test_row_level_security_gone_and_the_tenant_in_a_statement_is_red(
    name: str, fresh: SharedDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    mutations.open_policies(fresh.superuser, fresh.tables)
    mutations.change_statements(monkeypatch, mutations.without_tenant, [name])
    with goes_red():
        run(fresh)


@pytest.mark.parametrize("setting", ["role", "nu.tenant", "nu.sub", "nu.erase", "search_path"])
def test_a_setting_that_outlives_its_transaction_is_red(setting: str, fresh: SharedDatabase) -> None:
    assert mutations.change_functions(fresh.superuser, mutations.kept(setting))
    with goes_red():
        run(fresh)


@pytest.mark.parametrize(
    "key",
    [
        "event_log (command_id, n)",
        "event_log (position)",
        "checkpoint (mirror, stream)",
        "projection_plants (plant_id)",
    ],
)
def test_a_key_that_does_not_begin_with_the_tenant_is_red(key: str, fresh: SharedDatabase) -> None:
    fresh.superuser.execute(f"CREATE UNIQUE INDEX ON nu.{key}")
    with goes_red():
        run(fresh)


def test_a_connection_that_is_kept_in_the_middle_is_red(fresh: SharedDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    def give(self: Connections, conn: Connection) -> None:
        if conn.is_broken:
            self._take_out(conn)
        else:
            self._lent.discard(conn)
            conn.idle_since, conn.used_before = monotonic(), True
            conn.idle.append(conn)

    monkeypatch.setattr(Connections, "give", give)
    with goes_red():
        run(fresh)
