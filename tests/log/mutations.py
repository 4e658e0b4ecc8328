"""Takes guards out of the product's SQL, to see that something goes red."""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

import psycopg
import pytest

from numirror.kernel.mirror import Table
from numirror.shell.log import queries
from numirror.shell.log.queries import Statement, TableStatements
from numirror.shell.mirrors import postgres

FUNCTIONS = (
    "append_many",
    "append_one",
    "erase",
    "find_command",
    "freeze",
    "read_chain",
    "read_head",
    "read_log",
    "restore",
    "tail",
    "thaw",
)
"""Those that name their tenant in a WHERE."""
STATEMENTS = (
    "advance_checkpoint",
    "checkpoints",
    "forget_checkpoints",
    "projection_plants.changed",
    "projection_plants.select",
)
"""The same, of what the Postgres mirror sends."""

FUNCTIONS_NOW = """
    SELECT proname, pg_get_functiondef(oid) FROM pg_proc
    WHERE pronamespace = 'nu'::regnamespace AND prorettype <> 'trigger'::regtype ORDER BY proname"""
POLICIES_NOW = """
    SELECT tablename,
        format('ALTER POLICY %I ON nu.%I USING (%s) WITH CHECK (%s)', policyname, tablename, qual, with_check)
    FROM pg_policies WHERE schemaname = 'nu'"""
INDEXES_NOW = "SELECT indexname FROM pg_indexes WHERE schemaname = 'nu'"

Change = Callable[[str], str]


def without_tenant(text: str) -> str:
    """The same SQL for whomever row-level security shows."""
    text = re.sub(r"\b(?:\w+\.)?tenant_id = (?:_tenant|%\(tenant\)s)", "true", text)
    return text.replace("where tenant_id = $1", "where $1 is not null")


def session_wide(text: str) -> str:
    """The same function, whose settings stay in the session."""
    return re.sub(r"(set_config\([^;]*), true\);", r"\1, false);", text)


def kept(setting: str) -> Change:
    """The same function, of whose settings one stays in the session."""
    return lambda text: re.sub(rf"(set_config\('{setting}', [^;]*), true\);", r"\1, false);", text)


def unset(setting: str) -> Change:
    """The same function without one of its settings."""
    return lambda text: re.sub(rf"\bx := [^;]*set_config\('{setting}', [^;]*;", "", text)


@contextmanager
def undone(conn: psycopg.Connection) -> Iterator[None]:
    """Afterwards the functions, policies and indexes of nu are what they were."""
    functions, policies, indexes = (
        conn.execute(text).fetchall() for text in (FUNCTIONS_NOW, POLICIES_NOW, INDEXES_NOW)
    )
    yield
    for _, text in [*functions, *policies]:
        conn.execute(text)
    for one in set(conn.execute(INDEXES_NOW).fetchall()) - set(indexes):
        conn.execute(f"DROP INDEX nu.{one[0]}")


def change_functions(conn: psycopg.Connection, change: Change, names: Collection[str] = ()) -> list[str]:
    """Changes these functions of nu, or all. Answers with the names of those that are other ones now."""
    found = conn.execute(FUNCTIONS_NOW).fetchall()
    changed = [(name, change(text)) for name, text in found if change(text) != text and (not names or name in names)]
    for _, text in changed:
        conn.execute(text)
    return [name for name, _ in changed]


def change_statements(patch: pytest.MonkeyPatch, change: Change, names: Collection[str]) -> None:
    """Changes statements that the Postgres mirror sends."""

    def changed(one: Statement) -> Statement:
        if one.name not in names:
            return one
        text = change(one.text.decode())
        assert text != one.text.decode()
        return Statement(one.name, text.encode())

    def for_table(table: Table) -> TableStatements:
        whole = queries.for_table(table)
        return TableStatements(**{name: changed(getattr(whole, name)) for name in TableStatements.__slots__})

    patch.setattr(postgres, "named", lambda name: changed(queries.named(name)))
    patch.setattr(postgres, "for_table", for_table)


def open_policies(conn: psycopg.Connection, tables: Collection[str]) -> None:
    """Row-level security shows everything to everybody."""
    for table in tables:
        conn.execute(f"ALTER POLICY own_rows ON nu.{table} USING (true) WITH CHECK (true)")
