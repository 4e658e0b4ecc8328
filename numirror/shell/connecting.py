"""The first visit: the open Sheet becomes the person's Discovery Map, and their database is made ready."""

from collections.abc import Sequence
from datetime import timedelta
from time import monotonic
from zlib import crc32

import msgspec

from numirror.kernel.errors import Away, NuMirrorError
from numirror.kernel.mirror import Tab, Table
from numirror.shell.google.drive import is_own_file
from numirror.shell.google.identity import Visitor
from numirror.shell.google.sheets import Spreadsheet
from numirror.shell.log import Tenant
from numirror.shell.log.migrate import newest
from numirror.shell.mirrors import sheet
from numirror.shell.resources.discovery_map import ensure_tabs
from numirror.shell.resources.leases import Lease
from numirror.shell.stores import Stores

TOKEN_LIVES = timedelta(minutes=55)
"""Google says no expiry with the token of a visit; it lives about an hour."""


SECONDS = 10.0
"""After this no further step is begun: each has its own limit, and the card must come within 20 seconds."""


class TooSlow(Away):
    """Google or your database are slow just now. Please try again: what is done already is kept."""


class GuestSheet(NuMirrorError):
    """This Sheet belongs to somebody else. Open a Sheet of your own to use NuMirror."""


def connect(stores: Stores, visitor: Visitor, lease: Lease, tabs: Sequence[Tab], tables: Sequence[Table]) -> Lease:
    """Makes tabs and tables that are missing, and answers with the lease for the tenant they belong to.

    Doing it again repairs what is missing. Raises `GuestSheet`, `IdentityRefused`, `TooSlow`, Google's errors and the
    log's.
    """
    settings = stores.settings
    ends = monotonic() + SECONDS
    if not is_own_file(settings.drive_url, lease.google_token, lease.spreadsheet_id):
        raise GuestSheet
    _in_time(ends)
    made = ensure_tabs(Spreadsheet(settings.sheets_url, lease.google_token, lease.spreadsheet_id), tabs)
    _in_time(ends)
    prepare(stores, stores.tenant(lease), tables)
    _in_time(ends)
    tenant_id = stores.log.identify(stores.tenant(lease), visitor.sub)
    lease = msgspec.structs.replace(lease, tenant_id=tenant_id)
    if made:
        # Tabs that were lost and are made again hold nothing yet.
        stores.projections.restart(stores.tenant(lease), sheet.mirror_of(lease.spreadsheet_id))
    return lease


def prepare(stores: Stores, tenant: Tenant, tables: Sequence[Table]) -> None:
    """The tenant's database has our schema and the tables of every domain."""
    stores.log.ensure(tenant)
    stores.projections.ensure(tenant, tables)


def _in_time(ends: float) -> None:
    if monotonic() > ends:
        raise TooSlow


def schema_of(tables: Sequence[Table]) -> int:
    """A number that changes with the migrations and with the tables of the domains."""
    described = [(table.name, table.key, table.version, table.columns) for table in tables]
    return crc32(repr((newest(), described)).encode())
