"""What may be done in each database, asked once per process and target."""

import threading

from numirror.shell.log import migrate
from numirror.shell.log.connections import Connections
from numirror.shell.log.errors import DatabaseNewer
from numirror.shell.log.migrate import Standing
from numirror.shell.log.target import Target, Tenant

MIGRATION_SECONDS = 6.0
LIMIT = 2_000
"""So many targets are remembered; the oldest is asked again, which costs one round trip."""


class Standings:
    """Safe for threads."""

    def __init__(self, connections: Connections, limit: int = LIMIT) -> None:
        self._connections = connections
        self._limit = limit
        self._known: dict[Target, Standing] = {}
        self._lock = threading.Lock()

    def of(self, tenant: Tenant) -> Standing:
        """The tenant's database is brought up to date, or it is newer than this code and "read_only".

        Raises `DatabaseAltered`, `RoleNotAllowed`, `DatabaseRefused`, `LogAway`.
        """
        if known := self._known.get(tenant.storage):
            return known
        with self._connections.use(tenant, MIGRATION_SECONDS) as conn:
            found = migrate.bring_up_to_date(conn)
        with self._lock:
            while len(self._known) >= self._limit:
                del self._known[next(iter(self._known))]
            self._known[tenant.storage] = found
        return found

    def check_writable(self, target: Target) -> None:
        """Before a write, as far as it is known here. Raises `DatabaseNewer`."""
        if self._known.get(target) == "read_only":
            raise DatabaseNewer

    def forget(self, target: Target) -> None:
        """It is asked again next time: its tables were not there."""
        with self._lock:
            self._known.pop(target, None)
