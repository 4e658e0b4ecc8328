"""A spreadsheet as the page draws it."""

from typing import Any

from simulator.sheets import formats
from simulator.sheets.area import Area
from simulator.sheets.chart_view import drawing
from simulator.sheets.model import BLANK, Cell, CellError, Spreadsheet, Tab
from simulator.sheets.shown import is_date, shown
from simulator.storage.file import File
from simulator.wire import Json


def sheet_view(file: File) -> Json:
    """All tabs with what their cells show; rows end after the last one that has something."""
    tabs = [_tab(tab) | {"charts": _charts(file.spreadsheet, tab)} for tab in file.spreadsheet.tabs]
    return {"id": file.id, "title": file.spreadsheet.title, "revision": file.revision, "tabs": tabs}


def _tab(tab: Tab) -> Json:
    size = tab.properties["gridProperties"]
    columns = list(enumerate(tab.column_marks))
    return {
        "sheetId": tab.id,
        "title": tab.title,
        "rowCount": size["rowCount"],
        "columnCount": size["columnCount"],
        "frozenRowCount": size.get("frozenRowCount", 0),
        "frozenColumnCount": size.get("frozenColumnCount", 0),
        "hidden": bool(tab.properties.get("hidden")),
        "hiddenColumns": [index for index, mark in columns if mark and mark.hidden],
        "hiddenRows": [index for index, mark in enumerate(tab.row_marks) if mark and mark.hidden],
        "columnWidths": {str(index): mark.pixels for index, mark in columns if mark and mark.pixels is not None},
        "merges": [[area.top, area.left, area.bottom, area.right] for area in tab.merges],
        "rows": _rows(tab, tab.grid),
    }


def _charts(spreadsheet: Spreadsheet, tab: Tab) -> list[Json]:
    return [drawing(spreadsheet, chart) for chart in tab.charts]


def _rows(tab: Tab, grid: Area) -> list[list[Any]]:
    rows = [[_cell(cell or BLANK) for cell in row[: grid.right]] for row in tab.rows[: grid.bottom]]
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _cell(cell: Cell) -> Json | None:
    if cell == BLANK:
        return None
    found: Json = {"v": shown(cell), "t": _kind(cell)}
    if cell.formula:
        found["formula"] = cell.formula
    if cell.format.get("textFormat", {}).get("bold"):
        found["bold"] = True
    if "backgroundColor" in cell.format:
        found["bg"] = formats.hexadecimal(cell.format["backgroundColor"])
    if cell.note:
        found["note"] = cell.note
    if cell.validation and cell.validation.get("condition", {}).get("type") == "BOOLEAN":
        found["checkbox"] = True
    return found


def _kind(cell: Cell) -> str:
    """s(tring), n(umber), b(oolean) or d(ate)."""
    match cell.value:
        case bool():
            return "b"
        case None | str() | CellError():
            return "s"
        case _:
            return "d" if is_date(cell) else "n"
