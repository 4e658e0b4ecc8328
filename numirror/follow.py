"""Round: the events of a tenant's log to the three mirrors. Also the only way to rebuild and to heal: follow from 0."""

import time
from functools import partial

from numirror import catalog, correspond
from numirror.correspond import Correspondence, sooner
from numirror.moves import Checkpoints, decoded, followed, move, state_at
from numirror.settings import Settings
from numirror.shell.flush import SheetFlush
from numirror.shell.log import Tenant
from numirror.shell.mirrors.postgres import Checkpoint
from numirror.shell.mirrors.redis import ReadModel
from numirror.shell.queue import Follow, Next
from numirror.shell.resources.leases import Lease
from numirror.shell.stores import Stores

PAGE = 2_000

_ASKING = tuple(domain for domain in catalog.DOMAINS if domain.asks)


def build(settings: Settings) -> Follow:
    """What a worker does for one tenant."""
    stores = Stores(settings)
    return Follower(stores, SheetFlush(stores, catalog.TABS), correspond.build(stores)).follow


class Follower:
    """Follows one tenant's log at a time. Doing it twice, or in two places at once, is harmless."""

    def __init__(self, stores: Stores, flush: SheetFlush, correspondence: Correspondence) -> None:
        self._stores = stores
        self._flush = flush
        self._correspondence = correspondence

    def follow(self, tenant_hash: str, deadline: float) -> Next:
        """Brings all mirrors up to date, at most until `deadline` (of `time.monotonic`)."""
        lease = self._stores.lease(tenant_hash)
        if lease is None or not lease.is_writable:
            # Nothing can be reached or written; the next visit leaves a lease and wakes us.
            return Next(up_to_date=True)
        tenant_hash = self._stores.tenant_hash(lease.tenant_id)  # after a change of address there are two names
        tenant = self._stores.tenant(lease)
        checkpoints = self._stores.projections.checkpoints(tenant)
        begun, rows = checkpoints, self._stores.projections.rows
        while time.monotonic() < deadline:
            events = self._stores.log.read(tenant, followed(checkpoints), PAGE)
            if not events:
                if checkpoints is not begun:
                    self._keep_read_models(tenant, lease, checkpoints)
                self._wake_asks(tenant_hash, checkpoints)
                across = self._correspondence.run(tenant_hash, checkpoints, deadline)
                return sooner(across, self._flush.run(tenant, tenant_hash, lease))
            page, until = decoded(events), events[-1].position
            moves = [
                move(domain, checkpoints.get(domain.name, Checkpoint()), page, until, partial(rows, tenant))
                for domain in catalog.DOMAINS
            ]
            if not self._stores.projections.write(tenant, moves):
                break  # another worker is at it; look again later
            checkpoints = {one.stream: one.new for one in moves}
        return Next(up_to_date=False)

    def _wake_asks(self, tenant_hash: str, checkpoints: Checkpoints) -> None:
        """Lets the workers that ask an AI know where something waits for it."""
        if any(domain.requests(state_at(domain, checkpoints)) for domain in _ASKING):
            self._stores.asks.wake(self._stores.platform, tenant_hash)

    def _keep_read_models(self, tenant: Tenant, lease: Lease, checkpoints: Checkpoints) -> None:
        """The sidebar's states, from the same fold. Redis may be away or empty: the next visit folds for itself."""
        log_id = self._stores.log.tail(tenant, followed(checkpoints)).log_id
        if log_id is not None:
            models = {name: ReadModel(log_id, one.position, one.state) for name, one in checkpoints.items()}
            self._stores.keep(lease, catalog.STREAMS, models)
