"""The file that a log leaves in: a zip, written in one go, whose members are stored as they are.

Any zip program opens it. We read it more strictly than those: the ending is computed again from what was read, and
every other byte belongs to a header that is known or to a member that has a checksum. So a file that the writer would
not have written is refused whole, be it cut off, changed, compressed, encrypted or laid over itself; and as nothing is
compressed, a small file never becomes a large one. Source of the layout: PKWARE APPNOTE.TXT 6.3, sections 4.3.7, 4.3.9,
4.3.12 and 4.3.16.
"""

import os
import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from struct import Struct
from typing import BinaryIO, NamedTuple

from numirror.shell.log.errors import InvalidExport

MANIFEST, LOG = "manifest.json", "log.ndjson"
SIZE_LIMIT = 2 * 1024**3
"""Bytes of all members with what surrounds them: below what needs the zip64 form."""
MEMBERS_LIMIT = 5_000
NAME_LIMIT = 100
PIECE = 64 * 1024
"""Bytes read at once."""

_NAME = re.compile(
    r"manifest\.json|log\.ndjson|tabs/[A-Za-z0-9_-]{1,60}\.csv|media/[A-Za-z0-9_-]{1,80}\.(png|jpeg|webp)"
)
_HEADER, _DESCRIPTOR = Struct("<4s5H3L2H"), Struct("<4s3L")
_ENTRY, _END = Struct("<4s6H3L5H2L"), Struct("<4s4H2LH")
_VERSION, _SIZES_FOLLOW, _STORED = 20, 1 << 3, 0
_DAY = (1 << 5) | 1
"""1980-01-01, the first day a zip knows: when it was made stands in the manifest."""
_UNIX, _PLAIN_FILE = 3 << 8, 0o100644 << 16


class Member(NamedTuple):
    """A file in the file: its checksum (CRC-32) and its size in bytes."""

    name: str
    checksum: int
    size: int


def write(files: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """The bytes of a file with these members, piece by piece. Raises `InvalidExport` if it becomes too large."""
    members: dict[str, Member] = {}
    written = 0
    for name, pieces in files:
        _check_name(name, members)
        yield _header(name)
        member = Member(name, 0, 0)
        for piece in pieces:
            member = Member(name, zlib.crc32(piece, member.checksum), member.size + len(piece))
            if written + _space(member) > SIZE_LIMIT:
                raise InvalidExport("This log is too large for one file.")
            yield piece
        members[name] = member
        written += _space(member)
        yield _descriptor(member)
    yield _ending(members.values())


class Archive:
    """A file that somebody brings, open for reading. Raises `InvalidExport` where it is not as `write` makes it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.members = _members(file)

    def read(self, name: str) -> Iterator[bytes]:
        """The bytes of a member, piece by piece; what is wrong with it is known at its end at the latest."""
        place = 0
        for member in self.members.values():
            if member.name == name:
                return self._pieces(member, place)
            place += _space(member)
        raise InvalidExport(f"There is no {name} in this file.")

    def _pieces(self, member: Member, place: int) -> Iterator[bytes]:
        place = self._expect(place, _header(member.name))
        checksum, end = 0, place + member.size
        while place < end:
            self._file.seek(place)
            piece = self._file.read(min(PIECE, end - place))
            if not piece:
                raise InvalidExport
            checksum, place = zlib.crc32(piece, checksum), place + len(piece)
            yield piece
        if checksum != member.checksum:
            raise InvalidExport(f"This file was damaged after the export: {member.name}.")
        self._expect(place, _descriptor(member))

    def _expect(self, place: int, known: bytes) -> int:
        self._file.seek(place)
        if self._file.read(len(known)) != known:
            raise InvalidExport
        return place + len(known)


def _members(file: BinaryIO) -> dict[str, Member]:
    size = file.seek(0, os.SEEK_END)
    if size < _END.size:
        raise InvalidExport
    file.seek(size - _END.size)
    _, _, _, _, count, length, start, _ = _END.unpack(file.read(_END.size))
    if count > MEMBERS_LIMIT or length > count * (_ENTRY.size + NAME_LIMIT) or start > SIZE_LIMIT:
        raise InvalidExport
    file.seek(start)
    ending = file.read(length + _END.size)
    members = _entries(ending, count)
    if start + len(ending) != size or _ending(members.values()) != ending:
        raise InvalidExport
    return members


def _entries(ending: bytes, count: int) -> dict[str, Member]:
    """What the entries say that can differ from one file to another; all else is compared by `_members`."""
    known: dict[str, Member] = {}
    place = 0
    for _ in range(count):
        try:
            entry = _ENTRY.unpack_from(ending, place)
            name = ending[place + _ENTRY.size : place + _ENTRY.size + entry[10]].decode("ascii")
        except (struct.error, UnicodeDecodeError):
            raise InvalidExport from None
        _check_name(name, known)
        known[name] = Member(name, entry[7], entry[9])
        place += _ENTRY.size + len(name)
    return known


def _check_name(name: str, known: Mapping[str, Member]) -> None:
    if not _NAME.fullmatch(name) or name in known or len(known) == MEMBERS_LIMIT:
        raise InvalidExport("There is something in this file that does not belong there.")


def _space(member: Member) -> int:
    """The bytes that a member takes, with what surrounds it."""
    return _HEADER.size + len(member.name) + member.size + _DESCRIPTOR.size


def _header(name: str) -> bytes:
    known = (_VERSION, _SIZES_FOLLOW, _STORED, 0, _DAY)
    return _HEADER.pack(b"PK\3\4", *known, 0, 0, 0, len(name), 0) + name.encode()


def _descriptor(member: Member) -> bytes:
    return _DESCRIPTOR.pack(b"PK\7\x08", member.checksum, member.size, member.size)


def _ending(members: Iterable[Member]) -> bytes:
    entries, place = [], 0
    for member in members:
        name, checksum, size = member
        known = (_UNIX | _VERSION, _VERSION, _SIZES_FOLLOW, _STORED, 0, _DAY)
        numbers = (len(name), 0, 0, 0, 0, _PLAIN_FILE, place)
        entries.append(_ENTRY.pack(b"PK\1\2", *known, checksum, size, size, *numbers) + name.encode())
        place += _space(member)
    directory = b"".join(entries)
    return directory + _END.pack(b"PK\5\6", 0, 0, len(entries), len(entries), len(directory), place, 0)
