"""Checking that a log is what was appended: every digest and every link is computed again."""

from datetime import datetime
from uuid import UUID

import msgspec

from numirror.shell.log.answers import Answer
from numirror.shell.log.calls import call_of
from numirror.shell.log.canonical import canonical_again
from numirror.shell.log.digest import Facts, chained, digest, instant, integer, micros
from numirror.shell.log.errors import ChainBroken, InvalidEvent, LogShorter
from numirror.shell.log.read import BLANKED

READ_CHAIN = call_of("read_chain")


class Verified(msgspec.Struct, frozen=True):
    """How many events the log holds, and the hash of its head."""

    count: int
    head_hash: bytes


class Link(msgspec.Struct, frozen=True, array_like=True):
    """A stored event: all that its digest and hash cover, and when it was recorded; bytes in hex."""

    position: int
    stream: str
    type: str
    schema_version: int
    entity_id: str
    command_id: UUID
    n: int
    occurred_at: datetime
    data: msgspec.Raw
    metadata: msgspec.Raw
    salt: str | None
    digest: str
    hash: str
    recorded_at: datetime


class Page(msgspec.Struct, frozen=True, array_like=True):
    """The head of a log and some links of its chain."""

    log_id: UUID
    position: int
    hash: str
    links: list[Link]

    @property
    def end(self) -> Verified:
        """Where the chain ends, if the head is right."""
        return Verified(self.position, bytes.fromhex(self.hash))


START = Verified(0, b"")


_page = Answer(Page)


def page(text: bytes) -> Page:
    """What nu.read_chain answers for a tenant with a log."""
    return _page.read(text)


def follow(page: Page, at: Verified) -> Verified:
    """The chain from `at` on through a page's links. Raises `ChainBroken` at the first one that is not right."""
    for link in page.links:
        expected = chained(at.head_hash, page.log_id, at.count + 1, bytes.fromhex(link.digest))
        if link.position != at.count + 1 or link.hash != expected.hex() or not _is_whole(link):
            raise ChainBroken(at.count + 1)
        at = Verified(link.position, expected)
    return at


def check_anchor(page: Page, at: Verified, anchor: Verified) -> None:
    """Where a page that follows on `at` holds the event of the anchor, it has its hash. Raises `ChainBroken`."""
    place = anchor.count - at.count - 1
    if 0 <= place < len(page.links) and page.links[place].hash != anchor.head_hash.hex():
        raise ChainBroken(anchor.count)


def check_length(at: Verified, anchor: Verified) -> None:
    """The chain reaches the anchor. Raises `LogShorter`."""
    if at.count < anchor.count:
        raise LogShorter(at.count + 1)


def finished(at: Verified, page: Page) -> Verified:
    """`at`, where the last page leads to, unless its head says that the log ends elsewhere. Raises `ChainBroken`."""
    is_short = not page.links and at.count < page.position
    if is_short or (at.count == page.position and at != page.end):
        raise ChainBroken(min(at.count + 1, page.position))
    return at


def _is_whole(link: Link) -> bool:
    """A blanked event, without data and salt, is whole: its digest stands for it. One without the other is not."""
    if link.salt is None or link.data == BLANKED:
        return link.salt is None and link.data == BLANKED
    try:
        return digest(bytes.fromhex(link.salt), _facts(link)).hex() == link.digest
    except InvalidEvent:
        return False


def _facts(link: Link) -> Facts:
    return Facts(
        link.stream.encode(),
        link.type.encode(),
        integer(link.schema_version),
        link.entity_id.encode(),
        link.command_id.bytes,
        integer(link.n),
        instant(micros(link.occurred_at)),
        canonical_again(bytes(link.data)),
        canonical_again(bytes(link.metadata)),
    )
