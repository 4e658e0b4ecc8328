"""A log moves from one database to another: copied while its tenant goes on working, then finished in a moment."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from numirror.shell.log import chain
from numirror.shell.log.chain import Verified
from numirror.shell.log.errors import AnotherLog, ChainBroken, LogFrozen, LogNotEmpty, SameDatabase
from numirror.shell.log.event_log import EventLog
from numirror.shell.log.freeze import Head, freeze, head, thaw
from numirror.shell.log.restore import restore
from numirror.shell.log.target import Tenant


def copy(log: EventLog, source: Tenant, goal: Tenant, until: float = math.inf) -> int:
    """Copies the events up to where the source ends now, from where the goal ends; the position reached.

    After `until` (of `time.monotonic`) no further page is begun. May be done again at any time, also after a crash.
    Raises `LogNotEmpty`, `AnotherLog`, `ChainBroken`.
    """
    _check_tenant(source, goal)
    for tenant in (source, goal):
        log.ensure(tenant)
    here = head(log, source)
    if here is None:
        there = head(log, goal)
        if there and there.position:
            raise LogNotEmpty
        return 0
    at = _resume(log, source, goal, here)
    if at.count == here.position:
        restore(log, goal, here.log_id, (), at)  # so that an empty log has its id there too
    while at.count < here.position and monotonic() < until:
        page = log.links(source, at.count)
        if page is None or not page.links:
            raise ChainBroken(at.count + 1)
        at, _ = restore(log, goal, page.log_id, page.links, at)
    return at.count


def finish(log: EventLog, source: Tenant, goal: Tenant) -> Verified:
    """Freezes the source, copies the rest, compares the heads: where both logs end. The source stays frozen.

    Only after it has returned may the goal be used. If anything fails the source is thawed, and the same may be done
    again. Whoever was killed in the middle leaves it frozen: then finish again, or `thaw`. Raises what `copy` does,
    `SameDatabase`, and `LogFrozen` where all this was done before and the goal has grown since.
    """
    _check_tenant(source, goal)
    for tenant in (source, goal):
        log.ensure(tenant)
    _check_not_moved(head(log, source), head(log, goal))
    try:
        return _finish(log, source, goal)
    except BaseException:
        thaw(log, source)
        raise


@contextmanager
def rejoined(log: EventLog, source: Tenant, goal: Tenant) -> Iterator[bool]:
    """Whether the goal is in use and holds all that the source does, and more: then nothing is to be moved.

    If so the source is frozen, and stays it unless the block fails.
    """
    if not _is_ahead(log, source, goal):
        yield False
        return
    before = head(log, source)
    freeze(log, source)
    is_back = False
    try:
        is_back = _is_ahead(log, source, goal)  # nothing can come any more
        yield is_back
    except BaseException:
        is_back = False
        raise
    finally:
        if not is_back and (before is None or not before.frozen_at):
            thaw(log, source)


def _is_ahead(log: EventLog, source: Tenant, goal: Tenant) -> bool:
    here, there = head(log, source), head(log, goal)
    if there is None or there.frozen_at or there.position == 0:
        return False
    if here is None or here.position == 0:
        return True
    if here.log_id != there.log_id or here.position >= there.position:
        return False
    page = log.links(goal, here.position - 1, 1)
    return page is not None and [link.hash for link in page.links] == [here.hash]


def _finish(log: EventLog, source: Tenant, goal: Tenant) -> Verified:
    end = freeze(log, source)
    there = head(log, goal)
    if there and (there.log_id, there.frozen_at) == (end.log_id, end.frozen_at):
        raise SameDatabase  # two addresses of one database: the freeze of the one is seen in the other
    copy(log, source, goal)
    there = head(log, goal)
    if there is None or not there.is_end_of(end):
        raise AnotherLog(end.position)
    thaw(log, goal)  # a log that comes back to where it was before
    return end.end


def _resume(log: EventLog, source: Tenant, goal: Tenant, here: Head) -> Verified:
    """Where the goal ends, if the source leads there."""
    there = head(log, goal)
    if there is None or there.position == 0:
        return chain.START
    if there.log_id != here.log_id:
        raise LogNotEmpty
    page = log.links(source, there.position - 1, 1)
    if page is None or [link.hash for link in page.links] != [there.hash]:
        raise AnotherLog(there.position)
    return there.end


def _check_not_moved(here: Head | None, there: Head | None) -> None:
    """Else a second finish would fail, and thaw a log that was left long ago."""
    if here and there and here.log_id == there.log_id and here.frozen_at and there.position > here.position:
        raise LogFrozen


def _check_tenant(source: Tenant, goal: Tenant) -> None:
    if source.tenant_id != goal.tenant_id:
        raise ValueError("a log that moves stays with its tenant")
