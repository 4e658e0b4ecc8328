"""The Sheet mirror: rows of a tab, written by key, with the log position beside each. One read, one write a flush."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from numirror.kernel.mirror import HIDDEN_HEADERS, Cell, Row, Tab
from numirror.kernel.typed import Taken, take_typed
from numirror.shell.google.batch import Request, append_rows, cells_at, delete_row, rows_at
from numirror.shell.google.errors import TabMissing
from numirror.shell.google.sheets import Spreadsheet

_FIRST_ROW = 1
"""Row 0 holds the headers."""


def mirror_of(spreadsheet_id: str) -> str:
    """The name under which the checkpoints of a Sheet stand: another Sheet begins at the start of the log."""
    return f"sheet:{spreadsheet_id}"


class _Grid(msgspec.Struct, frozen=True):
    """What the tab holds now: row and shown position of each id, its rows, and how many there may be."""

    sheet_id: int
    place_of: Mapping[str, tuple[int, float]]
    rows: Sequence[Sequence[Cell | None]]
    row_count: int

    @property
    def first_free(self) -> int:
        return max(len(self.rows), _FIRST_ROW)


def draw(spreadsheet: Spreadsheet, tab: Tab, rows: Sequence[tuple[Row, int]]) -> None:
    """Brings these rows, each with the position of its last event, up to date.

    A row is written over by id, takes the place of a line that a person typed for it, is added below the last used
    row, or taken out.

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
    taken = take_typed(tab, grid.rows, shown, gone)
    spreadsheet.write([*_written(grid, shown, taken.places), *_emptied(grid, tab, taken), *_taken_out(grid, gone)])


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
    return _Grid(properties["sheetId"], place_of, values, properties["gridProperties"]["rowCount"])


def _position(row: Sequence[Cell | None]) -> float:
    position = row[1] if len(row) > 1 else None
    return position if isinstance(position, int | float) else -1


def _written(grid: _Grid, lines: Mapping[str, tuple[Cell, ...]], taken: Mapping[str, int]) -> Iterable[Request]:
    places = {**taken, **{key: place for key, (place, _) in grid.place_of.items()}}
    new = [line for key, line in lines.items() if key not in places]
    for key, line in lines.items():
        if key in places:
            yield rows_at(grid.sheet_id, places[key], [line])
    missing = grid.first_free + len(new) - grid.row_count
    if missing > 0:
        yield append_rows(grid.sheet_id, missing)
    if new:
        yield rows_at(grid.sheet_id, grid.first_free, new)


def _emptied(grid: _Grid, tab: Tab, taken: Taken) -> Iterable[Request]:
    # Not taken out: what stands right of our columns is the person's.
    empty = ("",) * len(tab.columns)
    return [cells_at(grid.sheet_id, row, len(HIDDEN_HEADERS), [empty]) for row in taken.doubles]


def _taken_out(grid: _Grid, rows: Sequence[int]) -> Iterable[Request]:
    # From the bottom up, so that no row moves before its turn.
    return [delete_row(grid.sheet_id, row) for row in sorted(rows, reverse=True)]
