"""A log as a file that its tenant takes along: `.numirror`, a zip (`archive.py`).

- log.ndjson: an event a line, in order, with all that its digest and hash cover
- tabs/*.csv: the tabs of the Sheet, to be read by people
- media/*: pictures
- manifest.json: what is in the other members, and where the chain ends; last, as it is known last
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from uuid import UUID

import msgspec

from numirror.shell.log import archive, chain
from numirror.shell.log.chain import Verified
from numirror.shell.log.event_log import EventLog
from numirror.shell.log.restore import encoded
from numirror.shell.log.target import Tenant

FORMAT = 1

Extra = tuple[str, Iterable[bytes]]
"""A tab or a picture: its name in the file, such as tabs/Tasks.csv, and its bytes."""


class FileFacts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The size of a member in bytes and its sha256 in hex."""

    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an export says about itself. Without a log, `log_id` is None; the hash in hex."""

    format: int
    tenant_id: str
    made_at: datetime
    log_id: UUID | None
    count: int
    head_hash: str
    files: dict[str, FileFacts]


def export(log: EventLog, tenant: Tenant, made_at: datetime, extras: Iterable[Extra] = ()) -> Iterator[bytes]:
    """The bytes of a `.numirror` file, page by page, with the log as it is at the start.

    Raises `ChainBroken` where the log is not what was appended, which leaves a file that nobody can read.
    """
    return archive.write(_Export(log, tenant, made_at).members(extras))


class _Export:
    """One export: what passes is counted and hashed for the manifest."""

    def __init__(self, log: EventLog, tenant: Tenant, made_at: datetime) -> None:
        self._log, self._tenant, self._made_at = log, tenant, made_at
        self._log_id: UUID | None = None
        self._at = chain.START
        self._files: dict[str, FileFacts] = {}

    def members(self, extras: Iterable[Extra]) -> Iterator[Extra]:
        yield archive.LOG, self._noted(archive.LOG, self._lines())
        for name, pieces in extras:
            yield name, self._noted(name, pieces)
        yield archive.MANIFEST, (self._manifest(),)

    def _lines(self) -> Iterator[bytes]:
        """The events up to where the head is at the start, a page at a time."""
        end: Verified | None = None
        while page := self._log.links(self._tenant, self._at.count):
            end = end or page.end
            self._log_id = page.log_id
            whole = msgspec.structs.replace(page, links=page.links[: end.count - self._at.count])
            self._at = chain.follow(whole, self._at)
            if whole.links:
                yield b"".join(encoded(link) + b"\n" for link in whole.links)
            if self._at.count >= end.count or not whole.links:
                chain.finished(self._at, page)
                return

    def _noted(self, name: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
        size, seen = 0, sha256()
        for piece in pieces:
            seen.update(piece)
            size += len(piece)
            yield piece
        self._files[name] = FileFacts(size, seen.hexdigest())

    def _manifest(self) -> bytes:
        at = self._at
        whole = Manifest(
            FORMAT, self._tenant.tenant_id, self._made_at, self._log_id, at.count, at.head_hash.hex(), self._files
        )
        return msgspec.json.format(msgspec.json.encode(whole), indent=2)
