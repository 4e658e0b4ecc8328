"""Writing events into a log as they were: position, times, salt, digest and hash included."""

from collections.abc import Iterable
from functools import partial
from typing import Annotated
from uuid import UUID

import msgspec

from numirror.shell.log import chain
from numirror.shell.log.answers import Answer
from numirror.shell.log.append import name_bytes
from numirror.shell.log.calls import call_of
from numirror.shell.log.canonical import canonical_again
from numirror.shell.log.chain import Link, Page, Verified
from numirror.shell.log.errors import AnotherLog, ChainBroken, CommandKnown, InvalidExport, LogNotEmpty
from numirror.shell.log.event_log import Ask, EventLog
from numirror.shell.log.target import Tenant

RESTORE = call_of("restore")
SECONDS = 30.0
"""For a page: 4 MB may have to go up a slow line."""

_Hash = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
_Int = Annotated[int, msgspec.Meta(ge=-(2**31), le=2**31 - 1)]


class Line(Link, frozen=True, array_like=False, forbid_unknown_fields=True):
    """A link as a line of JSON with named fields, which is how it leaves a log."""

    position: Annotated[int, msgspec.Meta(ge=1, le=2**62)]
    schema_version: _Int
    n: _Int
    salt: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")] | None
    digest: _Hash
    hash: _Hash


class _Answer(msgspec.Struct, frozen=True, array_like=True):
    """What nu.restore says; the letters are explained there."""

    letter: str
    position: int
    added: int


_answer = Answer(_Answer)
_line = msgspec.json.Decoder(Line)
_encoder = msgspec.json.Encoder()


def restore(log: EventLog, tenant: Tenant, log_id: UUID, links: Iterable[Link], at: Verified) -> tuple[Verified, int]:
    """Writes the links that follow on `at` into the log `log_id`: where their chain ends, and how many were new.

    The log is in the tenant's database already, or takes an empty place there; events that it holds are left, so the
    same may be done again. A frozen log takes them too: they are its own. Raises `ChainBroken`, `LogNotEmpty`,
    `AnotherLog`.
    """
    return written(partial(log.ask, tenant, seconds=SECONDS), log_id, links, at)


def written(ask: Ask, log_id: UUID, links: Iterable[Link], at: Verified) -> tuple[Verified, int]:
    """As `restore`, for the tenant that `ask` asks for."""
    links = list(links)
    end = chain.follow(Page(log_id, 0, "", links), at)
    rows = b"[" + b",".join(encoded(link) for link in links) + b"]"
    try:
        text = ask(RESTORE, log_id.hex.encode(), rows)
    except CommandKnown:
        text = None
    if text is None:
        raise InvalidExport("One command is in this log twice, which no log of NuMirror can hold.")
    return end, _added(_answer.read(text))


def encoded(link: Link) -> bytes:
    """A link as a line of JSON, without the line's end."""
    return _encoder.encode(Line(*msgspec.structs.astuple(link)))


def decoded(line: bytes) -> Line:
    """A link out of a line that anybody may have written. Raises `InvalidExport`."""
    try:
        found = _line.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        found = None
    if found is None or found.occurred_at.tzinfo is None or found.recorded_at.tzinfo is None:
        raise InvalidExport("A line of the log in this file is no event.")
    for name in (found.stream, found.type, found.entity_id):
        name_bytes(name)
    canonical_again(bytes(found.metadata))
    return found


def _added(answer: _Answer) -> int:
    match answer.letter:
        case "n":
            raise LogNotEmpty
        case "d":
            raise AnotherLog(answer.position)
        case "b":
            raise ChainBroken(answer.position)
    return answer.added
