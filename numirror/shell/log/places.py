"""How many connections may be open, and the idle ones among them."""

import threading
import time

import msgspec

from numirror.shell.log.connection import Connection
from numirror.shell.log.errors import LogBusy
from numirror.shell.log.target import Target

PER_BROUGHT = 2
"""To a database that a tenant brought. As many may wait for one of them: whatever it does, four threads are the most
that it holds."""


class _Shelf(msgspec.Struct):
    """What there is of one target. `is_direct`: whether no pooler is in between, as soon as somebody found out."""

    idle: list[Connection] = msgspec.field(default_factory=list)
    open: int = 0
    waiting: int = 0
    is_direct: bool | None = None


class Places:
    """At most `total` are open, at most `per_target` to one target; the longest idle one makes room for a new target.

    Taking and giving back need no lock: `pop` and `append` of a list are atomic, and a shelf stays as long as anything
    of it is open.
    """

    def __init__(self, total: int, per_target: int) -> None:
        self._total, self._per_target = total, per_target
        self._changed = threading.Condition(threading.Lock())
        self._shelves: dict[Target, _Shelf] = {}
        self._open = 0
        self.waiting = 0

    def pop_idle(self, target: Target) -> Connection | None:
        """The one used last, or None."""
        try:
            return self._shelves[target].idle.pop()
        except (KeyError, IndexError):
            return None

    def pop_oldest(self, before: float) -> Connection | None:
        """The connection that has been idle longest, if since before that time. On each shelf it is the first."""
        lists = [shelf.idle for shelf in tuple(self._shelves.values()) if shelf.idle]
        try:
            oldest = min(lists, key=lambda mine: mine[0].idle_since)
            return oldest.pop(0) if oldest[0].idle_since < before else None
        except (ValueError, IndexError):  # none is idle, or somebody took it at this moment
            return None

    def claim(self, target: Target, until: float) -> Connection | None:
        """A connection that came back while there was no room; or None, and a place is held until `release`.

        Raises `LogBusy` where there is neither before `until`, or too many wait already.
        """
        with self._changed:
            shelf = self._shelves.setdefault(target, _Shelf())
            self.waiting += 1
            shelf.waiting += 1
            try:
                while not self._has_room(target, shelf):
                    if conn := self._wait(target, shelf, until):
                        return conn
                shelf.open += 1
                self._open += 1
            finally:
                self.waiting -= 1
                shelf.waiting -= 1
                self._tidy(target, shelf)
        return None

    def place(self, conn: Connection) -> None:
        """Says of a new connection where it lies when it is idle. Its place was claimed."""
        conn.idle = self._shelves[conn.target].idle

    def release(self, target: Target) -> None:
        """A connection that was closed, or not made, leaves its place to others."""
        with self._changed:
            self._uncount(target)

    def announce(self) -> None:
        """Something came back, and somebody waits."""
        with self._changed:
            self._changed.notify_all()

    def is_direct(self, target: Target) -> bool | None:
        """What was found out of a target since its first connection; None if nothing. A place is held."""
        return self._shelves[target].is_direct

    def note_direct(self, target: Target, is_direct: bool) -> None:
        """Keeps it for as long as anything is open to the target. A place is held."""
        self._shelves[target].is_direct = is_direct

    def targets(self) -> tuple[Target, ...]:
        """All with an open connection."""
        with self._changed:
            return tuple(self._shelves)

    def counts(self) -> tuple[int, int]:
        """How many connections are open, and how many of them idle."""
        with self._changed:
            return self._open, sum(len(shelf.idle) for shelf in self._shelves.values())

    def _has_room(self, target: Target, shelf: _Shelf) -> bool:
        """Whether one more may be opened; the longest idle one is closed for it. The lock is held."""
        if shelf.open >= (PER_BROUGHT if target.owner else self._per_target):
            return False
        if self._open >= self._total and (oldest := self.pop_oldest(time.monotonic())):
            oldest.close()
            self._uncount(oldest.target)
        return self._open < self._total

    def _wait(self, target: Target, shelf: _Shelf, until: float) -> Connection | None:
        """Waits for a change; a connection that came back. The lock is held, and who waits is counted with us."""
        if target.owner and shelf.waiting > PER_BROUGHT:
            raise LogBusy
        conn = self.pop_idle(target)
        if conn is None and not self._changed.wait(until - time.monotonic()):
            raise LogBusy
        return conn

    def _uncount(self, target: Target) -> None:
        shelf = self._shelves[target]
        shelf.open -= 1
        self._open -= 1
        self._tidy(target, shelf)
        self._changed.notify_all()

    def _tidy(self, target: Target, shelf: _Shelf) -> None:
        """Nothing is kept of a target that nothing is open to."""
        if not shelf.open and not shelf.waiting:
            self._shelves.pop(target, None)
