"""What a tenant's database has to have: our migrations, and the tables of every domain."""

from collections.abc import Sequence
from zlib import crc32

from numirror.kernel.mirror import Table
from numirror.shell.log import Tenant
from numirror.shell.log.migrate import newest
from numirror.shell.resources.leases import READ_ONLY
from numirror.shell.stores import Stores


def schema_of(tables: Sequence[Table]) -> int:
    """A number that changes with the migrations and with the tables of the domains."""
    described = [(table.name, table.key, table.version, table.columns) for table in tables]
    return crc32(repr((newest(), described)).encode())


def prepare(stores: Stores, tenant: Tenant, tables: Sequence[Table]) -> int:
    """The tenant's database has our schema and the tables of every domain. Raises the log's errors.

    Answers with `schema_of(tables)`, or with `READ_ONLY` where the database is newer than this code: then it is only
    read, and asked again at each visit.
    """
    if stores.log.ensure(tenant) == "read_only":
        return READ_ONLY
    stores.projections.ensure(tenant, tables)
    return schema_of(tables)
