"""Leaving with everything: a file of the whole log behind a link of ten minutes, and erasing."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime

import msgspec
import structlog

from numirror.kernel.errors import NuMirrorError, Refused
from numirror.kernel.mirror import Tab
from numirror.shell.account.links import LinkOver, SignedLinks
from numirror.shell.log import IdentityRefused, Tenant
from numirror.shell.log.erase import Receipt, erase
from numirror.shell.log.errors import SchemaMissing
from numirror.shell.log.export import Extra, export
from numirror.shell.moving import left_of
from numirror.shell.resources.leases import Lease
from numirror.shell.resources.resolution import TRIAL, OpenedMap
from numirror.shell.stores import Stores
from numirror.shell.visits import Visit, Visits

__all__ = ["Erased", "Exports", "LinkOver", "NotTyped", "Receipt", "erase_everything"]

_ROWS = 500
_LEFT_SECONDS = 8.0
"""What a database that was left may take of the time that a card has."""

log = structlog.get_logger()


class NotTyped(Refused):
    """Nothing was erased. Type your e-mail address exactly as it stands in your Google account."""


class Exports:
    """Makes links to exports, and the files behind them. `tabs` come along as CSV, for reading."""

    def __init__(self, stores: Stores, tabs: Sequence[Tab]) -> None:
        self._stores = stores
        self._tabs = tabs
        self._links = SignedLinks(stores, "export")

    def path(self, visit: Visit, now: datetime) -> str:
        """Where the file can be had for ten minutes, by whoever knows the path."""
        return self._links.path(visit.tenant_hash, now)

    def file(self, tenant_hash: str, expires: int, seal: str, now: datetime) -> Iterator[bytes]:
        """The bytes of a `.numirror` file. Raises `LinkOver`, and while it is read the log's errors."""
        self._links.check(tenant_hash, expires, seal, now)
        lease = self._stores.lease(tenant_hash)
        if lease is None or not lease.storage.is_there:
            raise LinkOver
        tenant = self._stores.tenant(lease)
        return export(self._stores.log, tenant, now, self._extras(tenant))

    def _extras(self, tenant: Tenant) -> Iterator[Extra]:
        for tab in self._tabs:
            yield f"tabs/{tab.title}.csv", self._lines(tenant, tab)

    def _lines(self, tenant: Tenant, tab: Tab) -> Iterator[bytes]:
        yield _csv([[column.header for column in tab.columns]])
        position = 0
        while rows := self._stores.projections.changed(tenant, tab.table, position, _ROWS):
            yield _csv(cells for row, _ in rows if (cells := tab.cells(row)) is not None)
            position = rows[-1][1]


class Erased(msgspec.Struct, frozen=True):
    """What was erased. With `is_rest_left` a database that they had left before did not answer: theirs to empty."""

    receipt: Receipt
    is_rest_left: bool = False


def erase_everything(stores: Stores, visits: Visits, visit: Visit, says: OpenedMap) -> Erased:
    """Takes the person out of every database that we know of, and what is kept between visits.

    The lease goes first, so that no worker draws a mirror meanwhile. Raises `DatabaseLost` before anything is done, and
    the log's errors of the database in use and of the operator's; doing it again goes on.
    """
    tenant = visit.tenant
    visits.forget(visit)
    left = left_of(says)
    own = left.storage if left and left.storage.value is not None else None
    is_emptied = own is None or _is_emptied(stores, msgspec.structs.replace(visit.lease, storage=own))
    if visit.lease.storage.source != "trial" and stores.settings.database_url:
        _leave_trial(stores, visit.lease)
    return Erased(erase(stores.log, tenant), is_rest_left=not is_emptied)


def _leave_trial(stores: Stores, lease: Lease) -> None:
    """Where they may have begun, under this address or the one before it; which may be somebody else's by now."""
    there = stores.tenant(msgspec.structs.replace(lease, storage=TRIAL))
    with suppress(SchemaMissing, IdentityRefused):
        erase(stores.log, Tenant(stores.log.identify(there, lease.sub), there.storage))


def _is_emptied(stores: Stores, lease: Lease) -> bool:
    """A database of their own that they left is theirs, and may be switched off for good."""
    try:
        erase(stores.log, stores.tenant(lease), _LEFT_SECONDS)
    except SchemaMissing:
        return True
    except NuMirrorError as error:
        log.warning("a database that was left is not emptied", error=type(error).__name__)
        return False
    return True


def _csv(rows: Iterable[Iterable[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
