"""The values of all formulas of a spreadsheet, brought up to date."""

from collections.abc import Iterable

import msgspec

from simulator.sheets.formulas import tree
from simulator.sheets.formulas.functions import FUNCTIONS
from simulator.sheets.formulas.functions.dates import KINDS
from simulator.sheets.formulas.working_out import Working
from simulator.sheets.model import Cell, Spreadsheet


def refresh(spreadsheet: Spreadsheet) -> None:
    """Work out every formula; a cell whose value stays the same is not touched."""
    working = Working(spreadsheet, FUNCTIONS)
    for tab in spreadsheet.tabs:
        for row, cells in enumerate(tab.rows):
            for column, cell in enumerate(cells):
                if cell is not None and cell.formula:
                    value = working.work_out(tab, row, column)
                    if value != cell.value or type(value) is not type(cell.value):
                        tab.put(row, column, msgspec.structs.replace(cell, value=value))


def has_formulas(rows: Iterable[list[Cell | None]]) -> bool:
    """Whether there is a formula in one of the rows."""
    return any(cell is not None and cell.formula for row in rows for cell in row)


def kind(formula: str) -> str:
    """The type of number format that the formula's own function brings along, or none."""
    try:
        node = tree.read(formula)
    except tree.Unreadable:
        return ""
    return KINDS.get(node.name, "") if isinstance(node, tree.Call) else ""
