"""Reading and writing plain values: what is behind `spreadsheets.values`."""

from typing import Any

import msgspec

from simulator.sheets import a1, changing, entered, naming, shown, tables
from simulator.sheets.area import Area
from simulator.sheets.errors import Invalid, beyond_grid, field_violation
from simulator.sheets.model import Cell, CellError, Spreadsheet, Tab, Value
from simulator.wire import Json

Rows = list[list[Any]]
"""Values row by row; None leaves a cell as it is."""


class Reading(msgspec.Struct, frozen=True):
    """How values are wanted; Google's names, Google's defaults."""

    render: str = "FORMATTED_VALUE"
    dates: str = "SERIAL_NUMBER"
    dimension: str = "ROWS"


class Written(msgspec.Struct, frozen=True):
    """What a write touched: the extent of the data, and the cells that got a value."""

    tab: Tab
    area: Area
    cells: frozenset[tuple[int, int]]

    @property
    def rows(self) -> int:
        return len({row for row, _ in self.cells})

    @property
    def columns(self) -> int:
        return len({column for _, column in self.cells})

    def counted(self) -> Json:
        """The counts as Google names them."""
        counts = {"updatedRows": self.rows, "updatedColumns": self.columns, "updatedCells": len(self.cells)}
        return {"updatedRange": a1.written(self.tab, self.area)} | {name: n for name, n in counts.items() if n}


def read(reference: a1.Reference, reading: Reading) -> Json:
    """A ValueRange: trailing empty cells and rows are cut, nothing at all has no `values`."""
    columns = _columns(reference)
    rows = [
        [_rendered(reference.tab.cell(row, column), reading) for column in columns]
        for row in range(reference.area.top, min(reference.area.bottom, len(reference.tab.rows)))
    ]
    by_columns = reading.dimension == "COLUMNS"
    values = _cut([list(column) for column in zip(*rows, strict=True)] if by_columns else rows)
    found = {"range": reference.written, "majorDimension": "COLUMNS" if by_columns else "ROWS"}
    return found | ({"values": values} if values else {})


def write(spreadsheet: Spreadsheet, reference: a1.Reference, rows: Rows, mode: str) -> Written:
    """Put `rows` at the top left of the area. Raises `Invalid` when they do not fit in."""
    tab, area = reference.tab, reference.area
    extent = Area(area.top, area.left, area.top + len(rows), area.left + max(map(len, rows), default=0))
    _check_fit(reference, extent)
    touched = set()
    for row, given_row in enumerate(rows, area.top):
        for column, given in enumerate(given_row, area.left):
            if given is not None:
                tab.put(row, column, _entered(tab.cell(row, column), given, mode, spreadsheet.locale))
                touched.add((row, column))
    return Written(tab, extent if not extent.empty else area, frozenset(touched))


def append(
    spreadsheet: Spreadsheet, reference: a1.Reference, rows: Rows, mode: str, insert_rows: bool
) -> tuple[Area | None, Written]:
    """Write `rows` below the last table in the area; the table (as it was) and what was written."""
    tab = reference.tab
    table = tables.last_within(tab, reference.area)
    top, left = (table.bottom, table.left) if table else (reference.area.top, reference.area.left)
    grid, bottom = tab.grid, top + len(rows)
    if insert_rows and top < grid.bottom and rows:
        changing.insert(spreadsheet, tab, "ROWS", top, len(rows))
    elif bottom > grid.bottom:
        changing.resize(spreadsheet, tab, bottom, grid.right)
    place = a1.Reference(tab, Area(top, left, top + 1, left + 1), grows=True)
    return table, write(spreadsheet, place, rows, mode)


def clear(reference: a1.Reference) -> None:
    """Take the values away; formats, notes and validation stay."""
    for row, column, cell in list(reference.tab.cells(reference.area)):
        reference.tab.put(row, column, msgspec.structs.replace(cell, value=None, formula=None))


def rows_given(body: Json) -> Rows:
    """The values of a ValueRange, row by row. Raises `Invalid` for what a cell cannot hold."""
    values = body.get("values", [])
    for index, row in enumerate(values if isinstance(values, list) else [values]):
        if not isinstance(row, list):
            wrong = f"Invalid value at 'data.values' (type.googleapis.com/google.protobuf.ListValue), {row!r:.100}"
            raise field_violation(wrong, f"data.values[{index}]")
        for column, item in enumerate(row):
            if not isinstance(item, bool | int | float | str | None):
                kind = "list_value" if isinstance(item, list) else "struct_value"
                raise Invalid(f"Invalid values[{index}][{column}]: {kind}")
    if not isinstance(values, list):
        raise field_violation("Invalid value at 'data.values'", "data.values")
    return _turned(values) if body.get("majorDimension") == "COLUMNS" else values


def _turned(columns: Rows) -> Rows:
    height = max(map(len, columns), default=0)
    return [[column[row] if row < len(column) else None for column in columns] for row in range(height)]


def _columns(reference: a1.Reference) -> range:
    widest = max((len(row) for row in reference.tab.rows), default=0)
    return range(reference.area.left, min(reference.area.right, widest))


def _rendered(cell: Cell, reading: Reading) -> Any:
    if reading.render == "FORMULA" and cell.formula:
        return cell.formula
    if reading.render == "FORMATTED_VALUE":
        return shown.shown(cell)
    if reading.render == "UNFORMATTED_VALUE" and reading.dates == "FORMATTED_STRING" and shown.is_date(cell):
        return shown.shown(cell)
    return plain(cell.value)


def plain(value: Value) -> Any:
    """A value as JSON has it: whole numbers without a point, errors as the cell shows them, nothing as empty text."""
    match value:
        case None:
            return ""
        case CellError():
            return value.shown
        case bool() | str():
            return value
        case number:
            return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _cut(rows: Rows) -> Rows:
    for row in rows:
        while row and row[-1] == "":
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _check_fit(reference: a1.Reference, extent: Area) -> None:
    tab, area = reference.tab, reference.area
    grid = tab.grid
    if extent.bottom > grid.bottom or extent.right > grid.right:
        raise beyond_grid(a1.written(tab, extent), grid.bottom, grid.right)
    if reference.grows:
        return
    if extent.bottom > area.bottom:
        raise _outside(reference, f"row [{area.bottom + 1}]")
    if extent.right > area.right:
        raise _outside(reference, f"column [{naming.letters(area.right)}]")


def _outside(reference: a1.Reference, where: str) -> Invalid:
    return Invalid(f"Requested writing within range [{reference.written}], but tried writing to {where}")


def _entered(cell: Cell, given: Any, mode: str, locale: str) -> Cell:
    return entered.typed(cell, given, locale) if mode == "USER_ENTERED" else entered.raw(cell, given)
