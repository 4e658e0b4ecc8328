"""Requests about rows and columns."""

import msgspec

from simulator.sheets import changing, gridrange
from simulator.sheets.area import Axis
from simulator.sheets.errors import Invalid
from simulator.sheets.kinds import masks
from simulator.sheets.model import BLANK, Cell, Mark, Spreadsheet, Tab
from simulator.sheets.shown import shown
from simulator.wire import Json

_LETTER_PIXELS = 7
_PADDING_PIXELS = 16
_ROW_PIXELS = 21


def insert(spreadsheet: Spreadsheet, body: Json) -> Json:
    """insertDimension: both edges are needed; formats come from the line before or from the one after."""
    given = body.get("range", {})
    if "startIndex" not in given or "endIndex" not in given:
        raise Invalid("Both startIndex and endIndex must be set.")
    tab = gridrange.tab_of(spreadsheet, given.get("sheetId", 0))
    axis = gridrange.read_axis(given)
    start, end, most = given["startIndex"], given["endIndex"], tab.grid.span(axis)[1]
    before = body.get("inheritFromBefore", False)
    if not 0 <= start < end or start > most or (before and start == 0):
        raise Invalid(f"Invalid range: cannot insert at {start} to {end} of {most} {axis.lower()}.")
    changing.insert(spreadsheet, tab, axis, start, end - start)
    _inherit(tab, axis, start - 1 if before else end, start, end)
    return {}


def delete(spreadsheet: Spreadsheet, body: Json) -> Json:
    """deleteDimension."""
    tab, axis, start, end = gridrange.read_lines(spreadsheet, body.get("range", {}))
    changing.remove(spreadsheet, tab, axis, start, end)
    return {}


def move(spreadsheet: Spreadsheet, body: Json) -> Json:
    """moveDimension: the destination is counted before the move; within the source nothing moves."""
    tab, axis, start, end = gridrange.read_lines(spreadsheet, body.get("source", {}))
    before = body.get("destinationIndex", 0)
    if not 0 <= before <= tab.grid.span(axis)[1]:
        raise Invalid(f"Invalid destinationIndex: {before}")
    if not start <= before <= end:
        changing.carry(spreadsheet, tab, axis, start, end, before)
    return {}


def append(spreadsheet: Spreadsheet, body: Json) -> Json:
    """appendDimension: more rows or columns at the end."""
    tab = gridrange.tab_of(spreadsheet, body.get("sheetId", 0))
    axis, length = gridrange.read_axis(body), body.get("length", 0)
    if length < 1:
        raise Invalid("The length must be at least 1.")
    changing.insert(spreadsheet, tab, axis, tab.grid.span(axis)[1], length)
    return {}


def update(spreadsheet: Spreadsheet, body: Json) -> Json:
    """updateDimensionProperties: pixelSize, hiddenByUser."""
    mask = masks.required(body, "DimensionProperties")
    names = {"pixelSize", "hiddenByUser"} if "*" in mask else set(mask)
    if unknown := names - {"pixelSize", "hiddenByUser"}:
        raise Invalid(f"The simulator does not keep {min(unknown)} of a row or column.")
    tab, axis, start, end = gridrange.read_lines(spreadsheet, body.get("range", {}))
    given, marks = body.get("properties", {}), _marks(tab, axis)
    for line in range(start, end):
        known = marks[line] if line < len(marks) else None
        changing.write_marks(marks, line, line + 1, _changed(known or Mark(), given, names))
    return {}


def fit(spreadsheet: Spreadsheet, body: Json) -> Json:
    """autoResizeDimensions: columns as wide as their longest text (by a rule of thumb), rows as high as one line."""
    tab, axis, start, end = gridrange.read_lines(spreadsheet, body.get("dimensions", {}))
    marks = _marks(tab, axis)
    for line in range(start, end):
        known = (marks[line] if line < len(marks) else None) or Mark()
        pixels = _ROW_PIXELS if axis == "ROWS" else _wide(tab, line)
        changing.write_marks(marks, line, line + 1, msgspec.structs.replace(known, pixels=pixels))
    return {}


def _wide(tab: Tab, column: int) -> int | None:
    longest = max((len(shown(tab.cell(row, column))) for row in range(len(tab.rows))), default=0)
    return longest * _LETTER_PIXELS + _PADDING_PIXELS if longest else None


def _marks(tab: Tab, axis: Axis) -> list[Mark | None]:
    return tab.row_marks if axis == "ROWS" else tab.column_marks


def _changed(mark: Mark, given: Json, names: set[str]) -> Mark:
    if "hiddenByUser" in names:
        mark = msgspec.structs.replace(mark, hidden=bool(given.get("hiddenByUser")))
    if "pixelSize" in names:
        if given.get("pixelSize", 1) < 0:
            raise Invalid("pixelSize may not be negative.")
        mark = msgspec.structs.replace(mark, pixels=given.get("pixelSize"))
    return mark


def _inherit(tab: Tab, axis: Axis, model: int, start: int, end: int) -> None:
    """Give the new lines the formats of the line `model`."""
    across = tab.grid.span("COLUMNS" if axis == "ROWS" else "ROWS")[1]
    reach = range(min(across, max(map(len, tab.rows), default=0) if axis == "ROWS" else len(tab.rows)))
    for other in reach:
        cell = tab.cell(model, other) if axis == "ROWS" else tab.cell(other, model)
        if cell.format:
            for line in range(start, end):
                _put_format(tab, axis, line, other, cell)


def _put_format(tab: Tab, axis: Axis, line: int, other: int, cell: Cell) -> None:
    row, column = (line, other) if axis == "ROWS" else (other, line)
    tab.put(row, column, msgspec.structs.replace(BLANK, format=cell.format))
