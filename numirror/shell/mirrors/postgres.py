"""The Postgres mirror: plain tables that a person can query, and beside each checkpoint the durable fold.

Rows, fold and checkpoint move together in one transaction; a worker that was overtaken writes nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
import psycopg
from psycopg.types.json import Jsonb

from numirror.kernel.mirror import Row, Table
from numirror.shell.log import Connections, Tenant, errors
from numirror.shell.log.connections import Connection
from numirror.shell.log.queries import TableStatements, for_table, named

MIRROR = "postgres"


class Checkpoint(msgspec.Struct, frozen=True):
    """How far a mirror has followed a stream, and its fold there; `version` is that of the fold's shape."""

    position: int = 0
    version: int = 0
    state: bytes = b""


class Move(msgspec.Struct, frozen=True):
    """A step of one stream: from `old` to `new`, and the rows of the touched entities, each with its position."""

    stream: str
    old: Checkpoint
    new: Checkpoint
    rows: Mapping[Table, Sequence[tuple[Row, int]]]


class Projections:
    """Projection tables and checkpoints in a tenant's database."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def ensure(self, tenant: Tenant, tables: Sequence[Table]) -> None:
        """Makes the tables that are missing."""
        with self._connections.use(tenant) as conn, _translated(), conn.transaction():
            conn.execute(named("schema_lock").text)
            for table in tables:
                conn.execute(for_table(table).create.text)

    def checkpoints(self, tenant: Tenant, mirror: str = MIRROR) -> dict[str, Checkpoint]:
        """How far a mirror has come, by stream."""
        with self._entered(tenant) as conn:
            rows = conn.execute(named("checkpoints").text, {"tenant": tenant.tenant_id, "mirror": mirror}).fetchall()
        return {stream: Checkpoint(position, version, state) for stream, position, version, state in rows}

    def rows(self, tenant: Tenant, table: Table, keys: Sequence[str]) -> dict[str, Row]:
        """The rows of these entities, by key; an entity without a row is left out."""
        parameters = {"tenant": tenant.tenant_id, "keys": list(keys)}
        with self._entered(tenant) as conn:
            found = conn.execute(for_table(table).select.text, parameters).fetchall()
        return {row[table.key]: row for row, _ in found}

    def changed(self, tenant: Tenant, table: Table, after: int, limit: int) -> list[tuple[Row, int]]:
        """The next rows by the position of their last event, with it."""
        parameters = {"tenant": tenant.tenant_id, "after": after, "limit": limit}
        with self._entered(tenant) as conn:
            return conn.execute(for_table(table).changed.text, parameters).fetchall()

    def write(self, tenant: Tenant, moves: Sequence[Move]) -> bool:
        """All of the moves, or none and False where another worker was quicker."""
        with self._entered(tenant) as conn:
            for move in moves:
                if not _advanced(conn, tenant, MIRROR, move):
                    raise psycopg.Rollback
                for table, rows in move.rows.items():
                    _upsert(conn, tenant, for_table(table), rows)
            return True
        return False

    def mark(self, tenant: Tenant, mirror: str, stream: str, old: Checkpoint, position: int) -> bool:
        """Moves the checkpoint of a mirror that keeps its rows elsewhere. False where another worker was quicker."""
        with self._entered(tenant) as conn:
            return _advanced(conn, tenant, mirror, Move(stream, old, Checkpoint(position), {}))

    def restart(self, tenant: Tenant, mirror: str) -> None:
        """Lets a mirror that keeps its rows elsewhere begin from the start of the log."""
        with self._entered(tenant) as conn:
            conn.execute(named("forget_checkpoints").text, {"tenant": tenant.tenant_id, "mirror": mirror})

    @contextmanager
    def _entered(self, tenant: Tenant) -> Iterator[Connection]:
        """A transaction as the tenant, under the role that row-level security holds for."""
        with self._connections.use(tenant) as conn, _translated(), conn.transaction():
            conn.execute(named("enter").text, {"tenant": tenant.tenant_id})
            yield conn


def _advanced(conn: Connection, tenant: Tenant, mirror: str, move: Move) -> bool:
    parameters: Mapping[str, Any] = {
        "tenant": tenant.tenant_id,
        "mirror": mirror,
        "stream": move.stream,
        "seen": move.old.position,
        "position": move.new.position,
        "version": move.new.version,
        "state": move.new.state,
    }
    return conn.execute(named("advance_checkpoint").text, parameters).fetchone() is not None


def _upsert(conn: Connection, tenant: Tenant, statements: TableStatements, rows: Sequence[tuple[Row, int]]) -> None:
    if rows:
        packed = Jsonb([{**row, "position": position} for row, position in rows])
        conn.execute(statements.upsert.text, {"tenant": tenant.tenant_id, "rows": packed})


@contextmanager
def _translated() -> Iterator[None]:
    """The log's errors for psycopg's, whose text may quote the user."""
    try:
        yield
    except psycopg.Error as error:
        raise errors.from_sqlstate(error.sqlstate or "") from None
