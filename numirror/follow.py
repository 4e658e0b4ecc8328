"""Round: the events of a tenant's log to the three mirrors. Also the only way to rebuild and to heal: follow from 0."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import msgspec

from numirror import catalog
from numirror.kernel.domain import Domain
from numirror.kernel.envelope import Recorded
from numirror.kernel.mirror import Happened, Row, Table
from numirror.settings import Settings
from numirror.shell.flush import SheetFlush
from numirror.shell.log import Tenant
from numirror.shell.mirrors.postgres import Checkpoint, Move
from numirror.shell.mirrors.redis import ReadModel
from numirror.shell.queue import Follow, Next
from numirror.shell.resources.leases import Lease
from numirror.shell.stores import Stores

PAGE = 2_000

Checkpoints = Mapping[str, Checkpoint]


class _Told(NamedTuple):
    stream: str
    happened: Happened


def build(settings: Settings) -> Follow:
    """What a worker does for one tenant."""
    stores = Stores(settings)
    return Follower(stores, SheetFlush(stores, catalog.TABS)).follow


class Follower:
    """Follows one tenant's log at a time. Doing it twice, or in two places at once, is harmless."""

    def __init__(self, stores: Stores, flush: SheetFlush) -> None:
        self._stores = stores
        self._flush = flush

    def follow(self, tenant_hash: str, deadline: float) -> Next:
        """Brings all mirrors up to date, at most until `deadline` (of `time.monotonic`)."""
        lease = self._stores.lease(tenant_hash)
        if lease is None or lease.storage.source == "none" or lease.is_read_only:
            # Nothing can be reached or written; the next visit leaves a lease and wakes us.
            return Next(up_to_date=True)
        tenant = self._stores.tenant(lease)
        checkpoints = self._stores.projections.checkpoints(tenant)
        begun = checkpoints
        while time.monotonic() < deadline:
            events = self._stores.log.read(tenant, _followed(checkpoints), PAGE)
            if not events:
                if checkpoints is not begun:
                    self._keep_read_models(tenant, lease, checkpoints)
                return self._flush.run(tenant, tenant_hash, lease)
            told = _decoded(events)
            moves = [self._move(tenant, domain, checkpoints, told, events[-1].position) for domain in catalog.DOMAINS]
            if not self._stores.projections.write(tenant, moves):
                break  # another worker is at it; look again later
            checkpoints = {move.stream: move.new for move in moves}
        return Next(up_to_date=False)

    def _move(self, tenant: Tenant, domain: Domain[Any], at: Checkpoints, page: Sequence[_Told], until: int) -> Move:
        """What a page of the log, up to `until`, means to one domain: its new fold, and the rows it touched."""
        old = _usable(domain, at)
        happened = _heard(domain, [one for one in page if one.happened.position > old.position])
        state = domain.decider.fold(_state(domain, old), [one.event for one in happened])
        new = Checkpoint(max(until, old.position), domain.state_version, msgspec.json.encode(state))
        return Move(
            domain.name,
            at.get(domain.name, Checkpoint()),
            new,
            {table: self._projected(tenant, table, happened) for table in domain.tables},
        )

    def _projected(self, tenant: Tenant, table: Table, happened: Sequence[Happened]) -> list[tuple[Row, int]]:
        touched = list(dict.fromkeys(key for one in happened for key in table.rows_of(one.event)))
        if not touched:
            return []
        rows: dict[str, Row | None] = dict(self._stores.projections.rows(tenant, table, touched))
        positions: dict[str, int] = {}
        for one in happened:
            for key in table.rows_of(one.event):
                rows[key] = table.project(rows.get(key), replace(one, key=key))
                positions[key] = one.position
        return [(row, positions[key]) for key, row in rows.items() if row is not None]

    def _keep_read_models(self, tenant: Tenant, lease: Lease, checkpoints: Checkpoints) -> None:
        """The sidebar's states, from the same fold. Redis may be away or empty: the next visit folds for itself."""
        log_id = self._stores.log.tail(tenant, _followed(checkpoints)).log_id
        if log_id is not None:
            models = {name: ReadModel(log_id, one.position, one.state) for name, one in checkpoints.items()}
            self._stores.keep(lease, catalog.STREAMS, models)


def _followed(checkpoints: Checkpoints) -> int:
    """The position after which there is something to read: 0 while a domain has not begun."""
    return min(_usable(domain, checkpoints).position for domain in catalog.DOMAINS)


def _usable(domain: Domain[Any], checkpoints: Checkpoints) -> Checkpoint:
    """Where to go on from. A fold of an older shape is of no use: then from the beginning."""
    checkpoint = checkpoints.get(domain.name, Checkpoint())
    return checkpoint if checkpoint.version == domain.state_version else Checkpoint()


def _state(domain: Domain[Any], checkpoint: Checkpoint) -> Any:
    return msgspec.json.decode(checkpoint.state, type=domain.state) if checkpoint.state else domain.decider.initial


def _decoded(events: Sequence[Recorded]) -> list[_Told]:
    """What happened, by stream; an event whose payload was blanked has nothing to tell any more."""
    return [
        _Told(
            event.stream,
            Happened(
                catalog.CODECS[event.stream].decode(event.type, event.schema_version, event.data),
                event.position,
                event.occurred_at,
                str(event.metadata.get("zone", "Etc/UTC")),
            ),
        )
        for event in events
        if event.stream in catalog.CODECS and event.data is not None
    ]


def _heard(domain: Domain[Any], page: Sequence[_Told]) -> list[Happened]:
    """What of it is a matter of the domain: its own events, and what it hears of others'."""
    heard = ((one.happened, catalog.heard(domain, one.stream, one.happened.event)) for one in page)
    return [replace(happened, event=event) for happened, event in heard if event is not None]
