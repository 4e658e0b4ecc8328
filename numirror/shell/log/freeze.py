"""A log that is only read for a while, or from now on: everything is answered but an append."""

from datetime import datetime
from functools import partial
from uuid import UUID

import msgspec

from numirror.shell.log.answers import Answer
from numirror.shell.log.calls import call_of
from numirror.shell.log.chain import Verified
from numirror.shell.log.event_log import Ask, EventLog
from numirror.shell.log.target import Tenant

READ_HEAD = call_of("read_head")
FREEZE = call_of("freeze")
THAW = call_of("thaw")


class Head(msgspec.Struct, frozen=True, array_like=True):
    """Where a log ends, and since when it is frozen; the hash in hex."""

    log_id: UUID
    position: int
    hash: str
    frozen_at: datetime | None

    @property
    def end(self) -> Verified:
        """The same as a chain ends."""
        return Verified(self.position, bytes.fromhex(self.hash))

    def is_end_of(self, other: "Head") -> bool:
        """Whether both are of one log, with the same events."""
        return (self.log_id, self.end) == (other.log_id, other.end)


_head = Answer(Head)


def head(log: EventLog, tenant: Tenant) -> Head | None:
    """The head as it is stored; None without a log."""
    return seen_head(partial(log.ask, tenant))


def seen_head(ask: Ask) -> Head | None:
    """The same, for the tenant that `ask` asks for."""
    text = ask(READ_HEAD)
    return None if text is None else _head.read(text)


def freeze(log: EventLog, tenant: Tenant) -> Head:
    """From now on an append raises `LogFrozen`. One that is frozen already stays so since then."""
    return _head.read(log.ask(tenant, FREEZE))


def thaw(log: EventLog, tenant: Tenant) -> None:
    """Appends go on."""
    log.ask(tenant, THAW)
