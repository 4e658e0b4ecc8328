"""Moving a person's log to the database that they bring, so that a crash at any line loses nothing.

1. The log is copied while the person goes on working.
2. In one batch the map names the new database, and the old one as the place that was left.
3. The old log is frozen, the rest is copied, the heads are compared; one event of the new log tells of it.
4. The map says that it is done. The old log stays, and is only read.
5. After a week the map forgets the old place, and what lay in the operator's trial is erased there.

Who dies between 2 and 4 leaves a map that says so: the next one who reads it goes on with 3. Appends in between are
refused by the frozen log, or reach the old one and are copied in 3.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from uuid import uuid4

import msgspec

from numirror.kernel.envelope import NewEvent
from numirror.shell.keeping import Keeper
from numirror.shell.log import Tenant, Verified
from numirror.shell.log.erase import erase
from numirror.shell.log.errors import LogFrozen
from numirror.shell.log.freeze import head
from numirror.shell.log.move import finish
from numirror.shell.opening import LEFT, Opened
from numirror.shell.resources.leases import Lease
from numirror.shell.resources.resolution import TRIAL, OpenedMap, Resource, Url
from numirror.shell.resources.secret import Hidden
from numirror.shell.stores import Stores

KEPT = timedelta(days=7)
"""How long the old log stays where it was, to be looked at."""

STREAM = "storage"
"""Events about the log itself; no domain, so no state is folded of them."""


class Left(Hidden, frozen=True):
    """The database that a log was in before, since when it is left, and whether all of it has come along.

    `trial` says that an older copy lies in the operator's trial, from a move before that one.
    """

    storage: Resource[Url]
    since: datetime
    done: bool = False
    trial: bool = False

    @property
    def is_on_trial(self) -> bool:
        """Whether something was left in the operator's trial."""
        return self.trial or self.storage.source == "trial"


def left_of(says: OpenedMap) -> Left | None:
    """What the map says of a move; None where there was none, or nothing readable."""
    try:
        return msgspec.json.decode(says.secrets[LEFT], type=Left)
    except (KeyError, msgspec.DecodeError):
        return None


def finish_move(stores: Stores, lease: Lease, opened: Opened, left: Left) -> Opened:
    """Steps 3 and 4, for a map that names the new database already. May be done again. Raises the log's errors."""
    goal = stores.tenant(lease)
    source = stores.tenant(msgspec.structs.replace(lease, storage=left.storage))
    with suppress(LogFrozen):  # all of it had come along before, and the new log has grown since
        _tell(stores, goal, finish(stores.log, source, goal), left.since)
    return Keeper(stores, lease, opened).leave(msgspec.structs.replace(left, done=True))


def end_move(stores: Stores, lease: Lease, opened: Opened, left: Left) -> Opened:
    """Step 5. A database of the person's own is theirs to keep or to empty. Raises the log's errors."""
    if left.is_on_trial and stores.settings.database_url:
        source = stores.tenant(msgspec.structs.replace(lease, storage=TRIAL))
        old, new = head(stores.log, source), head(stores.log, stores.tenant(lease))
        # Only the copy that was left is frozen: whoever moved back, or only gave the same place another name, is here.
        # An empty one has a log's id of its own.
        if old and new and old.frozen_at and not new.frozen_at and (old.log_id == new.log_id or old.position == 0):
            erase(stores.log, source)
    return Keeper(stores, lease, opened).stayed()


def _tell(stores: Stores, goal: Tenant, end: Verified, now: datetime) -> None:
    data = msgspec.json.encode({"events": end.count, "head": end.head_hash.hex()}, order="sorted")
    told = NewEvent("storage.moved", 1, "storage", data)
    stores.log.append(goal, STREAM, end.count, uuid4(), [told], now, {"by": "sidebar"})
