"""Rows of a tab as material: each cell with its header, within limits, and whether the row is marked."""

import msgspec

from numirror.kernel.mirror import HIDDEN_HEADERS
from numirror.kernel.sheet import SheetView
from numirror.kernel.words import line

MARK_COLUMN = "story"
_MARKS = frozenset({
    "x", "✓", "✔", "☑", "✅", "1", "y", "yes", "true", "ok", "j", "ja", "wahr", "si", "sí", "verdadero", "oui", "vrai",
    "tak", "prawda", "да", "так", "истина", "істина",
})  # fmt: skip
"""What people and Google's check boxes put where the answer is yes."""

HEADER_LIMIT = 60
CELL_LIMIT = 300
ROW_LIMIT = 2_000
"""Characters of a row, headers included; what lies beyond is left out."""


class SheetRow(msgspec.Struct, frozen=True):
    """A row with something in it. `number` is the one beside it in the Sheet, where the header has 1."""

    number: int
    cells: tuple[tuple[str, str], ...]
    is_marked: bool

    def label(self, limit: int) -> str:
        """The row in one line, for a list."""
        return line(f"{self.number}: {' · '.join(value for _, value in self.cells)}", limit)

    def size(self) -> int:
        """Letters of its cells and their headers."""
        return sum(len(name) + len(value) for name, value in self.cells)

    def holds(self, words: str) -> bool:
        """Whether some cell holds `words`, whatever their case."""
        return any(words.casefold() in value.casefold() for _, value in self.cells)


def filled_rows(sheet: SheetView) -> tuple[SheetRow, ...]:
    """The rows below the header that have something to tell, in order."""
    if not sheet.rows:
        return ()
    header = tuple(line(cell, HEADER_LIMIT) for cell in sheet.rows[0])
    hidden = len(HIDDEN_HEADERS) if header[: len(HIDDEN_HEADERS)] == HIDDEN_HEADERS else 0
    rows = (_row(number, header, hidden, cells) for number, cells in enumerate(sheet.rows[1:], 2))
    return tuple(row for row in rows if row.cells)


def _row(number: int, header: tuple[str, ...], hidden: int, shown: tuple[str, ...]) -> SheetRow:
    """The columns of a mirror that only machines read are left out, and so is the mark."""
    cells, is_marked, room = [], False, ROW_LIMIT
    for column, value in enumerate(shown[hidden:], hidden):
        name, text = _name(header, column), line(value, CELL_LIMIT)
        if name.casefold() == MARK_COLUMN and text.casefold() in {"", *_MARKS}:
            is_marked = is_marked or bool(text)
        elif text and len(name) + len(text) <= room:
            room -= len(name) + len(text)
            cells.append((name, text))
    return SheetRow(number, tuple(cells), is_marked)


def _name(header: tuple[str, ...], column: int) -> str:
    """The header of a column; its letter where it has none."""
    return (header[column] if column < len(header) else "") or chr(ord("A") + column)
