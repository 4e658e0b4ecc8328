"""What a person does to a spreadsheet on the page, whole or not at all: requests of the API, and typed cells."""

from typing import Any

import msgspec

from simulator.page_lists import choices
from simulator.sheets import a1, batch, discovery, entered
from simulator.sheets.area import Area
from simulator.sheets.errors import Invalid
from simulator.sheets.model import Cell, Spreadsheet, Tab
from simulator.sheets.shown import shown
from simulator.wire import Json, without_nulls


class Typed(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """What a person typed into a cell; row and column count from 0."""

    sheet_id: int
    row: int
    column: int
    value: str | bool | int | float


class Block(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """What was typed or pasted from a cell on, row by row; null leaves a cell as it is."""

    sheet_id: int
    row: int
    column: int
    values: list[list[str | bool | int | float | None]]


class Edit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One deed: requests of `batchUpdate`, then typed blocks."""

    requests: list[dict[str, Any]] = []
    typed: list[Block] = []


def do(spreadsheet: Spreadsheet, edit: Edit) -> list[Json]:
    """Do it, and give the replies of the requests. Raises `Invalid`; the caller then drops the spreadsheet."""
    body = without_nulls({"requests": edit.requests})
    discovery.check("BatchUpdateSpreadsheetRequest", body)
    replies = batch.apply(spreadsheet, body["requests"]) if edit.requests else []
    for block in edit.typed:
        for row, values in enumerate(block.values, block.row):
            for column, value in enumerate(values, block.column):
                if value is not None:
                    enter(spreadsheet, Typed(block.sheet_id, row, column, value))
    return replies


def enter(spreadsheet: Spreadsheet, typed: Typed) -> None:
    """Put what a person typed into its cell. Raises `Invalid` for a cell that there is not, or that refuses it."""
    tab = spreadsheet.tab(typed.sheet_id)
    grid = tab.grid if tab else None
    if tab is None or grid is None or not (0 <= typed.row < grid.bottom and 0 <= typed.column < grid.right):
        raise Invalid("There is no such cell.")
    cell = entered.typed(tab.cell(typed.row, typed.column), typed.value, spreadsheet.locale)
    _check_choice(spreadsheet, tab, typed, cell)
    tab.put(typed.row, typed.column, cell)


def _check_choice(spreadsheet: Spreadsheet, tab: Tab, typed: Typed, cell: Cell) -> None:
    """A strict list takes what is on it, and nothing."""
    if cell.value is None or not cell.validation or not cell.validation.get("strict"):
        return
    allowed = choices(spreadsheet, tab, cell.validation)
    if allowed is not None and shown(cell) not in allowed:
        place = a1.cells_written(Area(typed.row, typed.column, typed.row + 1, typed.column + 1))
        raise Invalid(f"{place} takes only what is on its list.")
