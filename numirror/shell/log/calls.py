"""One function call, one round trip, straight through libpq.

psycopg's cursor costs about as much Python per statement as the database needs for a whole append (measured: a bare
INSERT through `exec_prepared` runs 1.4 times as often as through `cursor.execute`, 1.5 times with 16 threads, because
the interpreter lock is given up once instead of at every step). So the calls of the log go this way; everything else
uses psycopg as usual. The deadline is that of `Connections.use`: its watcher shuts the socket, and libpq comes back.
"""

from collections.abc import Sequence
from struct import Struct
from typing import NamedTuple

from psycopg import pq

from numirror.shell.log import errors
from numirror.shell.log.connections import Connection
from numirror.shell.log.queries import Statement, named

TEXT, BINARY = 0, 1
_TUPLES, _DONE = int(pq.ExecStatus.TUPLES_OK), int(pq.ExecStatus.COMMAND_OK)
_ARRAY_HEAD = Struct(">iiIii")


class Call(NamedTuple):
    """A statement that calls one function and gives one value, with the formats of its parameters and of its answer."""

    name: str
    text: bytes
    key: bytes
    formats: Sequence[int]
    answer: int


def call_of(name: str, binary: Sequence[str] = (), answer: int = TEXT) -> Call:
    """The call of a statement of the registry; the parameters named in `binary` travel in binary form."""
    statement: Statement = named(name)
    formats = [BINARY if parameter in binary else TEXT for parameter in statement.parameters]
    return Call(name, statement.numbered, f"nu_{name}".encode(), formats, answer)


def run(conn: Connection, call: Call, parameters: Sequence[bytes | None]) -> bytes | None:
    """The one value of a call. Raises what `errors.from_sqlstate` says, and `psycopg`'s nothing."""
    pgconn = conn.pgconn
    if not conn.prepares:
        return _value(pgconn.exec_params(call.text, parameters, None, call.formats, call.answer))
    if call.name not in conn.prepared:
        _value(pgconn.prepare(call.key, call.text))
        conn.prepared.add(call.name)
    return _value(pgconn.exec_prepared(call.key, parameters, call.formats, call.answer))  # type: ignore[arg-type]  # None is NULL


def begin(conn: Connection) -> None:
    """From here on calls are done together or not at all: see `commit`. Raises what `run` does."""
    _value(conn.pgconn.exec_(b"BEGIN"))


def go_on(conn: Connection) -> None:
    """Between two calls of a transaction: each leaves it in the role nu_app, which may call none of our functions."""
    _value(conn.pgconn.exec_(b"RESET ROLE"))


def commit(conn: Connection) -> None:
    """Keeps what was done since `begin`; without it, a connection that is given back does none of it."""
    _value(conn.pgconn.exec_(b"COMMIT"))


def _value(result: pq.abc.PGresult) -> bytes | None:
    status = result.status
    if status == _TUPLES:
        return result.get_value(0, 0)
    if status == _DONE:
        return None
    raise errors.from_sqlstate((result.error_field(pq.DiagnosticField.SQLSTATE) or b"").decode())


def array(oid: int, items: Sequence[bytes]) -> bytes:
    """A one-dimensional array in binary form (PostgreSQL source, array_recv): no NULLs, bounds from 1."""
    parts = [_ARRAY_HEAD.pack(1, 0, oid, len(items), 1)]
    for item in items:
        parts += (len(item).to_bytes(4, "big"), item)
    return b"".join(parts)
