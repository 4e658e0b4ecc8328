"""From one database to another while its owner waits: as `numirror.shell.moving` says, or at once if nothing moves."""

from datetime import datetime
from time import monotonic

import msgspec

from numirror.kernel.errors import Refused
from numirror.shell.checks import Report
from numirror.shell.keeping import Keeper, Write
from numirror.shell.log import IdentityRefused, Tenant
from numirror.shell.log.errors import LogFrozen
from numirror.shell.log.freeze import head
from numirror.shell.log.move import copy, rejoined
from numirror.shell.moving import Left, finish_move, left_of
from numirror.shell.opening import Opened, lease_for, resolve
from numirror.shell.resources.guard.guard import fingerprint
from numirror.shell.resources.leases import Lease
from numirror.shell.resources.resolution import Url, lendable
from numirror.shell.stores import Stores
from numirror.shell.visits import Visit, Visits

COPY_SECONDS = 6.0
"""Of a move: the checks before it and the switch after it need their time too."""

REST = 5_000
"""So many events more are copied while the old log is frozen: a fraction of a second."""


class Unfinished(Refused):
    """Your log is longer than what can be copied at once. Press the button again to go on; nothing is lost."""

    def __init__(self, position: int, end: int) -> None:
        super().__init__(
            f"Copied {position:,} of {end:,} steps so far, and you go on working as before. "
            "Go back and press the button again to go on."
        )


class Switch:
    """Takes people to databases of their own."""

    def __init__(self, stores: Stores, visits: Visits) -> None:
        self._stores = stores
        self._visits = visits

    def to(self, visit: Visit, opened: Opened, write: Write, value: Url, report: Report, now: datetime) -> Lease:
        """The lease with the new database in it, after everything has come along.

        Raises `IdentityRefused`, `LogFrozen`, `Unfinished`, and what a move raises.
        """
        goal, source = self.goal(visit, value), visit.stored
        keeper = Keeper(self._stores, visit.lease, opened)
        if source is None:
            self._check_open(goal)
        if source is None or fingerprint(source.storage) == fingerprint(goal.storage):
            return self._lease(visit, write(keeper, "database", value, report, now))
        before = left_of(opened.says)
        left = Left(lendable(visit.lease.storage), now, trial=before is not None and before.is_on_trial)
        with rejoined(self._stores.log, source, goal) as is_back:
            if is_back:
                whole = keeper.leaving(msgspec.structs.replace(left, done=True))
                return self._lease(visit, write(keeper, "database", value, report, now, whole))
        self._copy(source, goal)
        opened = write(keeper, "database", value, report, now, keeper.leaving(left))
        lease = self._lease(visit, opened)
        finish_move(self._stores, lease, opened, left)
        return lease

    def goal(self, visit: Visit, value: Url) -> Tenant:
        """The new place, made ready. Raises `IdentityRefused` where it knows another person by this account."""
        lease = visit.lease
        goal = Tenant(lease.tenant_id, self._stores.targets.database(value, lease.tenant_id))
        self._visits.prepare(goal)
        if self._stores.log.identify(goal, lease.sub) != goal.tenant_id:
            raise IdentityRefused
        return goal

    def _check_open(self, goal: Tenant) -> None:
        """Raises `LogFrozen` for a place that the log has left: every visit after that would fail."""
        there = head(self._stores.log, goal)
        if there and there.frozen_at:
            raise LogFrozen

    def _copy(self, source: Tenant, goal: Tenant) -> None:
        """All but what comes meanwhile. Raises `Unfinished` where it takes longer than a card may."""
        position = copy(self._stores.log, source, goal, monotonic() + COPY_SECONDS)
        end = self._stores.log.tail(source, position, 1).position
        if end - position > REST:
            raise Unfinished(position, end)

    def _lease(self, visit: Visit, opened: Opened) -> Lease:
        return lease_for(visit.lease, opened.says, resolve(self._stores, opened.says))
