"""Changes of the shape of a tab: rows and columns that come, go or change number."""

from typing import Any

import msgspec

from simulator.sheets import charts
from simulator.sheets.area import Area, Axis
from simulator.sheets.errors import Invalid
from simulator.sheets.model import Cell, Mark, Metadata, Protection, Spreadsheet, Tab

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
        for row in tab.rows:
            _put_in(row, start, [None] * count)
        _put_in(tab.column_marks, start, [None] * count)
        _set_size(tab, grid.bottom, grid.right + count)
    check_size(spreadsheet)
    tab.merges = [area.stretched(axis, start, count) for area in tab.merges]
    tab.protections = [_moved(one, one.area and one.area.stretched(axis, start, count)) for one in tab.protections]
    charts.stretch(spreadsheet, tab, axis, start, count)
    spreadsheet.metadata = [
        msgspec.structs.replace(one, index=one.index + count) if _on(one, tab, axis) and one.index >= start else one
        for one in spreadsheet.metadata
    ]


def remove(spreadsheet: Spreadsheet, tab: Tab, axis: Axis, start: int, end: int) -> None:
    """Take the rows or columns from `start` to `end` out. Raises `Invalid` when none would be left."""
    grid = tab.grid
    low, high = grid.span(axis)
    if end - start >= high - low:
        raise Invalid(f"You can't delete all the {axis.lower()} on the sheet.")
    lines: list[list[Cell | None]] = tab.rows if axis == "COLUMNS" else []
    for row in lines:
        del row[start:end]
    if axis == "ROWS":
        del tab.rows[start:end]
    marks: list[Mark | None] = tab.row_marks if axis == "ROWS" else tab.column_marks
    del marks[start:end]
    size = grid.with_span(axis, low, high - (end - start))
    _set_size(tab, size.bottom, size.right)
    tab.merges = [kept for area in tab.merges if _is_merge(kept := area.shrunk(axis, start, end))]
    tab.protections = [_moved(one, one.area and one.area.shrunk(axis, start, end)) for one in tab.protections]
    tab.protections = [one for one in tab.protections if one.area is None or not one.area.empty]
    charts.shrink(spreadsheet, tab, axis, start, end)
    spreadsheet.metadata = [left for one in spreadsheet.metadata if (left := _kept(one, tab, axis, start, end))]


def write_marks(marks: list[Mark | None], start: int, end: int, mark: Mark) -> None:
    """Set what is known of rows or columns `start` to `end`."""
    marks.extend([None] * (end - len(marks)))
    marks[start:end] = [mark] * (end - start)


def _put_in(items: list[Any], start: int, new: list[Any]) -> None:
    """Insert, unless the place lies behind all that is there."""
    if start < len(items):
        items[start:start] = new


def _set_size(tab: Tab, rows: int, columns: int) -> None:
    size = tab.properties["gridProperties"] | {"rowCount": rows, "columnCount": columns}
    for frozen, most in (("frozenRowCount", rows - 1), ("frozenColumnCount", columns - 1)):
        if size.get(frozen, 0) > most:
            size[frozen] = most
    tab.properties = tab.properties | {"gridProperties": size}


def _is_merge(area: Area) -> bool:
    return not area.empty and area.height * area.width > 1


def _moved(protection: Protection, area: Area | None) -> Protection:
    return msgspec.structs.replace(protection, area=area)


def _on(metadata: Metadata, tab: Tab, axis: Axis) -> bool:
    return metadata.tab == tab.id and metadata.axis == axis


def _kept(metadata: Metadata, tab: Tab, axis: Axis, start: int, end: int) -> Metadata | None:
    if not _on(metadata, tab, axis) or metadata.index < start:
        return metadata
    if metadata.index < end:
        return None
    return msgspec.structs.replace(metadata, index=metadata.index - (end - start))
