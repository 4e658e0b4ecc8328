"""The search language of `files.list`, as far as it is used: terms joined by `and`.

https://developers.google.com/workspace/drive/api/guides/search-files"""

import re
from collections.abc import Callable

from simulator.drive.errors import invalid
from simulator.storage.file import SPREADSHEET, File

Test = Callable[[File, str], bool]
"""Whether a file, seen by the person with this address, fits."""

_TEXT = r"""(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')"""
_NAME = re.compile(rf"name\s*(=|!=|contains)\s*{_TEXT}")
_TYPE = re.compile(rf"mimeType\s*(=|!=)\s*{_TEXT}")
_TRASHED = re.compile(r"trashed\s*(=|!=)\s*(true|false)")
_OWNER = re.compile(rf"{_TEXT}\s+in\s+owners")
_PROPERTY = re.compile(rf"appProperties\s+has\s*\{{\s*key\s*=\s*{_TEXT}\s+and\s+value\s*=\s*{_TEXT}\s*\}}")
_AND = re.compile(r"\s+and\s+")


def parse(text: str) -> Test:
    """The test that `q` describes. Raises `DriveError` (400) for what the simulator cannot read."""
    rest, tests = text.strip(), []
    while rest:
        test, end = _term(rest)
        tests.append(test)
        joint = _AND.match(rest, end)
        if joint is None and rest[end:]:
            raise invalid("q")
        rest = rest[joint.end() :] if joint else ""
        if joint and not rest:
            raise invalid("q")
    return lambda file, email: all(test(file, email) for test in tests)


def _term(text: str) -> tuple[Test, int]:
    for pattern, make in _TERMS:
        found = pattern.match(text)
        if found:
            return make(found), found.end()
    raise invalid("q")


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


def _by_trashed(found: re.Match[str]) -> Test:
    wanted = (found[2] == "true") == (found[1] == "=")
    return lambda file, _: file.trashed is wanted


def _by_owner(found: re.Match[str]) -> Test:
    wanted = _quoted(found, 1)
    return lambda file, email: file.owner == (email if wanted == "me" else wanted.lower())


def _by_property(found: re.Match[str]) -> Test:
    key, value = _quoted(found, 1), _quoted(found, 3)
    return lambda file, _: file.app_properties.get(key) == value


_TERMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Test]], ...] = (
    (_NAME, _by_name),
    (_TYPE, _by_type),
    (_TRASHED, _by_trashed),
    (_OWNER, _by_owner),
    (_PROPERTY, _by_property),
)
