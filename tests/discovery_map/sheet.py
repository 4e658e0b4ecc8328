"""A Discovery Map in the local Google, as a person changes it by hand and as NuMirror sees it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from numirror.domains.tasks.mirrors import TASKS_TAB
from numirror.kernel.mirror import Cell
from numirror.shell.google.batch import Request
from numirror.shell.google.cells import Grid
from numirror.shell.google.sheets import Spreadsheet
from numirror.shell.resources.discovery_map import MapContent, ensure_tabs, read_map, repair
from tests.simulator.running import Account

Json = dict[str, Any]


class Counted(Spreadsheet):
    """Counts reads and writes; `before_write` happens once, between our read and our write."""

    def __init__(self, account: Account, before_write: Callable[[], object] | None = None) -> None:
        super().__init__(account.simulator.url, account.token, account.sheet)
        self.calls: list[str] = []
        self._before_write = before_write

    def tabs(self) -> list[Grid]:
        self.calls.append("read")
        return super().tabs()

    def grids(self, ranges: Sequence[str]) -> list[Grid]:
        self.calls.append("read")
        return super().grids(ranges)

    def column_values(self, title: str, columns: str) -> tuple[Json, list[list[Cell | None]]]:
        self.calls.append("read")
        return super().column_values(title, columns)

    def write(self, requests: Sequence[Request]) -> None:
        if requests:
            self.calls.append("write")
            between, self._before_write = self._before_write, None
            if between:
                between()
        super().write(requests)


@dataclass(frozen=True)
class Sheet:
    """One Sheet, and what its owner does to it."""

    account: Account

    @property
    def spreadsheet(self) -> Counted:
        return Counted(self.account)

    def ensure(self, broken: str = "") -> bool:
        return ensure_tabs(self.spreadsheet, [TASKS_TAB], broken)

    def read(self) -> MapContent:
        return read_map(self.spreadsheet)

    def repair(self) -> tuple[str, ...]:
        return repair(self.spreadsheet, self.read())

    def copy(self) -> "Sheet":
        """The same in a file of its own."""
        made = self.account.call("POST", f"/drive/v3/files/{self.account.sheet}/copy", {}).json()
        return Sheet(replace(self.account, sheet=made["id"]))

    @property
    def ids(self) -> dict[str, int]:
        found = self.account.resource(fields="sheets.properties(title,sheetId)")["sheets"]
        return {one["properties"]["title"]: one["properties"]["sheetId"] for one in found}

    def type(self, cell: str, *values: Any) -> None:
        """Values typed into a cell and those on its right."""
        answer = self.account.put(cell, [list(values)])
        assert "updatedRange" in answer, answer

    def formula(self, tab: str, row: int, column: int, text: str) -> None:
        """A formula, as a cell pasted from elsewhere brings it along; row and column count from 0."""
        start = {"sheetId": self.ids[tab], "rowIndex": row, "columnIndex": column}
        rows = [{"values": [{"userEnteredValue": {"formulaValue": text}}]}]
        self.change({"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}})

    def change(self, *requests: Json) -> None:
        """A batch, as the person's hands make it."""
        answer = self.account.batch(*requests)
        assert "replies" in answer, answer

    def delete(self, tab: str, dimension: str, index: int) -> None:
        self.change({"deleteDimension": {"range": self._line(tab, dimension, index)}})

    def insert(self, tab: str, dimension: str, index: int) -> None:
        self.change({"insertDimension": {"range": self._line(tab, dimension, index)}})

    def rename(self, tab: str, title: str) -> None:
        self.change(
            {"updateSheetProperties": {"properties": {"sheetId": self.ids[tab], "title": title}, "fields": "title"}}
        )

    def remove(self, tab: str) -> None:
        self.change({"deleteSheet": {"sheetId": self.ids[tab]}})

    def sort(self, tab: str, column: int = 0, order: str = "DESCENDING", below: int = 0) -> None:
        """Sorts the tab below its first rows, all of it if nothing is said."""
        spec = {"dimensionIndex": column, "sortOrder": order}
        self.change({"sortRange": {"range": {"sheetId": self.ids[tab], "startRowIndex": below}, "sortSpecs": [spec]}})

    def rows(self, tab: str) -> list[list[Any]]:
        """The values of a tab; of a formula its text."""
        found: list[list[Any]] = self.account.values(f"'{tab}'", valueRenderOption="FORMULA").get("values", [])
        return found

    def row(self, tab: str, key: str) -> list[Any]:
        """The row with this text in it."""
        return next(row for row in self.rows(tab) if key in row)

    def number(self, tab: str, key: str) -> int:
        """The number of that row, from 1."""
        return next(number for number, row in enumerate(self.rows(tab), 1) if key in row)

    def texts(self) -> dict[int, list[list[str]]]:
        """What stands in each tab, row by row, without the empty cells; of a formula its text."""
        fields = "sheets(properties.sheetId,data.rowData.values.userEnteredValue)"
        return {
            sheet["properties"]["sheetId"]: [_texts(row) for data in sheet["data"] for row in data.get("rowData", [])]
            for sheet in self.account.resource(fields=fields)["sheets"]
        }

    def resource(self, tab: str) -> Json:
        """The tab with all its cells."""
        found: Json = self.account.resource(ranges=f"'{tab}'", includeGridData="true")["sheets"][0]
        return found

    def _line(self, tab: str, dimension: str, index: int) -> Json:
        return {"sheetId": self.ids[tab], "dimension": dimension, "startIndex": index, "endIndex": index + 1}


def _texts(row: Json) -> list[str]:
    entered = (cell.get("userEnteredValue", {}) for cell in row.get("values", []))
    return [str(value) for one in entered for value in one.values()]


def lost(before: dict[int, list[list[str]]], after: dict[int, list[list[str]]]) -> list[list[str]]:
    """Rows of `before` that `after` has not. A row may have moved and got more cells, but must be in its tab, whole."""
    return [row for sheet_id, rows in before.items() for row in rows if row and not _has(after.get(sheet_id, []), row)]


def _has(rows: list[list[str]], wanted: list[str]) -> bool:
    for row in rows:
        cells = iter(row)
        if all(text in cells for text in wanted):
            return True
    return False
