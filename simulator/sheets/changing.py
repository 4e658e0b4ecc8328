"""Changes of the shape of a tab: rows and columns that come, go or change number."""

from typing import Any

from simulator.sheets import following
from simulator.sheets.area import Axis
from simulator.sheets.errors import Invalid
from simulator.sheets.model import Mark, Spreadsheet, Tab

MOST_CELLS = 10_000_000


def resize(spreadsheet: Spreadsheet, tab: Tab, rows: int, columns: int) -> None:
    """Give `tab` this size; what lies outside is lost. Raises `Invalid` beyond Google's limits."""
    grid = tab.grid
    if rows < 1 or columns < 1:
        raise Invalid("The grid must have at least one row and one column.")
    if rows < grid.bottom:
        remove(spreadsheet, tab, "ROWS", rows, grid.bottom)
    if columns < grid.right:
        remove(spreadsheet, tab, "COLUMNS", columns, grid.right)
    _set_size(tab, rows, columns)
    check_size(spreadsheet)


def check_size(spreadsheet: Spreadsheet) -> None:
    """Raises `Invalid` when the spreadsheet has more cells than Google allows."""
    if sum(tab.grid.height * tab.grid.width for tab in spreadsheet.tabs) > MOST_CELLS:
        raise Invalid(
            "This action would increase the number of cells in the workbook above the limit of 10000000 cells."
        )


def insert(spreadsheet: Spreadsheet, tab: Tab, axis: Axis, start: int, count: int) -> None:
    """Put `count` empty rows or columns in before `start`; everything that names a place moves along."""
    grid = tab.grid
    if axis == "ROWS":
        _put_in(tab.rows, start, [[] for _ in range(count)])
        _put_in(tab.row_marks, start, [None] * count)
        _set_size(tab, grid.bottom + count, grid.right)
    else:
        tab.rows = [row[:start] + [None] * count + row[start:] if start < len(row) else row for row in tab.rows]
        _put_in(tab.column_marks, start, [None] * count)
        _set_size(tab, grid.bottom, grid.right + count)
    check_size(spreadsheet)
    following.follow(spreadsheet, tab, axis, following.put_in(start, count))


def remove(spreadsheet: Spreadsheet, tab: Tab, axis: Axis, start: int, end: int) -> None:
    """Take the rows or columns from `start` to `end` out. Raises `Invalid` when none would be left."""
    grid = tab.grid
    low, high = grid.span(axis)
    if end - start >= high - low:
        raise Invalid(f"You can't delete all the {axis.lower()} on the sheet.")
    if axis == "ROWS":
        del tab.rows[start:end]
    else:
        tab.rows = [row[:start] + row[end:] for row in tab.rows]
    marks: list[Mark | None] = tab.row_marks if axis == "ROWS" else tab.column_marks
    del marks[start:end]
    size = grid.with_span(axis, low, high - (end - start))
    _set_size(tab, size.bottom, size.right)
    following.follow(spreadsheet, tab, axis, following.taken_out(start, end))


def carry(spreadsheet: Spreadsheet, tab: Tab, axis: Axis, start: int, end: int, before: int) -> None:
    """Carry the rows or columns from `start` to `end` to the place before `before`, with what is laid over them."""
    if axis == "ROWS":
        _carry(tab.rows, start, end, before, [])
    else:
        tab.rows = [row.copy() for row in tab.rows]
        for row in tab.rows:
            _carry(row, start, end, before, None)
    _carry(tab.row_marks if axis == "ROWS" else tab.column_marks, start, end, before, None)
    following.follow(spreadsheet, tab, axis, following.carried(start, end, before))


def write_marks(marks: list[Mark | None], start: int, end: int, mark: Mark) -> None:
    """Set what is known of rows or columns `start` to `end`."""
    marks.extend([None] * (end - len(marks)))
    marks[start:end] = [mark] * (end - start)


def _put_in(items: list[Any], start: int, new: list[Any]) -> None:
    """Insert, unless the place lies behind all that is there."""
    if start < len(items):
        items[start:start] = new


def _carry(items: list[Any], start: int, end: int, before: int, blank: list[Any] | None) -> None:
    """Carry part of a list that may be shorter than the grid."""
    reach = max(end, before)
    items.extend(blank if blank is None else list(blank) for _ in range(reach - len(items)))
    taken = items[start:end]
    del items[start:end]
    place = before - (end - start) * (before > start)
    items[place:place] = taken


def _set_size(tab: Tab, rows: int, columns: int) -> None:
    size = tab.properties["gridProperties"] | {"rowCount": rows, "columnCount": columns}
    for frozen, most in (("frozenRowCount", rows - 1), ("frozenColumnCount", columns - 1)):
        if size.get(frozen, 0) > most:
            size[frozen] = most
    tab.properties = tab.properties | {"gridProperties": size}
