"""Connections to the databases of many tenants: few, lent for moments, no thread per tenant.

A connection belongs to a target, not to a tenant: the tenant is set inside each transaction and gone with it.
"""

import contextlib
import os
import select
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import orjson
import psycopg
from psycopg.adapt import AdaptersMap
from psycopg.pq import ConnStatus, TransactionStatus
from psycopg.rows import TupleRow
from psycopg.types.json import set_json_loads

from numirror.shell.log.errors import LogAway, LogBusy
from numirror.shell.log.target import Target, Tenant

_QUIET_SECONDS = 1.0
_TICK_SECONDS = 0.5

_adapters = AdaptersMap(psycopg.adapters)
set_json_loads(orjson.loads, _adapters)


class Connection(psycopg.Connection[TupleRow]):
    """A psycopg connection in autocommit that knows its target, its deadline and what is prepared on it."""

    target: Target
    prepares: bool
    prepared: set[str]
    used_before: bool = False
    idle_since: float = 0.0
    late_at: float = 0.0

    @property
    def was_hung_up(self) -> bool:
        """Whether it is broken because the server ended it while it was idle, and not because we lost patience."""
        broken = self.pgconn.status != ConnStatus.OK
        return broken and self.used_before and time.monotonic() < self.late_at


class Connections:
    """Lends connections: `with connections.use(tenant) as conn`. Safe for threads and across a fork.

    At most `total` are open, at most `per_target` to one target; who finds none waits `wait_seconds`, then gets
    `LogBusy`. One that is idle for `idle_seconds` is closed, and the longest idle one makes room for a new target.
    A use has `seconds`: psycopg has no time-out of its own and a mute server would hold a thread for ever, so one
    watching thread shuts the socket of a use that is late, whatever it waits for. For `mute_seconds` after that, the
    next ones to the same target are told at once, instead of queueing up for their own time-outs.
    `prepare=False` is for poolers that share sessions between transactions.
    """

    def __init__(
        self,
        total: int = 64,
        per_target: int = 16,
        *,
        idle_seconds: float = 300.0,
        wait_seconds: float = 2.0,
        seconds: float = 5.0,
        mute_seconds: float = 3.0,
        prepare: bool = True,
    ) -> None:
        self._total, self._per_target = total, per_target
        self._idle_seconds, self._wait_seconds, self._seconds = idle_seconds, wait_seconds, seconds
        self._mute_seconds = mute_seconds
        self._prepare = prepare
        self._begin()
        os.register_at_fork(after_in_child=self._begin)

    def _begin(self) -> None:
        """Nothing is open yet; after a fork too: the connections are the parent's, and psycopg does not end them."""
        self._changed = threading.Condition(threading.Lock())
        self._idle: dict[Target, list[Connection]] = {}
        self._open: Counter[Target] = Counter()
        self._lent: set[Connection] = set()
        self._mute_until: dict[Target, float] = {}
        self._waiting = 0
        self._watcher: threading.Thread | None = None

    @contextmanager
    def use(self, tenant: Tenant, seconds: float | None = None) -> Iterator[Connection]:
        """A connection to the tenant's database, for this block. Raises `LogAway`, `LogBusy`.

        The block must not keep or close it. After `seconds` whatever it waits for fails.
        """
        conn = self.take(tenant.storage, seconds)
        try:
            yield conn
        finally:
            self.give(conn)

    def take(self, target: Target, seconds: float | None = None) -> Connection:
        """As `use`, without a block; `give` must follow."""
        now = time.monotonic()
        if self._mute_until.get(target, 0.0) > now:
            raise LogAway
        conn = self._pop_idle(target) or self._new(target, now + self._wait_seconds)
        if now - conn.idle_since > _QUIET_SECONDS and _is_hung_up(conn):
            self._discard(conn)
            conn = self._new(target, now + self._wait_seconds)
        conn.late_at = now + (seconds or self._seconds)
        self._lent.add(conn)
        return conn

    def give(self, conn: Connection) -> None:
        """Takes a connection back. One that is broken, or in the middle of something, is closed."""
        self._lent.discard(conn)
        if conn.pgconn.transaction_status != TransactionStatus.IDLE:
            self._discard(conn)
            return
        conn.idle_since = time.monotonic()
        conn.used_before = True
        self._idle[conn.target].append(conn)
        if self._waiting:
            with self._changed:
                self._changed.notify()

    def forget(self, target: Target) -> None:
        """Closes the idle connections to a target: one was found dead, and they are of one age."""
        while conn := self._pop_idle(target):
            self._discard(conn)

    def close(self) -> None:
        """Closes what is idle."""
        for target in tuple(self._idle):
            self.forget(target)

    def counts(self) -> tuple[int, int]:
        """How many connections are open, and how many of them idle."""
        with self._changed:
            return self._open.total(), sum(map(len, self._idle.values()))

    def _pop_idle(self, target: Target) -> Connection | None:
        """The one used last, or None. Without the lock: `list.pop` and `list.append` are atomic."""
        try:
            return self._idle[target].pop()
        except (KeyError, IndexError):
            return None

    def _new(self, target: Target, until: float) -> Connection:
        """A connection opened in a place of its own, or one that came back while there was no place."""
        with self._changed:
            while not self._has_room(target):
                if conn := self._wait(target, until):
                    return conn
            self._open[target] += 1
            self._idle.setdefault(target, [])
        try:
            conn = _connect(target, self._prepare)
        except BaseException:
            self._release(target)
            raise
        self._watch()
        return conn

    def _has_room(self, target: Target) -> bool:
        """Whether one more may be opened; the longest idle one is closed for it. The lock is held."""
        if self._open[target] >= self._per_target:
            return False
        if self._open.total() >= self._total and (oldest := self._pop_oldest(time.monotonic())):
            oldest.close()
            self._uncount(oldest.target)
        return self._open.total() < self._total

    def _wait(self, target: Target, until: float) -> Connection | None:
        """Waits for a change; a connection that came back. Raises `LogBusy`. The lock is held."""
        self._waiting += 1
        try:
            conn = self._pop_idle(target)
            if conn is None and not self._changed.wait(until - time.monotonic()):
                raise LogBusy
            return conn
        finally:
            self._waiting -= 1

    def _pop_oldest(self, before: float) -> Connection | None:
        """The connection that has been idle longest, if since before that time. In each list it is the first."""
        lists = [mine for mine in tuple(self._idle.values()) if mine]
        try:
            oldest = min(lists, key=lambda mine: mine[0].idle_since)
            return oldest.pop(0) if oldest[0].idle_since < before else None
        except (ValueError, IndexError):  # none is idle, or somebody took it at this moment
            return None

    def _discard(self, conn: Connection) -> None:
        conn.close()
        self._release(conn.target)

    def _release(self, target: Target) -> None:
        with self._changed:
            self._uncount(target)

    def _uncount(self, target: Target) -> None:
        self._open[target] -= 1
        if not self._open[target]:
            del self._open[target], self._idle[target]
        self._changed.notify()

    def _watch(self) -> None:
        with self._changed:
            if self._watcher is None:
                self._watcher = threading.Thread(target=self._keep_watch, name="log-connections", daemon=True)
                self._watcher.start()

    def _keep_watch(self) -> None:
        while True:
            time.sleep(_TICK_SECONDS)
            now = time.monotonic()
            for conn in tuple(self._lent):
                if conn.late_at < now:
                    self._mute_until[conn.target] = now + self._mute_seconds
                    _shut(conn)
            while old := self._pop_oldest(now - self._idle_seconds):
                self._discard(old)


def _connect(target: Target, prepare: bool) -> Connection:
    _clear_environment()
    try:
        # psycopg prepares nothing: after a DROP or a rollback it would deallocate what the calls of the log prepared.
        conn = Connection.connect(target.conninfo(), autocommit=True, context=_adapters, prepare_threshold=None)
    except psycopg.Error:
        raise LogAway from None  # its text names host and user
    conn.target, conn.prepares, conn.prepared = target, prepare, set()
    return conn


def _clear_environment() -> None:
    """libpq fills what is missing from PG* variables; PGOPTIONS, PGTZ and their like cannot be overridden otherwise."""
    for name in [name for name in os.environ if name.startswith("PG")]:
        del os.environ[name]


def _is_hung_up(conn: Connection) -> bool:
    """Whether the server has ended it meanwhile: then there is something to read, without asking anything."""
    if not conn.used_before:
        return False
    watched = select.poll()
    watched.register(conn.fileno(), select.POLLIN)
    return bool(watched.poll(0))


def _shut(conn: Connection) -> None:
    """Wakes whoever waits on this connection: they see it broken. Closing is theirs."""
    with contextlib.suppress(OSError, psycopg.Error):
        late = socket.socket(fileno=conn.fileno())
        try:
            late.shutdown(socket.SHUT_RDWR)
        finally:
            late.detach()
