"""Requests that write cells."""

import msgspec

from simulator.sheets import cell_data, changing, gridrange, tables
from simulator.sheets.area import Area
from simulator.sheets.errors import Invalid
from simulator.sheets.formulas import references
from simulator.sheets.kinds import masks
from simulator.sheets.mask import Mask
from simulator.sheets.model import Spreadsheet, Tab
from simulator.wire import Json


def update(spreadsheet: Spreadsheet, body: Json) -> Json:
    """updateCells: masked fields from `rows`; what a `range` covers beyond the rows is cleared."""
    mask = masks.required(body, "CellData")
    rows = body.get("rows", [])
    if ("start" in body) == ("range" in body):
        raise Invalid("Exactly one of start and range must be set.")
    if "range" in body:
        tab, area = gridrange.read(spreadsheet, body["range"])
        _check_rows(rows, area)
        rows = [_padded(row, area.width) for row in [*rows, *({} for _ in range(area.height - len(rows)))]]
    else:
        start = body["start"]
        tab = gridrange.tab_of(spreadsheet, start.get("sheetId", 0))
        top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
        area = Area(top, left, tab.grid.bottom, tab.grid.right)
        if top < 0 or left < 0:
            raise Invalid("A coordinate may not be negative.")
        _check_rows(rows, area)
    _write(tab, area.top, area.left, rows, mask)
    return {}


def repeat(spreadsheet: Spreadsheet, body: Json) -> Json:
    """repeatCell: the same masked fields in each cell of the range; a formula is shifted as in a copy."""
    mask = masks.required(body, "CellData")
    tab, area = gridrange.read(spreadsheet, body.get("range", {}))
    cell = body.get("cell", {})
    rows = [{"values": [_shifted(cell, down, right) for right in range(area.width)]} for down in range(area.height)]
    _write(tab, area.top, area.left, rows, mask)
    return {}


def append(spreadsheet: Spreadsheet, body: Json) -> Json:
    """appendCells: below the last row that has a value; the grid grows when it must."""
    mask = masks.required(body, "CellData")
    tab = gridrange.tab_of(spreadsheet, body.get("sheetId", 0))
    rows = body.get("rows", [])
    top = tables.used_rows(tab)
    widest = max((len(row.get("values", [])) for row in rows), default=0)
    grid = tab.grid
    if top + len(rows) > grid.bottom or widest > grid.right:
        changing.resize(spreadsheet, tab, max(grid.bottom, top + len(rows)), max(grid.right, widest))
    _write(tab, top, 0, rows, mask)
    return {}


def validate(spreadsheet: Spreadsheet, body: Json) -> Json:
    """setDataValidation: without a rule, validation is taken away."""
    tab, area = gridrange.read(spreadsheet, body.get("range", {}))
    rule = cell_data.rule(body.get("rule"))
    for row in range(area.top, area.bottom):
        for column in range(area.left, area.right):
            tab.put(row, column, msgspec.structs.replace(tab.cell(row, column), validation=rule))
    return {}


def _shifted(cell: Json, down: int, right: int) -> Json:
    formula = cell.get("userEnteredValue", {}).get("formulaValue")
    if not formula or not (down or right):
        return cell
    return cell | {"userEnteredValue": {"formulaValue": references.moved(formula, down, right)}}


def _write(tab: Tab, top: int, left: int, rows: list[Json], mask: Mask) -> None:
    for row, given in enumerate(rows, top):
        for column, data in enumerate(given.get("values", []), left):
            tab.put(row, column, cell_data.changed(tab.cell(row, column), data, mask))


def _check_rows(rows: list[Json], area: Area) -> None:
    if len(rows) > area.height:
        raise Invalid(f"Attempting to write row: {area.bottom}, beyond the last requested row of: {area.bottom - 1}")
    if any(len(row.get("values", [])) > area.width for row in rows):
        raise Invalid(
            f"Attempting to write column: {area.right}, beyond the last requested column of: {area.right - 1}"
        )


def _padded(row: Json, width: int) -> Json:
    values = row.get("values", [])
    return {"values": [*values, *({} for _ in range(width - len(values)))]}
