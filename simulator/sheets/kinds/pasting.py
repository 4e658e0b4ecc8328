"""Requests that copy or cut cells and paste them."""

import msgspec

from simulator.sheets import gridrange
from simulator.sheets.area import Area
from simulator.sheets.errors import Invalid
from simulator.sheets.formulas import references
from simulator.sheets.model import BLANK, Cell, Spreadsheet, Tab
from simulator.wire import Json

_Cells = list[list[Cell]]


def copy(spreadsheet: Spreadsheet, body: Json) -> Json:
    """copyPaste: repeated where the destination is a multiple of the source; formulas point as far as before."""
    source, area = gridrange.read(spreadsheet, body.get("source", {}))
    target, place = gridrange.read(spreadsheet, body.get("destination", {}))
    cells = _taken(source, area)
    turned = body.get("pasteOrientation") == "TRANSPOSE"
    if turned:
        cells = [list(column) for column in zip(*cells, strict=True)]
    height, width = len(cells), len(cells[0])
    kind = body.get("pasteType", "PASTE_NORMAL")
    for row in range(place.top, place.top + _times(place.height, height)):
        for column in range(place.left, place.left + _times(place.width, width)):
            down, right = (row - place.top) % height, (column - place.left) % width
            old = (area.top + right, area.left + down) if turned else (area.top + down, area.left + right)
            _check_inside(target, row, column)
            cell = _shifted(cells[down][right], row - old[0], column - old[1])
            target.put(row, column, _pasted(target.cell(row, column), cell, kind))
    return {}


def cut(spreadsheet: Spreadsheet, body: Json) -> Json:
    """cutPaste: the cells move, their formulas as they are; the source is empty afterwards."""
    source, area = gridrange.read(spreadsheet, body.get("source", {}))
    to = body.get("destination", {})
    target = gridrange.tab_of(spreadsheet, to.get("sheetId", 0))
    top, left = to.get("rowIndex", 0), to.get("columnIndex", 0)
    kind, cells = body.get("pasteType", "PASTE_NORMAL"), _taken(source, area)
    for row in range(area.top, area.bottom):
        for column in range(area.left, area.right):
            source.put(row, column, BLANK)
    for row, line in enumerate(cells, top):
        for column, cell in enumerate(line, left):
            _check_inside(target, row, column)
            target.put(row, column, _pasted(target.cell(row, column), cell, kind))
    return {}


def _taken(tab: Tab, area: Area) -> _Cells:
    return [[tab.cell(row, column) for column in range(area.left, area.right)] for row in range(area.top, area.bottom)]


def _times(room: int, size: int) -> int:
    return room if room % size == 0 else size


def _check_inside(tab: Tab, row: int, column: int) -> None:
    if not tab.grid.covers(Area(row, column, row + 1, column + 1)):
        raise Invalid("The cells do not fit: the grid would have to grow.")


def _shifted(cell: Cell, down: int, right: int) -> Cell:
    if not cell.formula:
        return cell
    return msgspec.structs.replace(cell, formula=references.moved(cell.formula, down, right))


def _pasted(old: Cell, new: Cell, kind: str) -> Cell:
    match kind:
        case "PASTE_VALUES":
            return msgspec.structs.replace(old, value=new.value, formula=None)
        case "PASTE_FORMULA":
            return msgspec.structs.replace(old, value=new.value, formula=new.formula)
        case "PASTE_FORMAT":
            return msgspec.structs.replace(old, format=new.format)
        case "PASTE_DATA_VALIDATION":
            return msgspec.structs.replace(old, validation=new.validation)
        case "PASTE_NO_BORDERS":
            plain = {name: member for name, member in new.format.items() if name != "borders"}
            return msgspec.structs.replace(new, format=plain)
        case "PASTE_CONDITIONAL_FORMATTING":
            raise Invalid("The simulator does not paste conditional formats alone yet.")
        case _:
            return new
