"""Connections to the databases of many tenants: few, lent for moments, no thread per tenant.

A connection belongs to a target, not to a tenant: the tenant is set inside each transaction and gone with it. A target
that a tenant brought has that tenant's name in it, so no two tenants meet on one of its connections.
"""

import os
import threading
import time
from collections.abc import Callable

from psycopg.pq import TransactionStatus

from numirror.kernel.errors import NuMirrorError
from numirror.shell.log.breaker import Breakers
from numirror.shell.log.connection import Connection, dial, is_direct, is_hung_up, shut
from numirror.shell.log.errors import LogAway
from numirror.shell.log.places import Places
from numirror.shell.log.target import Target, Tenant

__all__ = ["Connection", "Connections"]

_QUIET_SECONDS = 1.0
_TICK_SECONDS = 0.5

Admit = Callable[[Target], Target]


def _as_it_is(target: Target) -> Target:
    return target


class Connections:
    """Lends connections: `with connections.use(tenant) as conn`. Safe for threads and across a fork.

    At most `total` are open, at most `per_target` to one target and 2 to one that a tenant brought; who finds none
    waits `wait_seconds`, then gets `LogBusy`. One that is idle for `idle_seconds` is closed, and the longest idle one
    makes room for a new target.
    A use has `seconds`: psycopg has no time-out of its own and a mute server would hold a thread for ever, so one
    watching thread shuts the socket of a use that is late, whatever it waits for. A target that fails again and again
    is left alone for a while: then everybody gets `LogAway` at once (`Breakers`).
    `admit` is asked before each dial of a target that a tenant brought. It answers with the target whose `address` is
    to be dialled, or raises; what it raises is for the caller.
    """

    def __init__(
        self,
        total: int = 64,
        per_target: int = 16,
        *,
        admit: Admit = _as_it_is,
        idle_seconds: float = 300.0,
        wait_seconds: float = 2.0,
        seconds: float = 5.0,
    ) -> None:
        self._total, self._per_target = total, per_target
        self._admit = admit
        self._idle_seconds, self._wait_seconds, self._seconds = idle_seconds, wait_seconds, seconds
        self._begin()
        os.register_at_fork(after_in_child=self._begin)

    def _begin(self) -> None:
        """Nothing is open yet; after a fork too: the connections are the parent's, and psycopg does not end them."""
        self._places = Places(self._total, self._per_target)
        self._pop_idle = self._places.pop_idle
        self._breakers = Breakers()
        self._troubled = self._breakers.troubled
        self._lent: set[Connection] = set()
        self._starting = threading.Lock()
        self._watcher: threading.Thread | None = None

    def use(self, tenant: Tenant, seconds: float | None = None) -> "_Use":
        """A connection to the tenant's database, for a block. Raises `LogAway`, `LogBusy`, and what `admit` does.

        The block must not keep or close it. After `seconds` whatever it waits for fails.
        """
        return _Use(self, tenant.storage, seconds)

    def take(self, target: Target, seconds: float | None = None) -> Connection:
        """As `use`, without a block; `give` must follow."""
        now = time.monotonic()
        if self._troubled and target in self._troubled:
            self._breakers.enter(target, now)
        late_at = now + (seconds or self._seconds)
        conn = self._pop_idle(target) or self._new(target, now, late_at)
        if now - conn.idle_since > _QUIET_SECONDS and is_hung_up(conn):
            self._discard(conn)
            conn = self._new(target, now, late_at)
        conn.late_at = late_at
        self._lent.add(conn)
        return conn

    def give(self, conn: Connection) -> None:
        """Takes a connection back. One that is broken, or in the middle of something, is closed."""
        self._lent.discard(conn)
        if conn.pgconn.transaction_status != TransactionStatus.IDLE or conn.was_late:
            self._take_out(conn)
            return
        if self._troubled and conn.target in self._troubled:
            self._breakers.succeeded(conn.target)
        conn.idle_since = time.monotonic()
        conn.used_before = True
        conn.idle.append(conn)
        if self._places.waiting:
            self._places.announce()

    def forget(self, target: Target) -> None:
        """Closes the idle connections to a target: one was found dead, and they are of one age."""
        while conn := self._pop_idle(target):
            self._discard(conn)

    def close(self) -> None:
        """Closes what is idle."""
        for target in self._places.targets():
            self.forget(target)

    def counts(self) -> tuple[int, int]:
        """How many connections are open, and how many of them idle."""
        return self._places.counts()

    def _new(self, target: Target, now: float, late_at: float) -> Connection:
        """A connection dialled for a place of its own, or one that came back while there was no place."""
        if conn := self._places.claim(target, now + self._wait_seconds):
            return conn
        try:
            if target in self._troubled:
                self._breakers.check(target, time.monotonic())
            return self._dial(target, late_at)
        except BaseException:
            self._places.release(target)
            raise

    def _dial(self, target: Target, late_at: float) -> Connection:
        """A new connection; where there is none, that is counted, unless trying again would be useless anyhow."""
        self._watch()
        try:
            conn = dial(self._admit(target) if target.owner else target)
            conn.target, conn.late_at = target, late_at
            conn.prepares = self._is_direct(conn)
        except NuMirrorError as error:
            if not error.permanent:
                self._fail(target)
            raise
        self._places.place(conn)
        return conn

    def _is_direct(self, conn: Connection) -> bool:
        """Asked once a target, for as long as something stays open to it."""
        known = self._places.is_direct(conn.target)
        if known is None:
            self._lent.add(conn)  # so that a mute server is noticed here too
            try:
                known = is_direct(conn)
            except LogAway:
                conn.close()
                raise
            finally:
                self._lent.discard(conn)
            self._places.note_direct(conn.target, known)
        return known

    def _take_out(self, conn: Connection) -> None:
        """One that was hung up while it lay idle says little of its target, unless that fails already."""
        if conn.was_late or (conn.is_broken and (not conn.used_before or conn.target in self._troubled)):
            self._fail(conn.target)
        self._discard(conn)

    def _fail(self, target: Target) -> None:
        if self._breakers.failed(target, time.monotonic()):
            self.forget(target)

    def _discard(self, conn: Connection) -> None:
        conn.close()
        self._places.release(conn.target)

    def _watch(self) -> None:
        with self._starting:
            if self._watcher is None:
                self._watcher = threading.Thread(target=self._keep_watch, name="log-connections", daemon=True)
                self._watcher.start()

    def _keep_watch(self) -> None:
        while True:
            time.sleep(_TICK_SECONDS)
            now = time.monotonic()
            for conn in tuple(self._lent):
                if conn.late_at < now:
                    conn.was_late = True  # before its user wakes, who counts it as a failure
                    shut(conn)
            while old := self._places.pop_oldest(now - self._idle_seconds):
                self._discard(old)
            self._breakers.forget(now)


class _Use:
    """A connection for a block. A class, as it is quicker than a generator, and each call to a log is one."""

    __slots__ = ("_conn", "_connections", "_seconds", "_target")

    def __init__(self, connections: Connections, target: Target, seconds: float | None) -> None:
        self._connections, self._target, self._seconds = connections, target, seconds

    def __enter__(self) -> Connection:
        self._conn = self._connections.take(self._target, self._seconds)
        return self._conn

    def __exit__(self, *fault: object) -> None:
        self._connections.give(self._conn)
