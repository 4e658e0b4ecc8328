"""A spreadsheet as the page draws it."""

from typing import Any

import msgspec

from simulator.page_cells import cell_view
from simulator.page_filter import filter_view, filtered_rows
from simulator.page_lists import in_range, range_of
from simulator.page_tints import Tints
from simulator.sheets.chart_view import drawing
from simulator.sheets.model import BLANK, Cell, Mark, Spreadsheet, Tab
from simulator.storage.file import File
from simulator.wire import Json


class Drawn(msgspec.Struct, frozen=True):
    """A view, and the rows of cells that it was drawn from: a row that is the same is not drawn twice."""

    view: Json
    cells: dict[int, list[list[Cell | None]]]
    tinted: frozenset[int]

    def rows(self, sheet_id: int) -> list[list[Any]]:
        return next((tab["rows"] for tab in self.view["tabs"] if tab["sheetId"] == sheet_id), [])


NOTHING = Drawn({"tabs": []}, {}, frozenset())


def draw(file: File, known: Drawn = NOTHING) -> Drawn:
    """All tabs with what their cells show; rows end after the last one that has something."""
    spreadsheet = file.spreadsheet
    tabs = [_tab(spreadsheet, tab) | {"rows": _rows(tab, known)} for tab in spreadsheet.tabs]
    view = {"id": file.id, "title": spreadsheet.title, "revision": file.revision, "tabs": tabs}
    tinted = frozenset(tab.id for tab in spreadsheet.tabs if tab.rules)
    return Drawn(view, {tab.id: tab.rows for tab in spreadsheet.tabs}, tinted)


def _tab(spreadsheet: Spreadsheet, tab: Tab) -> Json:
    size = tab.properties["gridProperties"]
    return {
        "sheetId": tab.id,
        "title": tab.title,
        "rowCount": size["rowCount"],
        "columnCount": size["columnCount"],
        "frozenRowCount": size.get("frozenRowCount", 0),
        "frozenColumnCount": size.get("frozenColumnCount", 0),
        "hidden": bool(tab.properties.get("hidden")),
        "hiddenColumns": _hidden(tab.column_marks),
        "hiddenRows": _hidden(tab.row_marks),
        "filteredRows": filtered_rows(tab),
        "filter": filter_view(tab),
        "columnWidths": _pixels(tab.column_marks),
        "rowHeights": _pixels(tab.row_marks),
        "merges": [[area.top, area.left, area.bottom, area.right] for area in tab.merges],
        "rules": len(tab.rules),
        "lists": _lists(spreadsheet, tab),
        "charts": [drawing(spreadsheet, chart) for chart in tab.charts],
    }


def _hidden(marks: list[Mark | None]) -> list[int]:
    return [index for index, mark in enumerate(marks) if mark and mark.hidden]


def _pixels(marks: list[Mark | None]) -> dict[str, int]:
    return {str(index): mark.pixels for index, mark in enumerate(marks) if mark and mark.pixels is not None}


def _lists(spreadsheet: Spreadsheet, tab: Tab) -> dict[str, list[str]]:
    """The lists that are read from ranges, by the range."""
    rules = {id(cell.validation): cell.validation for _, _, cell in tab.cells(tab.grid) if cell.validation}
    ranges = {written for rule in rules.values() if (written := range_of(rule)) is not None}
    return {written: in_range(spreadsheet, tab, written) for written in sorted(ranges)}


def _rows(tab: Tab, known: Drawn) -> list[list[Any]]:
    """A conditional format looks at many cells at once, so where there is one, every row is drawn."""
    tints = Tints(tab) if tab.rules else None
    old_cells, old_rows = known.cells.get(tab.id, []), known.rows(tab.id)
    again = len(old_rows) if not tints and tab.id not in known.tinted else 0
    grid, rows = tab.grid, []
    for index, cells in enumerate(tab.rows[: grid.bottom]):
        same = index < again and old_cells[index] == cells
        rows.append(old_rows[index] if same else _row(index, cells[: grid.right], tints))
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _row(index: int, cells: list[Cell | None], tints: Tints | None) -> list[Json | None]:
    row = [_cell(index, column, cell or BLANK, tints) for column, cell in enumerate(cells)]
    while row and row[-1] is None:
        row.pop()
    return row


def _cell(row: int, column: int, cell: Cell, tints: Tints | None) -> Json | None:
    view, tint = cell_view(cell), tints.of(row, column, cell) if tints else {}
    return (view or {"v": "", "t": "s"}) | tint if tint else view
