"""updateBorders: lines around cells and between them."""

import msgspec

from simulator.sheets import formats, gridrange
from simulator.sheets.area import Area
from simulator.sheets.model import Cell, Spreadsheet
from simulator.wire import Json


def update(spreadsheet: Spreadsheet, body: Json) -> Json:
    """A side that is named is drawn, or taken away by the style NONE; others stay."""
    tab, area = gridrange.read(spreadsheet, body.get("range", {}))
    for row in range(area.top, area.bottom):
        for column in range(area.left, area.right):
            sides = {side: body[name] for side, name in _named(area, row, column) if name in body}
            if sides:
                tab.put(row, column, _bordered(tab.cell(row, column), sides))
    return {}


def _named(area: Area, row: int, column: int) -> list[tuple[str, str]]:
    """The sides of a cell, each with the member of the request that means it."""
    return [
        ("top", "top" if row == area.top else "innerHorizontal"),
        ("bottom", "bottom" if row == area.bottom - 1 else "innerHorizontal"),
        ("left", "left" if column == area.left else "innerVertical"),
        ("right", "right" if column == area.right - 1 else "innerVertical"),
    ]


def _bordered(cell: Cell, sides: Json) -> Cell:
    borders = cell.format.get("borders", {}) | formats.kept(sides)
    borders = {side: border for side, border in borders.items() if border.get("style", "NONE") != "NONE"}
    rest = {name: member for name, member in cell.format.items() if name != "borders"}
    return msgspec.structs.replace(cell, format=rest | ({"borders": borders} if borders else {}))
