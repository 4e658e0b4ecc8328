"""The Sheet mirror: rows of a tab, written by key, with the log position beside each. One read, one write a flush."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from numirror.kernel.mirror import HIDDEN_HEADERS, Cell, Row, Tab
from numirror.shell.google.batch import Request, append_rows, delete_row, rows_at
from numirror.shell.google.errors import TabMissing
from numirror.shell.google.sheets import Spreadsheet

_FIRST_ROW = 1
"""Row 0 holds the headers."""


def mirror_of(spreadsheet_id: str) -> str:
    """The name under which the checkpoints of a Sheet stand: another Sheet begins at the start of the log."""
    return f"sheet:{spreadsheet_id}"


class _Grid(msgspec.Struct, frozen=True):
    """What the tab holds now: row and shown position of each id, the first free row, and how many rows there are."""

    sheet_id: int
    place_of: Mapping[str, tuple[int, float]]
    first_free: int
    row_count: int


def draw(spreadsheet: Spreadsheet, tab: Tab, rows: Sequence[tuple[Row, int]]) -> None:
    """Brings these rows, each with the position of its last event, up to date.

    A row is written over by id, added below the last used row, or taken out.

    Doing it twice is doing it once, and an older row never replaces a newer one.
    Raises `TabMissing` if the tab is gone or not as we made it, and Google's errors.
    """
    if not rows:
        return
    grid = _look(spreadsheet, tab)
    shown: dict[str, tuple[Cell, ...]] = {}
    gone: list[int] = []
    for row, position in rows:
        key, cells = row[tab.table.key], tab.cells(row)
        place, held = grid.place_of.get(key, (None, -1))
        if held >= position:
            continue
        if cells is not None:
            shown[key] = (key, position, *cells)
        elif place is not None:
            gone.append(place)
    spreadsheet.write([*_written(grid, shown), *_taken_out(grid, gone)])


def _look(spreadsheet: Spreadsheet, tab: Tab) -> _Grid:
    # All columns are read, so that a line which a person typed below ours is seen and not written over.
    last_column = chr(ord("A") + len(HIDDEN_HEADERS) + len(tab.columns) - 1)
    properties, values = spreadsheet.column_values(tab.title, f"A:{last_column}")
    if tuple(values[0][: len(HIDDEN_HEADERS)] if values else ()) != HIDDEN_HEADERS:
        raise TabMissing  # a tab of this name, but not as we made it
    place_of: dict[str, tuple[int, float]] = {}
    for number, row in enumerate(values[_FIRST_ROW:], _FIRST_ROW):
        if row and isinstance(row[0], str):
            place_of.setdefault(row[0], (number, _position(row)))
    first_free = max(len(values), _FIRST_ROW)
    return _Grid(properties["sheetId"], place_of, first_free, properties["gridProperties"]["rowCount"])


def _position(row: Sequence[Cell | None]) -> float:
    position = row[1] if len(row) > 1 else None
    return position if isinstance(position, int | float) else -1


def _written(grid: _Grid, lines: Mapping[str, tuple[Cell, ...]]) -> Iterable[Request]:
    new = [line for key, line in lines.items() if key not in grid.place_of]
    for key, line in lines.items():
        if key in grid.place_of:
            yield rows_at(grid.sheet_id, grid.place_of[key][0], [line])
    missing = grid.first_free + len(new) - grid.row_count
    if missing > 0:
        yield append_rows(grid.sheet_id, missing)
    if new:
        yield rows_at(grid.sheet_id, grid.first_free, new)


def _taken_out(grid: _Grid, rows: Sequence[int]) -> Iterable[Request]:
    # From the bottom up, so that no row moves before its turn.
    return [delete_row(grid.sheet_id, row) for row in sorted(rows, reverse=True)]
