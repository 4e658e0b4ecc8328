"""What comes back from the log: its tail, its pages, what a command left in it."""

import struct
from collections.abc import Sequence
from functools import lru_cache
from uuid import UUID

import msgspec

from numirror.kernel.envelope import NewEvent, Recorded
from numirror.shell.log.answers import Answer
from numirror.shell.log.calls import call_of
from numirror.shell.log.canonical import canonical, canonical_again
from numirror.shell.log.errors import DatabaseStrange

TAIL = call_of("tail")
READ_LOG = call_of("read_log")
FIND_COMMAND = call_of("find_command")

BLANKED = msgspec.Raw(b"null")
"""What stands for data that is gone; an event's own data is never null."""


class Appended(msgspec.Struct, frozen=True):
    """The positions of the first and the last event, and whether the command was in the log already."""

    position: int
    first: int
    log_id: UUID
    repeated: bool


class Saved(msgspec.Struct, frozen=True, array_like=True):
    """A durable fold: the position it has reached, the version of the fold that wrote it, its bytes."""

    position: int
    version: int
    state: bytes


class TailEvent(msgspec.Struct, frozen=True, array_like=True):
    """An event as a fold needs it. `data` is its JSON; `null` where it was blanked."""

    position: int
    stream: str
    type: str
    schema_version: int
    entity_id: str
    data: msgspec.Raw


class Tail(msgspec.Struct, frozen=True, array_like=True):
    """The head of a log and the events up to it. `position` is the head; without a log it is 0 and `log_id` None.

    Where the last event is not at `position`, more follow after it.
    """

    log_id: UUID | None
    position: int
    saved: dict[str, Saved]
    events: list[TailEvent]


class Remembered(msgspec.Struct, frozen=True, array_like=True):
    """An event of a command that is in the log already."""

    position: int
    stream: str
    type: str
    entity_id: str
    data: msgspec.Raw

    def is_same(self, stream: str, event: NewEvent) -> bool:
        """Whether it says what `event` says. Of a blanked one nobody can tell, so it counts as the same."""
        if (self.stream, self.type, self.entity_id) != (stream, event.type, event.entity_id):
            return False
        return self.data == BLANKED or canonical_again(bytes(self.data)) == canonical(event.data)


class Found(msgspec.Struct, frozen=True, array_like=True):
    """A log, and what one command left in it."""

    log_id: UUID
    events: list[Remembered]

    def holds(self, stream: str, events: Sequence[NewEvent]) -> bool:
        """Whether the command left just these events."""
        if len(self.events) != len(events):
            return False
        return all(old.is_same(stream, new) for old, new in zip(self.events, events, strict=True))


class Outcome(msgspec.Struct, frozen=True, gc=False):
    """What nu.append_one and nu.append_many answer: a letter, a position or version, the log's id."""

    letter: bytes
    place: int
    log: bytes


APPENDED, KNOWN, MOVED, FROZEN = b"a", b"k", b"m", b"f"


class _Line(Recorded, frozen=True, array_like=True):
    """`Recorded` as it travels: a list in the order of its fields, where no data is `null`."""

    data: msgspec.Raw


_OUTCOME = struct.Struct(">cq16s")
_tail = Answer(Tail)
_lines = Answer(list[_Line])
_found: Answer[Found | None] = Answer(Found | None)  # type: ignore[arg-type]  # a union is no class


@lru_cache(maxsize=4096)
def uuid(raw: bytes) -> UUID:
    """The UUID of 16 bytes; a log's id comes with every append."""
    return UUID(bytes=raw)


def outcome(answer: bytes | None) -> Outcome:
    """What an append function answered, in binary form."""
    try:
        return Outcome(*_OUTCOME.unpack(answer or b""))
    except struct.error:
        raise DatabaseStrange from None


def tail(text: bytes) -> Tail:
    """What nu.tail answers."""
    return _tail.read(text)


def found(text: bytes) -> Found | None:
    """What nu.find_command answers."""
    return _found.read(text)


def recorded(text: bytes) -> list[Recorded]:
    """What nu.read_log answers."""
    return [_seen(line) for line in _lines.read(text)]


def _seen(line: _Line) -> Recorded:
    return msgspec.structs.replace(line, data=None) if line.data == BLANKED else line
