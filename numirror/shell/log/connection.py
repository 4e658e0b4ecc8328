"""One connection to a database: dialled, asked what is in between, and shut when it is late."""

import contextlib
import os
import select
import socket
import time

import orjson
import psycopg
from psycopg import pq
from psycopg.adapt import AdaptersMap
from psycopg.rows import TupleRow
from psycopg.types.json import set_json_loads

from numirror.kernel.errors import NuMirrorError
from numirror.shell.log.errors import LogAway
from numirror.shell.log.login import Login
from numirror.shell.log.target import Target

_adapters = AdaptersMap(psycopg.adapters)
set_json_loads(orjson.loads, _adapters)

CONNECT_SECONDS = 3.0
"""How long one connection may take to be made."""

_WHO_ANSWERS = b"SELECT pg_catalog.pg_backend_pid()"


class Connection(psycopg.Connection[TupleRow]):
    """A psycopg connection in autocommit that knows its target, its deadline and what is prepared on it.

    `idle_since` and `late_at` are seconds of the monotonic clock. `prepares` says whether statements may be prepared.
    """

    target: Target
    idle: "list[Connection]"
    """Where it lies while nobody uses it, beside the others to the same target."""
    prepares: bool
    prepared: set[str]
    used_before: bool = False
    was_late: bool = False
    idle_since: float = 0.0
    late_at: float = 0.0

    @property
    def is_broken(self) -> bool:
        """Whether it has ended, by either side."""
        return self.pgconn.status != pq.ConnStatus.OK

    @property
    def was_hung_up(self) -> bool:
        """Whether it is broken because the server ended it while it was idle, and not because we lost patience."""
        return self.is_broken and self.used_before and not self.was_late


def dial(target: Target) -> Connection:
    """A new connection, within `CONNECT_SECONDS`. Raises `LogAway`.

    A target that a tenant brought has its checked address, so that nobody is asked for a name.
    """
    _clear_environment()
    try:
        conn = _log_in(target) if target.owner else _connect(target)
    except (psycopg.Error, NuMirrorError):
        conn = None
    if conn is None:  # raised out here: the error of libpq names host and user, and would hang on as the context
        raise LogAway
    conn.prepared = set()
    return conn


def _connect(target: Target) -> Connection:
    """At a server of the operator, whose name may have several addresses."""
    # psycopg prepares nothing: after a DROP or a rollback it would deallocate what the calls of the log prepared.
    return Connection.connect(target.conninfo(), autocommit=True, context=_adapters, prepare_threshold=None)


def _log_in(target: Target) -> Connection | None:
    """The same at a server that is not trusted."""
    login = Login(target.conninfo(), time.monotonic() + CONNECT_SECONDS)
    conn = None
    try:
        login.go_on()
        if login.pgconn.status == pq.ConnStatus.OK:
            conn = adopt(login.pgconn)
            conn._adapters = AdaptersMap(_adapters)  # as `connect` does for its `context`
    finally:
        if conn is None:
            login.pgconn.finish()
    return conn


def adopt(pgconn: pq.abc.PGconn) -> Connection:
    """A connection of libpq that has logged in, as `Connection.connect` would give it: in autocommit, never waiting."""
    pgconn.nonblocking = 1
    conn = Connection(pgconn)
    conn.autocommit = True
    conn.prepare_threshold = None
    return conn


def is_direct(conn: Connection) -> bool:
    """Whether a server of its own answers, and no pooler that hands statements to several. One round trip.

    A server tells its process id at the login. A pooler answers the login by itself, long before it chooses a server,
    so it tells a number of its own. Raises `LogAway`. docs/adr/0011 has the other ways, and why not.
    """
    result = conn.pgconn.exec_(_WHO_ANSWERS)
    if result.status != pq.ExecStatus.TUPLES_OK:
        raise LogAway
    return result.get_value(0, 0) == b"%d" % conn.pgconn.backend_pid


def is_hung_up(conn: Connection) -> bool:
    """Whether the server has ended it meanwhile: then there is something to read, without asking anything."""
    if not conn.used_before:
        return False
    watched = select.poll()
    watched.register(conn.fileno(), select.POLLIN)
    return bool(watched.poll(0))


def shut(conn: Connection) -> None:
    """Wakes whoever waits on this connection: they see it broken. Closing is theirs."""
    with contextlib.suppress(OSError, psycopg.Error):
        late = socket.socket(fileno=conn.fileno())
        try:
            late.shutdown(socket.SHUT_RDWR)
        finally:
            late.detach()


def _clear_environment() -> None:
    """libpq fills what is missing from PG* variables; PGOPTIONS, PGTZ and their like cannot be overridden otherwise."""
    for name in [name for name in os.environ if name.startswith("PG")]:
        del os.environ[name]
