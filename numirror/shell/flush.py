"""When and how the Sheet is brought up to date: coalesced, within Google's quota, from the rows of the projections."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import structlog

from numirror.kernel.mirror import Row, Tab
from numirror.shell.google.errors import SheetClosed, TabMissing, TokenExpired
from numirror.shell.google.sheets import Spreadsheet
from numirror.shell.lanes import Pass
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
        way = self._stores.lanes.find(lease)
        if way is None:
            return _DONE
        mirror = sheet.mirror_of(lease.spreadsheet_id)
        followed = self._stores.projections.checkpoints(tenant, mirror)
        for tab in self._tabs:
            old = followed.get(tab.title, Checkpoint())
            rows = self._stores.projections.changed(tenant, tab.table, old.position, ROWS)
            if rows:
                wait = self._wait(tenant_hash, way)
                return _later(wait) if wait else self._flush(tenant, tenant_hash, lease, way, tab, old, rows)
        return _DONE

    def _wait(self, tenant_hash: str, way: Pass) -> float:
        """Seconds until this flush may be: the tenant's own pace, and the project's quota for who shares it."""
        return self._stores.flush_wait(tenant_hash) or (0.0 if way.lane == "own" else self._stores.sheets_quota.wait())

    def _flush(
        self,
        tenant: Tenant,
        tenant_hash: str,
        lease: Lease,
        way: Pass,
        tab: Tab,
        old: Checkpoint,
        rows: list[tuple[Row, int]],
    ) -> Next:
        mirror = sheet.mirror_of(lease.spreadsheet_id)
        spreadsheet = Spreadsheet(self._stores.settings.sheets_url, way.token, lease.spreadsheet_id)
        try:
            sheet.draw(spreadsheet, tab, rows)
            self._stores.projections.mark(tenant, mirror, tab.title, old, rows[-1][1])
        except TabMissing:
            ensure_tabs(spreadsheet, self._tabs, broken=tab.title)
            self._stores.projections.restart(tenant, mirror)  # a new tab is drawn from the beginning
        except TokenExpired:
            return _DONE
        except SheetClosed:
            if way.lane != "visit":
                # The account was shut out; the Sheet may be there for its owner, who is told in Connections.
                log.warning("lane closed", lane=way.lane)
                return _DONE
            # Gone, in the bin, or no longer ours to use: the next visit asks the person for a Sheet again.
            log.warning("sheet closed")
            self._stores.take_back_lease(tenant_hash)
            return _DONE
        # There may be more rows, other tabs, or the tab that was just made.
        return Next(up_to_date=False)


def _later(seconds: float) -> Next:
    return Next(up_to_date=True, again_at=datetime.now(UTC) + timedelta(seconds=seconds))
