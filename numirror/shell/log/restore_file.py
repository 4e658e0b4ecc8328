"""Reading an export (`export.py`) and writing its log into a database: all is checked before anything is written."""

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from typing import BinaryIO
from uuid import UUID

import msgspec

from numirror.shell.log import archive, chain
from numirror.shell.log.archive import Archive
from numirror.shell.log.chain import Page, Verified
from numirror.shell.log.errors import (
    AnotherLog,
    AnothersExport,
    ChainBroken,
    ExportShorter,
    InvalidEvent,
    InvalidExport,
    LogFrozen,
    LogNotEmpty,
)
from numirror.shell.log.event_log import Ask, EventLog
from numirror.shell.log.export import FORMAT, FileFacts, Manifest
from numirror.shell.log.freeze import head, seen_head
from numirror.shell.log.restore import SECONDS, Line, decoded, written
from numirror.shell.log.target import Tenant

LINE_LIMIT = 512 * 1024
"""Bytes of a line: data and metadata of 64 KiB each, and what JSON adds to them."""
MANIFEST_LIMIT = 1024 * 1024
PAGE_LINES = 500
PAGE_BYTES = 2 * 1024 * 1024


class Preview(msgspec.Struct, frozen=True):
    """What a file holds, and what would come of it: events of its log that are `here` now, and that it `would_add`."""

    log_id: UUID | None
    count: int
    head_hash: bytes
    here: int
    would_add: int

    @property
    def already_there(self) -> int:
        """The events of the file that are in the log now."""
        return self.count - self.would_add

    @property
    def is_shorter(self) -> bool:
        """Whether the log has grown since: then ask first."""
        return self.count < self.here


class Restored(msgspec.Struct, frozen=True):
    """How many events were written, how many were there before, and the hash at the file's last event."""

    count: int
    skipped: int
    head_hash: bytes


def preview(log: EventLog, tenant: Tenant, file: BinaryIO, *, as_tenant: bool = False) -> Preview:
    """What `restore_file` would do; the whole file is checked for it.

    `as_tenant` says that an export of another account may become this one's. Raises `InvalidExport`, `AnothersExport`,
    `LogNotEmpty`, `AnotherLog`, `LogFrozen`.
    """
    found = Archive(file)
    manifest = _manifest(found)
    if manifest.tenant_id != tenant.tenant_id and not as_tenant:
        raise AnothersExport
    here = head(log, tenant)
    hashes = _check(found, manifest, here.position if here else 0)
    end = bytes.fromhex(manifest.head_hash)
    if here is None or here.position == 0 or manifest.log_id is None:
        there = here.position if here else 0
        return Preview(manifest.log_id, manifest.count, end, there, manifest.count)
    if here.log_id != manifest.log_id:
        raise LogNotEmpty
    if here.frozen_at:
        raise LogFrozen
    _check_same(log, tenant, hashes)
    return Preview(manifest.log_id, manifest.count, end, here.position, max(0, manifest.count - here.position))


def restore_file(
    log: EventLog,
    tenant: Tenant,
    file: BinaryIO,
    *,
    as_tenant: bool = False,
    if_shorter: bool = False,
    before_end: Callable[[], None] = lambda: None,
) -> Restored:
    """Writes the log of an export into the tenant's database, which is empty or holds the same log. May be repeated.

    All of it, or nothing; appends wait meanwhile. Raises what `preview` does, `ExportShorter` unless `if_shorter` says
    that the user was asked, and what `before_end` does, which is called while nobody else can change the log.
    """
    seen = preview(log, tenant, file, as_tenant=as_tenant)
    if seen.is_shorter and not if_shorter:
        raise ExportShorter(seen.count, seen.here)
    at, added = chain.START, 0
    if seen.log_id is not None:
        with log.transaction(tenant, SECONDS) as ask:
            for lines in _pages(Archive(file).read(archive.LOG)):
                at, new = written(ask, seen.log_id, lines, at)
                added += new
            _check_open(ask)
            before_end()
    return Restored(added, at.count - added, at.head_hash)


def _check_open(ask: Ask) -> None:
    """A log that was left meanwhile is left without what is written now. Raises `LogFrozen`."""
    here = seen_head(ask)
    if here and here.frozen_at:
        raise LogFrozen


def _manifest(found: Archive) -> Manifest:
    if archive.MANIFEST not in found.members or found.members[archive.MANIFEST].size > MANIFEST_LIMIT:
        raise InvalidExport
    try:
        manifest = _decoder.decode(b"".join(found.read(archive.MANIFEST)))
        bytes.fromhex(manifest.head_hash)
    except (msgspec.DecodeError, ValueError, RecursionError):
        raise InvalidExport("The manifest of this file is not as NuMirror writes it.") from None
    if manifest.format != FORMAT:
        raise InvalidExport("This file is of a newer NuMirror. Update this one, and import it again.")
    return manifest


def _check(found: Archive, manifest: Manifest, here: int) -> Verified:
    """Every member is as the manifest says, and so is the chain: where it has got to at `here`, or ends before."""
    names = found.members.keys() - {archive.MANIFEST}
    if names != manifest.files.keys() or archive.LOG not in names:
        raise InvalidExport("The manifest of this file lists other files than it holds.")
    for name in names:
        if _facts(found.read(name)) != manifest.files[name]:
            raise InvalidExport(f"This file was changed after the export: {name}.")
    at = common = chain.START
    for lines in _pages(found.read(archive.LOG)):
        for line in lines:
            at = _next(manifest.log_id, line, at)
            common = at if at.count <= here else common
    if (at.count, at.head_hash.hex()) != (manifest.count, manifest.head_hash):
        raise InvalidExport("The log in this file does not end where its manifest says.")
    return common


def _next(log_id: UUID | None, line: Line, at: Verified) -> Verified:
    try:
        if log_id is not None:
            return chain.follow(Page(log_id, 0, "", [line]), at)
    except ChainBroken:
        pass
    raise InvalidExport(f"This file was changed after the export, at event {at.count + 1}.")


def _check_same(log: EventLog, tenant: Tenant, common: Verified) -> None:
    """The last event that both hold is the same. Raises `AnotherLog`."""
    if common.count:
        page = log.links(tenant, common.count - 1, 1)
        if page is None or [link.hash for link in page.links] != [common.head_hash.hex()]:
            raise AnotherLog(common.count)


def _facts(pieces: Iterable[bytes]) -> FileFacts:
    size, seen = 0, sha256()
    for piece in pieces:
        seen.update(piece)
        size += len(piece)
    return FileFacts(size, seen.hexdigest())


def _pages(pieces: Iterable[bytes]) -> Iterator[list[Line]]:
    """The events of a log in the portions in which they are written."""
    page: list[Line] = []
    size = 0
    for text in _lines(pieces):
        try:
            page.append(decoded(text))
        except InvalidEvent:
            raise InvalidExport("A line of the log in this file is no event.") from None
        size += len(text)
        if len(page) == PAGE_LINES or size > PAGE_BYTES:
            yield page
            page, size = [], 0
    if page:
        yield page


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for piece in pieces:
        *lines, rest = (rest + piece).split(b"\n")
        yield from lines
        if len(rest) > LINE_LIMIT:
            raise InvalidExport("A line of the log in this file is too long.")
    if rest:
        raise InvalidExport("The log in this file ends within a line.")


_decoder = msgspec.json.Decoder(Manifest)
