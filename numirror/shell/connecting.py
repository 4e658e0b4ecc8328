"""The first visit: the open Sheet becomes the person's Discovery Map, and whatever database it names is made ready."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from time import monotonic

import msgspec

from numirror.kernel.mirror import Tab, Table
from numirror.shell.entrance import Erased, GuestSheet, OtherMap, TooSlow
from numirror.shell.google.drive import MapFile, describe_file, find_maps, mark_map, unmark_map
from numirror.shell.google.sheets import Spreadsheet
from numirror.shell.keeping import Keeper
from numirror.shell.log import IdentityRefused
from numirror.shell.mirrors import sheet
from numirror.shell.moving import KEPT, end_move, finish_move, left_of
from numirror.shell.opening import Opened, lease_for, open_map, resolve
from numirror.shell.resources.discovery_map import Change, PutEntry, SetSetting, apply, ensure_tabs, read_map
from numirror.shell.resources.leases import Lease
from numirror.shell.schema import prepare
from numirror.shell.stores import Stores

SECONDS = 7.0
"""After this no further step is begun: each has its own limit, and the card must come within 20 seconds."""


def connect(
    stores: Stores, lease: Lease, now: datetime, tabs: Sequence[Tab], tables: Sequence[Table], *, move: bool
) -> Lease:
    """Makes tabs and tables that are missing, and answers with the lease for the tenant they belong to.

    Doing it again repairs what is missing. With `move`, the Sheet takes the place of another map, with its settings.
    Raises `GuestSheet`, `OtherMap`, `Erased`, `IdentityRefused`, `TooSlow`, Google's errors, the guard's and the log's.
    """
    clock = _Clock()
    spreadsheet = Spreadsheet(stores.settings.sheets_url, lease.google_token, lease.spreadsheet_id)
    file, others = _files(stores, lease)
    if others and not move:
        raise OtherMap(others[0].title, others[0].url)
    if file.is_erased and not move:
        raise Erased
    clock.check()
    made = ensure_tabs(spreadsheet, tabs)
    clock.check()
    for other in others:
        _take_along(stores, lease, other, spreadsheet)
    opened = open_map(stores, lease, spreadsheet)
    if file.is_erased:
        opened = Keeper(stores, lease, opened).begin_anew()
    lease = _resolved(stores, msgspec.structs.replace(lease, tenant_id=opened.tenant_id), opened)
    clock.check()
    if lease.storage.is_there:
        stored = _stored(stores, lease, tables)
        if stored.tenant_id != lease.tenant_id:
            # The database knows them by an address before; nothing of theirs was sealed then.
            opened = open_map(stores, msgspec.structs.replace(stored, yeses=0), spreadsheet)
            stored = _stored(stores, _resolved(stores, stored, opened), tables)
        lease = stored
        opened = Keeper(stores, lease, opened).reseal()
        _go_on_moving(stores, lease, opened, now)
        if made:
            # Tabs that were lost and are made again hold nothing yet.
            stores.projections.restart(stores.tenant(lease), sheet.mirror_of(lease.spreadsheet_id))
    if not file.is_map:
        clock.check()
        mark_map(stores.settings.drive_url, lease.google_token, lease.spreadsheet_id)
    return lease


def _files(stores: Stores, lease: Lease) -> tuple[MapFile, list[MapFile]]:
    """The open Sheet, and the other Sheets that are this person's map. Raises `GuestSheet`."""
    drive, token = stores.settings.drive_url, lease.google_token
    file = describe_file(drive, token, lease.spreadsheet_id)
    if not file.owned or file.trashed:
        raise GuestSheet
    others = [] if file.is_map else [one for one in find_maps(drive, token) if one.id != file.id]
    return file, others


def _resolved(stores: Stores, lease: Lease, opened: Opened) -> Lease:
    """The lease with the resources that the map names."""
    return lease_for(lease, opened.says, resolve(stores, opened.says))


def _stored(stores: Stores, lease: Lease, tables: Sequence[Table]) -> Lease:
    """The lease of the tenant that the database knows this Google account as. Raises `IdentityRefused`.

    Only the operator's database is believed to know them by another address: in their own they may write any.
    """
    tenant = stores.tenant(lease)
    schema = prepare(stores, tenant, tables)
    tenant_id = stores.log.identify(tenant, lease.sub)
    if lease.storage.source != "trial":
        if tenant_id != lease.tenant_id:
            raise IdentityRefused
        return msgspec.structs.replace(lease, schema=schema)
    return _on_trial(stores, msgspec.structs.replace(lease, tenant_id=tenant_id, schema=schema))


def _go_on_moving(stores: Stores, lease: Lease, opened: Opened, now: datetime) -> None:
    """What is still to be done of a move: the rest of it, or its end a week later."""
    left = left_of(opened.says)
    if left and not left.done:
        finish_move(stores, lease, opened, left)
    elif left and now - left.since > KEPT:
        end_move(stores, lease, opened, left)


def _on_trial(stores: Stores, lease: Lease) -> Lease:
    """A trial counts from the first event, whatever was forgotten since."""
    first = stores.log.read(stores.tenant(lease), 0, 1)
    if not first:
        return lease
    days = timedelta(days=stores.settings.trial_days)
    # An event that was imported may say any time.
    began = min(first[0].recorded_at, lease.trial_until - days)
    return msgspec.structs.replace(lease, trial_until=began + days)


def _take_along(stores: Stores, lease: Lease, other: MapFile, spreadsheet: Spreadsheet) -> None:
    """The settings and sealed entries of the map before; a seal holds for the person, whatever Sheet it lies in."""
    settings = stores.settings
    before = read_map(Spreadsheet(settings.sheets_url, lease.google_token, other.id))
    changes: list[Change] = [SetSetting(key, one.value) for key, one in before.settings.items()]
    changes += [PutEntry(name, one.sealed, one.hint, one.checked) for name, one in before.vault.items()]
    apply(spreadsheet, read_map(spreadsheet), changes)
    unmark_map(settings.drive_url, lease.google_token, other.id)


class _Clock:
    """The time that a first visit has."""

    def __init__(self) -> None:
        self._ends = monotonic() + SECONDS

    def check(self) -> None:
        """Whether another step may begin. Raises `TooSlow`."""
        if monotonic() > self._ends:
            raise TooSlow
