"""The search language of `files.list`: terms joined by `and`, `or`, `not` and parentheses.

https://developers.google.com/workspace/drive/api/guides/search-files"""

import datetime
import operator
import re
from collections.abc import Callable

from simulator.drive.errors import invalid
from simulator.drive.resources import ROOT
from simulator.storage import access
from simulator.storage.file import SPREADSHEET, File

Test = Callable[[File, str], bool]
"""Whether a file, seen by the person with this address, fits."""

_DEPTH = 20
_TEXT = r"""(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')"""
_NAME = re.compile(rf"name\s*(=|!=|contains)\s*{_TEXT}")
_TYPE = re.compile(rf"mimeType\s*(=|!=)\s*{_TEXT}")
_FLAG = re.compile(r"(trashed|starred|sharedWithMe)\s*(?:(=|!=)\s*(true|false))?")
_TIME = re.compile(rf"(modifiedTime|createdTime)\s*(<=|>=|!=|<|>|=)\s*{_TEXT}")
_PEOPLE = re.compile(rf"{_TEXT}\s+in\s+(owners|writers|readers|parents)")
_PARENTS = re.compile(rf"parents\s+in\s+{_TEXT}")
_PROPERTY = re.compile(rf"appProperties\s+has\s*\{{\s*key\s*=\s*{_TEXT}\s+and\s+value\s*=\s*{_TEXT}\s*\}}")
_WORD = re.compile(r"\s*(and|or|not)\b\s*", re.IGNORECASE)
_COMPARED: dict[str, Callable[[datetime.datetime, datetime.datetime], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}


def parse(text: str) -> Test:
    """The test that `q` describes. Raises `DriveError` (400) for what the simulator cannot read."""
    if not text.strip():
        return lambda *_: True
    reader = _Reader(text.strip())
    test = reader.any_of(0)
    if reader.rest:
        raise invalid("q")
    return test


class _Reader:
    def __init__(self, text: str) -> None:
        self.rest = text

    def any_of(self, depth: int) -> Test:
        """Terms joined by `or`, which binds loosest."""
        tests = [self._all_of(depth)]
        while self._took("or"):
            tests.append(self._all_of(depth))
        return lambda file, email: any(test(file, email) for test in tests)

    def _all_of(self, depth: int) -> Test:
        tests = [self._one(depth)]
        while self._took("and"):
            tests.append(self._one(depth))
        return lambda file, email: all(test(file, email) for test in tests)

    def _one(self, depth: int) -> Test:
        if depth > _DEPTH:
            raise invalid("q")
        if self._took("not"):
            test = self._one(depth + 1)
            return lambda file, email: not test(file, email)
        if self.rest.startswith("("):
            self.rest = self.rest[1:].lstrip()
            test = self.any_of(depth + 1)
            if not self.rest.lstrip().startswith(")"):
                raise invalid("q")
            self.rest = self.rest.lstrip()[1:]
            return test
        for pattern, make in _TERMS:
            if found := pattern.match(self.rest):
                self.rest = self.rest[found.end() :]
                return make(found)
        raise invalid("q")

    def _took(self, word: str) -> bool:
        found = _WORD.match(self.rest)
        if not found or found[1].lower() != word:
            return False
        self.rest = self.rest[found.end() :]
        return True


def _quoted(found: re.Match[str], group: int) -> str:
    text = found[group] if found[group] is not None else found[group + 1]
    return re.sub(r"\\(.)", r"\1", text)


def _by_name(found: re.Match[str]) -> Test:
    wanted = _quoted(found, 2)
    match found[1]:
        case "=":
            return lambda file, _: file.spreadsheet.title == wanted
        case "!=":
            return lambda file, _: file.spreadsheet.title != wanted
        case _:
            words = wanted.casefold().split()
            return lambda file, _: all(_has_word(file.spreadsheet.title, word) for word in words)


def _has_word(title: str, start: str) -> bool:
    """Drive's `contains` means: a word begins so."""
    return any(word.startswith(start) for word in title.casefold().split())


def _by_type(found: re.Match[str]) -> Test:
    fits = (_quoted(found, 2) == SPREADSHEET) == (found[1] == "=")
    return lambda *_: fits


def _by_flag(found: re.Match[str]) -> Test:
    wanted = (found[3] != "false") == (found[2] != "!=")
    match found[1]:
        case "trashed":
            return lambda file, _: file.trashed is wanted
        case "sharedWithMe":
            return lambda file, email: (file.owner != email) is wanted
        case _:
            return lambda *_: not wanted


def _by_time(found: re.Match[str]) -> Test:
    try:
        wanted = _moment(_quoted(found, 3))
    except ValueError as error:
        raise invalid("q") from error
    compare = _COMPARED[found[2]]
    if found[1] == "createdTime":
        return lambda file, _: compare(_moment(file.created), wanted)
    return lambda file, _: compare(_moment(file.modified), wanted)


def _moment(text: str) -> datetime.datetime:
    """RFC 3339; without a zone it is UTC."""
    moment = datetime.datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)


def _by_people(found: re.Match[str]) -> Test:
    wanted = _quoted(found, 1)
    who = wanted.lower()
    match found[3]:
        case "parents":
            return lambda file, email: wanted in {"root", ROOT} and file.owner == email
        case "owners":
            return lambda file, email: file.owner == (email if who == "me" else who)
        case "writers":
            return lambda file, email: access.may_write(file, email if who == "me" else who)
        case _:
            return lambda file, email: access.role(file, email if who == "me" else who) is not None


def _by_parents(found: re.Match[str]) -> Test:
    wanted = _quoted(found, 1)
    return lambda file, email: wanted in {"root", ROOT} and file.owner == email


def _by_property(found: re.Match[str]) -> Test:
    key, value = _quoted(found, 1), _quoted(found, 3)
    return lambda file, _: file.app_properties.get(key) == value


_TERMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Test]], ...] = (
    (_NAME, _by_name),
    (_TYPE, _by_type),
    (_FLAG, _by_flag),
    (_TIME, _by_time),
    (_PEOPLE, _by_people),
    (_PARENTS, _by_parents),
    (_PROPERTY, _by_property),
)
