"""Leaving with everything: a file of the whole log behind a link of ten minutes, and erasing."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import msgspec

from numirror.kernel.errors import Refused
from numirror.kernel.mirror import Tab
from numirror.shell.account.links import LinkOver, SignedLinks
from numirror.shell.log import Tenant
from numirror.shell.log.erase import Receipt, erase
from numirror.shell.log.export import Extra, export
from numirror.shell.moving import left_of
from numirror.shell.resources.resolution import OpenedMap
from numirror.shell.stores import Stores
from numirror.shell.visits import Visit, Visits

__all__ = ["Exports", "LinkOver", "NotTyped", "Receipt", "erase_everything"]

_ROWS = 500


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


def erase_everything(stores: Stores, visits: Visits, visit: Visit, says: OpenedMap) -> Receipt:
    """Takes the person out of every database that their map names, and what is kept between visits.

    The lease goes first, so that no worker draws a mirror meanwhile. Raises the log's errors; doing it again goes on.
    """
    visits.forget(visit)
    left = left_of(says)
    for place in left.places if left else ():
        erase(stores.log, stores.tenant(msgspec.structs.replace(visit.lease, storage=place)))
    return erase(stores.log, visit.tenant)


def _csv(rows: Iterable[Iterable[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
