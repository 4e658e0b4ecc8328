"""What the tests of a log that leaves share: its rows, and a file of it."""

import io
from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import uuid4

import psycopg
from psycopg import sql

from numirror.shell.log import EventLog, Tenant
from numirror.shell.log.export import Extra, export
from tests.log.conftest import METADATA, NOW, event

MADE_AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TABLES = ("event_log", "head", "checkpoint", "dead_letter", "identity")


def fill(log: EventLog, tenant: Tenant, superuser: psycopg.Connection) -> None:
    """Rows of the tenant in every table, also in a projection; two streams, five events, the second one blanked."""
    log.append(tenant, "tasks", 0, uuid4(), [event(), event(b'{"b":1.50,"a":[null,"\\u00e9"]}')], NOW, METADATA)
    log.append(tenant, "bingo", 0, uuid4(), [event(kind="bingo.drawn")], NOW, METADATA)
    log.append(tenant, "tasks", 2, uuid4(), [event(entity="t2"), event(entity="t3")], NOW, {})
    log.identify(tenant, f"sub-{tenant.tenant_id}")
    who = (tenant.tenant_id,)
    superuser.execute("UPDATE nu.event_log SET data = NULL, salt = NULL WHERE tenant_id = %s AND position = 2", who)
    superuser.execute("INSERT INTO nu.checkpoint VALUES (%s, 'postgres', 'tasks', 1, 1, 'x')", who)
    superuser.execute("INSERT INTO nu.dead_letter VALUES (%s, 'postgres', 'tasks', 1, 8, 'x')", who)


def rows_of(conn: psycopg.Connection, tenant: Tenant, tables: Iterable[str] = TABLES) -> dict[str, list[object]]:
    """All that a database holds of a tenant, by table; of the head, without when it was frozen."""
    return {table: _rows(conn, tenant, table) for table in tables}


def events_of(conn: psycopg.Connection, tenant: Tenant) -> dict[str, list[object]]:
    """The log of a tenant as it is stored: events and head, without whose it is."""
    return {table: [list(row)[1:] for row in rows] for table, rows in rows_of(conn, tenant, TABLES[:2]).items()}


def _rows(conn: psycopg.Connection, tenant: Tenant, table: str) -> list[object]:
    columns = "tenant_id, log_id, position, hash, streams" if table == "head" else "*"
    text = sql.SQL("SELECT {} FROM {} WHERE tenant_id = %s ORDER BY 1, 2").format(
        sql.SQL(columns), sql.Identifier("nu", table)
    )
    return list(conn.execute(text, (tenant.tenant_id,)).fetchall())


def file_of(log: EventLog, tenant: Tenant, extras: Iterable[Extra] = ()) -> io.BytesIO:
    """An export, as a file."""
    return io.BytesIO(b"".join(export(log, tenant, MADE_AT, extras)))
