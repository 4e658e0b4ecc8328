"""When and how the Sheet is brought up to date: coalesced, within Google's quota, from the rows of the projections."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import structlog

from numirror.kernel.mirror import Row, Tab
from numirror.shell.google.errors import SheetClosed, TabMissing, TokenExpired
from numirror.shell.google.sheets import Spreadsheet
from numirror.shell.lanes import Lane, Pass
from numirror.shell.log import Tenant
from numirror.shell.mirrors import sheet
from numirror.shell.mirrors.postgres import Checkpoint
from numirror.shell.queue import Next
from numirror.shell.resources.discovery_map import ensure_tabs
from numirror.shell.resources.leases import Lease
from numirror.shell.stores import Stores

ROWS = 500
"""Rows of one write: well under the 2 MB that Google advises."""

_DONE = Next(up_to_date=True)

log = structlog.get_logger()


class SheetFlush:
    """Brings the tabs of a tenant's Sheet up to date with the projections, at most once in the operator's interval."""

    def __init__(self, stores: Stores, tabs: Sequence[Tab]) -> None:
        self._stores = stores
        self._tabs = tabs

    def run(self, tenant: Tenant, tenant_hash: str, lease: Lease) -> Next:
        """One flush if one is due. What has to wait for the person's next visit is not called undone."""
        mirror = sheet.mirror_of(lease.spreadsheet_id)
        followed = self._stores.projections.checkpoints(tenant, mirror)
        for tab in self._tabs:
            old = followed.get(tab.title, Checkpoint())
            rows = self._stores.projections.changed(tenant, tab.table, old.position, ROWS)
            if rows:
                return self._try(_Due(tenant, tenant_hash, lease, tab, old, rows))
        return _DONE

    def _try(self, due: "_Due") -> Next:
        """By the first way that leads into the Sheet. An own one that does not is told of in the sidebar."""
        is_paced = False
        for way in self._stores.lanes.find(due.lease):
            # The tenant's own pace first, once; then the project's quota for who shares it.
            wait = 0.0 if is_paced else self._stores.flush_wait(due.tenant_hash)
            is_paced = True
            if way.lane != "own":
                wait = wait or self._stores.sheets_quota.wait()
            if wait:
                return _later(wait)
            if self._flush(due, way):
                self._note(due, way.lane)
                # There may be more rows, other tabs, or the tab that was just made.
                return Next(up_to_date=False)
        self._note(due, None)
        return _DONE

    def _note(self, due: "_Due", lane: Lane | None) -> None:
        """For the next visit: whether the person's own service account is shut out."""
        if due.lease.google.value is not None:
            self._stores.note_lane(due.tenant_hash, is_closed=lane != "own")

    def _flush(self, due: "_Due", way: Pass) -> bool:
        """Whether this way has led into the Sheet."""
        spreadsheet = Spreadsheet(self._stores.settings.sheets_url, way.token, due.lease.spreadsheet_id)
        try:
            self._draw(due, spreadsheet)
        except TokenExpired:
            return False
        except SheetClosed:
            log.warning("sheet closed", lane=way.lane)
            if way.lane == "visit":
                # Gone, in the bin, or no longer ours to use: the next visit asks the person for a Sheet again.
                self._stores.take_back_lease(due.tenant_hash)
            return False
        return True

    def _draw(self, due: "_Due", spreadsheet: Spreadsheet) -> None:
        mirror = sheet.mirror_of(due.lease.spreadsheet_id)
        try:
            sheet.draw(spreadsheet, due.tab, due.rows)
            self._stores.projections.mark(due.tenant, mirror, due.tab.title, due.old, due.rows[-1][1])
        except TabMissing:
            ensure_tabs(spreadsheet, self._tabs, broken=due.tab.title)
            self._stores.projections.restart(due.tenant, mirror)  # a new tab is drawn from the beginning


class _Due(NamedTuple):
    """Rows that a tab lacks since `old`, and whose they are."""

    tenant: Tenant
    tenant_hash: str
    lease: Lease
    tab: Tab
    old: Checkpoint
    rows: list[tuple[Row, int]]


def _later(seconds: float) -> Next:
    return Next(up_to_date=True, again_at=datetime.now(UTC) + timedelta(seconds=seconds))
