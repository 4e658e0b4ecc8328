"""Requests that move cells about or join them."""

from collections.abc import Iterable

import msgspec

from simulator.sheets import gridrange
from simulator.sheets.area import Area
from simulator.sheets.errors import Invalid
from simulator.sheets.formulas import references
from simulator.sheets.model import BLANK, Cell, CellError, Spreadsheet, Tab
from simulator.wire import Json

_Row = tuple[int, list[Cell]]
"""Where a row came from, and its cells."""


def merge(spreadsheet: Spreadsheet, body: Json) -> Json:
    """mergeCells: merges inside are replaced, covered cells lose their value."""
    tab, area = gridrange.read(spreadsheet, body.get("range", {}))
    parts = _parts(area, body.get("mergeType", "MERGE_ALL"))
    _check_not_cut(tab, area)
    tab.merges = [old for old in tab.merges if not area.covers(old)]
    for part in parts:
        if part.height * part.width > 1:
            tab.merges.append(part)
            _keep_corner(tab, part)
    return {}


def unmerge(spreadsheet: Spreadsheet, body: Json) -> Json:
    """unmergeCells: every merge inside the range goes."""
    tab, area = gridrange.read(spreadsheet, body.get("range", {}))
    _check_not_cut(tab, area)
    tab.merges = [old for old in tab.merges if not area.covers(old)]
    return {}


def sort(spreadsheet: Spreadsheet, body: Json) -> Json:
    """sortRange: numbers, then texts, then booleans, empty cells always last; further specs decide ties."""
    tab, area = gridrange.read(spreadsheet, body.get("range", {}))
    specs = body.get("sortSpecs", [])
    if not specs:
        raise Invalid("Must specify at least one sort spec.")
    if any(tab_merge.meets(area) for tab_merge in tab.merges):
        raise Invalid("You can't sort a range with merged cells.")
    rows = [
        (row, [tab.cell(row, column) for column in _columns(area)]) for row in range(area.top, _last_used(tab, area))
    ]
    for spec in reversed(specs):
        rows = _sorted(rows, spec.get("dimensionIndex", 0) - area.left, spec.get("sortOrder") == "DESCENDING")
    for row, (came_from, cells) in enumerate(rows, area.top):
        for column, cell in enumerate(cells, area.left):
            tab.put(row, column, _moved(cell, row - came_from))
    return {}


def delete_range(spreadsheet: Spreadsheet, body: Json) -> Json:
    """deleteRange: the cells behind move up (ROWS) or to the left (COLUMNS); the grid keeps its size."""
    tab, area = gridrange.read(spreadsheet, body.get("range", {}))
    _check_not_cut(tab, area)
    for line in _lines(tab, area, _shift(body)):
        _write_line(tab, line, [*(tab.cell(*place) for place in line[_size(area, _shift(body)) :])])
    return {}


def insert_range(spreadsheet: Spreadsheet, body: Json) -> Json:
    """insertRange: the cells move down (ROWS) or to the right (COLUMNS); what leaves the grid must be empty."""
    tab, area = gridrange.read(spreadsheet, body.get("range", {}))
    _check_not_cut(tab, area)
    size = _size(area, _shift(body))
    for line in _lines(tab, area, _shift(body)):
        cells = [tab.cell(*place) for place in line]
        if any(cell != BLANK for cell in cells[len(cells) - size :]):
            raise Invalid("The cells do not fit: the grid would have to grow.")
        _write_line(tab, line, [*[BLANK] * size, *cells])
    return {}


def _parts(area: Area, kind: str) -> list[Area]:
    match kind:
        case "MERGE_ROWS":
            return [area.with_span("ROWS", row, row + 1) for row in range(area.top, area.bottom)]
        case "MERGE_COLUMNS":
            return [area.with_span("COLUMNS", column, column + 1) for column in range(area.left, area.right)]
        case _:
            return [area]


def _check_not_cut(tab: Tab, area: Area) -> None:
    if any(old.meets(area) and not area.covers(old) for old in tab.merges):
        raise Invalid("You must select all cells in a merged range to merge or unmerge them.")


def _keep_corner(tab: Tab, area: Area) -> None:
    for row, column, cell in list(tab.cells(area)):
        if (row, column) != (area.top, area.left):
            tab.put(row, column, msgspec.structs.replace(cell, value=None, formula=None))


def _columns(area: Area) -> range:
    return range(area.left, area.right)


def _last_used(tab: Tab, area: Area) -> int:
    return min(area.bottom, len(tab.rows))


def _sorted(rows: list[_Row], column: int, descending: bool) -> list[_Row]:
    width = len(rows[0][1]) if rows else column + 1
    if not 0 <= column < width:
        raise Invalid("The dimension index of a sort spec lies outside the range.")
    filled = [row for row in rows if row[1][column].value is not None]
    empty = [row for row in rows if row[1][column].value is None]
    return sorted(filled, key=lambda row: _order(row[1][column]), reverse=descending) + empty


def _moved(cell: Cell, down: int) -> Cell:
    if not cell.formula or not down:
        return cell
    return msgspec.structs.replace(cell, formula=references.moved(cell.formula, down, 0))


def _order(cell: Cell) -> tuple[int, float, str]:
    match cell.value:
        case bool():
            return 2, float(cell.value), ""
        case str():
            return 1, 0.0, cell.value.casefold()
        case CellError() | None:
            return 3, 0.0, ""
        case number:
            return 0, number, ""


def _shift(body: Json) -> str:
    shift: str = body.get("shiftDimension", "DIMENSION_UNSPECIFIED")
    if shift not in {"ROWS", "COLUMNS"}:
        raise Invalid("No shiftDimension specified.")
    return shift


def _size(area: Area, shift: str) -> int:
    return area.height if shift == "ROWS" else area.width


def _lines(tab: Tab, area: Area, shift: str) -> Iterable[list[tuple[int, int]]]:
    """For each moving line: its places from the near edge of the area to the end of the grid."""
    grid = tab.grid
    if shift == "ROWS":
        return [[(row, column) for row in range(area.top, grid.bottom)] for column in _columns(area)]
    return [[(row, column) for column in range(area.left, grid.right)] for row in range(area.top, area.bottom)]


def _write_line(tab: Tab, places: list[tuple[int, int]], cells: list[Cell]) -> None:
    for index, place in enumerate(places):
        cell = cells[index] if index < len(cells) else BLANK
        if cell != tab.cell(*place):
            tab.put(*place, cell)
