"""Moving a person's log to the database that they bring."""

from collections.abc import Iterator
from contextlib import contextmanager

from numirror.shell.log import IdentityRefused, Tenant
from numirror.shell.stores import Stores
from numirror.shell.visits import Visit, Visits


@contextmanager
def move_log(stores: Stores, visits: Visits, visit: Visit, goal: Tenant) -> Iterator[None]:
    """Brings the whole log to `goal` and closes the old one for writing; the block makes the switch.

    Where the block fails, the old log takes events again: nothing is lost, and doing it again goes on where it was.
    """
    visits.prepare(goal)
    if stores.log.identify(goal, visit.lease.sub) != goal.tenant_id:
        raise IdentityRefused
    yield
