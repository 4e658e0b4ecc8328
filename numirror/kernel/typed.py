"""Lines that people typed among the rows of a mirror tab, and the rows of ours that they became."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

from numirror.kernel.mirror import HIDDEN_HEADERS, Cell, Tab, Typed

_HIDDEN = len(HIDDEN_HEADERS)

_Line = Sequence[Cell | None]


class Taken(NamedTuple):
    """Typed lines, by the number of their row: `places` is where new rows of ours go, by key, instead of below the
    last; `doubles` say what a row of ours says already.
    """

    places: Mapping[str, int]
    doubles: Sequence[int]


def take_typed(tab: Tab, rows: Sequence[_Line], shown: Mapping[str, _Line], gone: Collection[int]) -> Taken:
    """Which typed lines among the `rows` of a tab became ours, when `shown` is written and `gone` taken out."""
    if tab.typed is None:
        return Taken({}, ())
    typed = _typed(tab.typed, rows)
    known = {row[0] for row in rows if row}
    ours = set(_meanings(tab.typed, _kept(rows, shown, gone)))
    places: dict[str, int] = {}
    for key, line in shown.items():
        meaning = _meaning(tab.typed, line)
        ours.add(meaning)
        if key not in known and typed.get(meaning):
            places[key] = typed[meaning].pop(0)
    return Taken(places, [row for meaning, found in typed.items() if meaning in ours for row in found])


def _typed(typed: Typed, rows: Sequence[_Line]) -> dict[Hashable, list[int]]:
    """The lines without an id, and with nothing of ours but the first cells, by what they stand for."""
    found: dict[Hashable, list[int]] = {}
    for number, row in enumerate(rows):
        if not any(row[:_HIDDEN]) and not any(row[_HIDDEN + typed.columns :]):
            found.setdefault(_meaning(typed, row), []).append(number)
    found.pop(None, None)
    return found


def _kept(rows: Sequence[_Line], shown: Mapping[str, _Line], gone: Collection[int]) -> Iterable[_Line]:
    """The rows of ours that stay as they are."""
    return (row for n, row in enumerate(rows) if n and row and row[0] and row[0] not in shown and n not in gone)


def _meanings(typed: Typed, lines: Iterable[_Line]) -> Iterable[Hashable]:
    return (_meaning(typed, line) for line in lines)


def _meaning(typed: Typed, line: _Line) -> Hashable:
    return typed.stands_for(line[_HIDDEN : _HIDDEN + typed.columns])
