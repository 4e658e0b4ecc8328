"""Functions that look something up."""

from simulator.sheets.formulas import tree
from simulator.sheets.formulas.functions import taking
from simulator.sheets.formulas.functions.conditions import fits
from simulator.sheets.formulas.meaning import (
    NOT_FOUND,
    REFERENCE,
    VALUE,
    Grid,
    Result,
    Wrong,
    rank,
    single,
    truth,
    whole,
)
from simulator.sheets.formulas.working_out import Function, Working
from simulator.sheets.model import CellError, Value


def _vertical(wanted: Result, grid: Result, column: Result, is_sorted: Result = True) -> Result:
    rows = _rows(grid)
    if not 1 <= whole(column) <= len(rows[0]):
        raise Wrong(VALUE if whole(column) < 1 else REFERENCE)
    place = _place(single(wanted), [row[0] for row in rows], 1 if truth(is_sorted) else 0)
    return rows[place][whole(column) - 1]


def _horizontal(wanted: Result, grid: Result, row: Result, is_sorted: Result = True) -> Result:
    turned = Grid([list(column) for column in zip(*_rows(grid), strict=True)])
    return _vertical(wanted, turned, row, is_sorted)


def _match(wanted: Result, line: Result, kind: Result = 1.0) -> Result:
    return _place(single(wanted), _line(line), whole(kind)) + 1.0


def _modern(wanted: Result, line: Result, results: Result, otherwise: Result = None, *_: Result) -> Result:
    try:
        return _line(results)[_place(single(wanted), _line(line), 0)]
    except Wrong as wrong:
        if otherwise is None or wrong.error is not NOT_FOUND:
            raise
        return otherwise


def _place(wanted: Value, line: list[Value], kind: int) -> int:
    """Where it is: exactly (0), the last one that is not greater (1) or not smaller (-1)."""
    if kind == 0:
        test = fits(f"={wanted}" if isinstance(wanted, str) else wanted)
        found = [place for place, value in enumerate(line) if test(value)][:1]
    else:
        same_kind = [(place, rank(value)) for place, value in enumerate(line) if _alike(value, wanted)]
        goal = rank(wanted)
        found = [place for place, value in same_kind if (value <= goal if kind > 0 else value >= goal)][-1:]
    if not found:
        raise Wrong(NOT_FOUND)
    return found[0]


def _alike(value: Value, wanted: Value) -> bool:
    return value is not None and not isinstance(value, CellError) and rank(value)[0] == rank(wanted)[0]


def _index(grid: Result, row: Result = None, column: Result = None) -> Result:
    rows = _rows(grid)
    down, right = (whole(0.0 if one is None else one) for one in (row, column))
    if column is None and len(rows) == 1:
        down, right = 1, down
    if down < 0 or right < 0 or down > len(rows) or right > len(rows[0]):
        raise Wrong(REFERENCE)
    chosen = rows[down - 1 : down] if down else rows
    return Grid([line[right - 1 : right] if right else line for line in chosen])


def _rows(grid: Result) -> list[list[Value]]:
    return grid.rows if isinstance(grid, Grid) else [[grid]]


def _line(grid: Result) -> list[Value]:
    return grid.flat if isinstance(grid, Grid) else [grid]


def _own_place(axis: int) -> Function:
    """ROW and COLUMN: of the cell that is named, or of the formula's own."""

    def function(working: Working, nodes: tuple[tree.Node, ...]) -> Result:
        if not nodes:
            return working.place[axis] + 1.0
        if not isinstance(nodes[0], tree.Place):
            raise Wrong(VALUE)
        area = working.reference(nodes[0]).area
        return (area.top, area.left)[axis] + 1.0

    return function


def _extent(axis: int) -> Function:
    """ROWS and COLUMNS: of all cells that are named, the empty ones too."""

    def function(working: Working, nodes: tuple[tree.Node, ...]) -> Result:
        (node,) = nodes
        if not isinstance(node, tree.Place):
            raise Wrong(VALUE)
        area = working.reference(node).area
        return float((area.height, area.width)[axis])

    return function


FUNCTIONS: dict[str, Function] = {
    "VLOOKUP": taking.results(_vertical),
    "HLOOKUP": taking.results(_horizontal),
    "XLOOKUP": taking.results(_modern),
    "MATCH": taking.results(_match),
    "INDEX": taking.results(_index),
    "ROW": _own_place(0),
    "COLUMN": _own_place(1),
    "ROWS": _extent(0),
    "COLUMNS": _extent(1),
}
