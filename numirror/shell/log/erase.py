"""Erasing a tenant from a database: no row of theirs is left in it."""

from datetime import datetime
from uuid import UUID

import msgspec

from numirror.shell.log.answers import Answer
from numirror.shell.log.calls import call_of
from numirror.shell.log.event_log import EventLog
from numirror.shell.log.target import Tenant

ERASE = call_of("erase")
SECONDS = 60.0
"""About a million events."""


class Receipt(msgspec.Struct, frozen=True, array_like=True):
    """What was erased and when, by the database's clock; nothing in it tells whose it was. The hash in hex.

    With a count of 0 there was no event: perhaps it was erased before, and the answer got lost.
    """

    log_id: UUID
    count: int
    head_hash: str
    erased_at: datetime


_receipt = Answer(Receipt)


def erase(log: EventLog, tenant: Tenant, seconds: float = SECONDS) -> Receipt:
    """Deletes every row of the tenant in every table of the schema nu, all or none. May be done again.

    Who calls it sees to it that nobody follows the tenant's log meanwhile, or a mirror may be drawn again, and no visit
    begins a new one. Raises `DatabaseRefused` where this is not the user who made the tables.
    """
    return _receipt.read(log.ask(tenant, ERASE, seconds=seconds))
