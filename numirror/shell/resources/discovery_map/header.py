"""Where a tab says what its columns are, also when somebody moved rows and columns about."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from numirror.shell.google.cells import Formula, Held

Rows = Sequence[Sequence[Held]]
Known = Callable[[str], bool]
"""Whether this text is one that NuMirror itself wrote into a column."""


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a tab by name, and the row that says so. Rows and columns count from 0.

    A name without a column is not in `at`: somebody took the column out. `said` are the names that stand in the
    header; of the others, `other` are those in whose place something else is written. Where there is no header, `row`
    is the row for it, and `found` is False; `room` tells whether that row is empty, or has to be put in.
    """

    row: int
    found: bool
    room: bool
    at: Mapping[str, int]
    said: frozenset[str]
    other: frozenset[str]


def text_of(held: Held) -> str:
    """What a person reads in a cell, trimmed; nothing for a formula."""
    match held:
        case None | Formula():
            return ""
        case bool():
            return "TRUE" if held else "FALSE"
        case float() if held.is_integer():
            return str(int(held))
        case _:
            return str(held).strip()


def held_at(row: Sequence[Held], column: int | None) -> Held:
    """The cell of a row, where a row ends with its last filled cell."""
    return row[column] if column is not None and column < len(row) else None


def read_header(rows: Rows, names: Sequence[str], known: Mapping[str, Known]) -> Header:
    """The header of a tab with these columns. `known` says by what its columns betray themselves, the surest first."""
    betrayed = _betrayed(rows, known)
    first = _first_row(rows, betrayed, known)
    row = _header_row(rows, names, first)
    words = _words(rows[row], names) if row is not None else {}
    columns = _columns(names, words, betrayed)
    if row is None or (first is not None and row > first):
        place = first or 0
        room = _is_empty(rows, place - 1) if place else _is_empty(rows, 0)
        return Header(place - 1 if place and room else place, False, room, columns, frozenset(), frozenset())
    other = {name for name, column in columns.items() if name not in words and held_at(rows[row], column) is not None}
    return Header(row, True, False, columns, frozenset(words), frozenset(other))


def _betrayed(rows: Rows, known: Mapping[str, Known]) -> dict[str, int]:
    """The column in which most cells are known, for each name that has such a column."""
    found: dict[str, int] = {}
    for name, is_known in known.items():
        counted = Counter(
            column
            for row in rows
            for column, held in enumerate(row)
            if is_known(text_of(held)) and column not in found.values()
        )
        if counted:
            found[name] = min(counted, key=lambda column: (-counted[column], column))
    return found


def _first_row(rows: Rows, betrayed: Mapping[str, int], known: Mapping[str, Known]) -> int | None:
    """The first row of ours, going by the surest column."""
    name = next(iter(known))
    if name not in betrayed:
        return None
    return next((number for number, row in enumerate(rows) if known[name](text_of(held_at(row, betrayed[name])))), None)


def _header_row(rows: Rows, names: Sequence[str], first: int | None) -> int | None:
    """The row with most of the names: above the first row of ours, or anywhere if it has them all."""
    likely = first - 1 if first else 0
    best, most = None, 0
    for number, row in enumerate(rows):
        score = len(_words(row, names))
        above = first is None or number < first
        fits = score == len(names) or (above and (score > 1 or number == likely))
        if fits and score > most:
            best, most = number, score
    return best


def _words(row: Sequence[Held], names: Sequence[str]) -> dict[str, int]:
    words = [text_of(held).casefold() for held in row]
    return {name: words.index(name) for name in names if name in words}


def _columns(names: Sequence[str], words: Mapping[str, int], betrayed: Mapping[str, int]) -> dict[str, int]:
    """Columns as the header says, else as their cells betray, else beside one that is known, if that place is free."""
    found = dict(words)
    for name, column in betrayed.items():
        if column not in found.values():
            found.setdefault(name, column)
    sure = dict(found)
    for place, name in enumerate(names):
        near = min(
            (other for other in names if other in sure), key=lambda other: abs(names.index(other) - place), default=name
        )
        column = sure.get(near, place) + place - names.index(near)
        if name not in found and column >= 0 and column not in found.values():
            found[name] = column
    return found


def _is_empty(rows: Rows, number: int) -> bool:
    return number >= len(rows) or all(held is None for held in rows[number])
