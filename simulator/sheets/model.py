"""A spreadsheet in memory. Cells are frozen, so a copy of a spreadsheet shares them and is cheap."""

from collections.abc import Iterator

import msgspec

from simulator.sheets.area import Area, Axis
from simulator.wire import Json

ROWS, COLUMNS = 1000, 26
"""The size of a new tab."""


class CellError(msgspec.Struct, frozen=True):
    """What a formula gives when it fails: Google's error type, its words, and how the cell shows it."""

    kind: str
    message: str
    shown: str


Value = CellError | bool | float | str | None


class Cell(msgspec.Struct, frozen=True, omit_defaults=True):
    """One cell: the value that counts, the formula that gave it, and what was laid over it."""

    value: Value = None
    formula: str | None = None
    format: Json = {}
    note: str | None = None
    validation: Json | None = None

    @property
    def filled(self) -> bool:
        """Whether it has a value, or a formula that may give one."""
        return self.value is not None or self.formula is not None


BLANK = Cell()


class Mark(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is known of a whole row or column: its size in pixels (None: the default), whether a person hid it."""

    pixels: int | None = None
    hidden: bool = False


class Protection(msgspec.Struct, frozen=True, omit_defaults=True):
    """A protected range; `area` None means the whole tab."""

    id: int
    area: Area | None = None
    description: str = ""
    warning_only: bool = False
    editors: tuple[str, ...] = ()


class Metadata(msgspec.Struct, frozen=True, omit_defaults=True):
    """Developer metadata: of the spreadsheet (`tab` None), of a tab (`axis` None), or of the row or column `index`."""

    id: int
    key: str
    visibility: str
    value: str | None = None
    tab: int | None = None
    axis: str | None = None
    index: int = 0


class Chart(msgspec.Struct, frozen=True, omit_defaults=True):
    """A chart over the cells: Google's ChartSpec as it is kept, the cell it is anchored to, and pixels."""

    id: int
    spec: Json
    row: int
    column: int
    x: int
    y: int
    width: int
    height: int


class NamedRange(msgspec.Struct, frozen=True):
    """A name for cells of the tab `tab`."""

    id: str
    name: str
    tab: int
    area: Area


class Filter(msgspec.Struct, frozen=True, omit_defaults=True):
    """The basic filter of a tab: its place, and the rest of Google's BasicFilter."""

    area: Area
    rest: Json = {}


class Group(msgspec.Struct, frozen=True, omit_defaults=True):
    """Rows or columns that fold together; `depth` counts the groups around, itself included."""

    axis: Axis
    start: int
    end: int
    depth: int
    collapsed: bool = False


class Rule(msgspec.Struct, frozen=True):
    """A conditional format: where it holds, and Google's `booleanRule` or `gradientRule`."""

    areas: tuple[Area, ...]
    rest: Json


class Tab(msgspec.Struct):
    """One sheet of a spreadsheet. `properties` is Google's SheetProperties; rows are as long as they were written."""

    properties: Json
    rows: list[list[Cell | None]] = []
    row_marks: list[Mark | None] = []
    column_marks: list[Mark | None] = []
    merges: list[Area] = []
    protections: list[Protection] = []
    charts: list[Chart] = []
    filter: Filter | None = None
    groups: list[Group] = []
    rules: list[Rule] = []

    @property
    def id(self) -> int:
        return int(self.properties["sheetId"])

    @property
    def title(self) -> str:
        return str(self.properties["title"])

    @property
    def grid(self) -> Area:
        size = self.properties["gridProperties"]
        return Area(0, 0, size["rowCount"], size["columnCount"])

    def cell(self, row: int, column: int) -> Cell:
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column] or BLANK
        return BLANK

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Rows are replaced, never changed: copies of the tab share them."""
        self.rows.extend([] for _ in range(row + 1 - len(self.rows)))
        cells = self.rows[row]
        cells = cells + [None] * (column + 1 - len(cells))
        cells[column] = None if cell == BLANK else cell
        self.rows[row] = cells

    def cells(self, area: Area) -> Iterator[tuple[int, int, Cell]]:
        """The cells in `area` that have something, row by row."""
        for row in range(area.top, min(area.bottom, len(self.rows))):
            for column in range(area.left, min(area.right, len(self.rows[row]))):
                cell = self.rows[row][column]
                if cell is not None:
                    yield row, column, cell

    def copy(self) -> "Tab":
        return Tab(
            self.properties,
            self.rows.copy(),
            self.row_marks.copy(),
            self.column_marks.copy(),
            self.merges.copy(),
            self.protections.copy(),
            self.charts.copy(),
            self.filter,
            self.groups.copy(),
            self.rules.copy(),
        )


class Spreadsheet(msgspec.Struct):
    """A spreadsheet: its tabs stand in the order in which they show."""

    title: str
    tabs: list[Tab]
    locale: str = "en_US"
    time_zone: str = "Etc/GMT"
    metadata: list[Metadata] = []
    names: list[NamedRange] = []

    def tab(self, sheet_id: int) -> Tab | None:
        return next((tab for tab in self.tabs if tab.id == sheet_id), None)

    def titled(self, title: str) -> Tab | None:
        """The tab with this title; upper and lower case count as one, as Google's tab bar has it."""
        exact = next((tab for tab in self.tabs if tab.title == title), None)
        return exact or next((tab for tab in self.tabs if tab.title.casefold() == title.casefold()), None)

    def copy(self) -> "Spreadsheet":
        tabs = [tab.copy() for tab in self.tabs]
        return Spreadsheet(self.title, tabs, self.locale, self.time_zone, self.metadata.copy(), self.names.copy())

    def named(self, name: str) -> NamedRange | None:
        """The named range; upper and lower case count as one."""
        return next((one for one in self.names if one.name.casefold() == name.casefold()), None)


def new_tab(sheet_id: int, title: str, index: int, rows: int = ROWS, columns: int = COLUMNS) -> Tab:
    """An empty tab."""
    size = {"rowCount": rows, "columnCount": columns}
    return Tab(
        {"sheetId": sheet_id, "title": title, "index": index, "sheetType": "GRID", "gridProperties": size},
    )


def new_spreadsheet(title: str) -> Spreadsheet:
    """What Drive makes: one tab `Sheet1`, id 0, 1000 by 26."""
    return Spreadsheet(title, [new_tab(0, "Sheet1", 0)])
