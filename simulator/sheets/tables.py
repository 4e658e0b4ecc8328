"""Tables as `values.append` finds them: blocks of connected cells that have a value.

Google's page "Read & write cell values" (Append values) tells the rules with an example."""

from collections.abc import Iterator

from simulator.sheets.area import Area
from simulator.sheets.model import Cell, Tab


def last_within(tab: Tab, area: Area) -> Area | None:
    """The last table that has a cell's place in common with `area`; of two on one row, the one on the right."""
    tables = [table for table in _tables(tab) if table.meets(area)]
    return max(tables, key=lambda table: (table.top, table.left), default=None)


def _tables(tab: Tab) -> list[Area]:
    """Blocks of filled cells, run by run; cells that touch at a corner are connected."""
    block_of: list[int] = []
    runs: list[Area] = []
    above = range(0)
    for row, cells in enumerate(tab.rows):
        start = len(runs)
        for left, right in _runs(cells):
            block_of.append(len(runs))
            runs.append(Area(row, left, row + 1, right))
            for other in above:
                if left <= runs[other].right and runs[other].left <= right:
                    _join(block_of, other, len(runs) - 1)
        above = range(start, len(runs))
    blocks: dict[int, Area] = {}
    for number, run in enumerate(runs):
        block = _first(block_of, number)
        blocks[block] = _around(blocks.get(block, run), run)
    return _grown_together(list(blocks.values()))


def _join(block_of: list[int], one: int, other: int) -> None:
    first, second = _first(block_of, one), _first(block_of, other)
    block_of[max(first, second)] = min(first, second)


def _first(block_of: list[int], run: int) -> int:
    """The first run of the block that this run belongs to."""
    while block_of[run] != run:
        block_of[run] = block_of[block_of[run]]
        run = block_of[run]
    return run


def _runs(cells: list[Cell | None]) -> Iterator[tuple[int, int]]:
    """Start and end of each run of filled cells in a row."""
    start = None
    for column, cell in enumerate(cells):
        filled = cell is not None and cell.filled
        if filled and start is None:
            start = column
        elif not filled and start is not None:
            yield start, column
            start = None
    if start is not None:
        yield start, len(cells)


def _grown_together(areas: list[Area]) -> list[Area]:
    """Blocks whose rectangles overlap are one table."""
    result: list[Area] = []
    for area in areas:
        whole = area
        while meeting := [other for other in result if other.meets(whole)]:
            result = [other for other in result if other not in meeting]
            for other in meeting:
                whole = _around(whole, other)
        result.append(whole)
    return result


def _around(one: Area, other: Area) -> Area:
    return Area(
        min(one.top, other.top),
        min(one.left, other.left),
        max(one.bottom, other.bottom),
        max(one.right, other.right),
    )


def used_rows(tab: Tab) -> int:
    """How many rows there are down to the last one with a value."""
    return max((row + 1 for row, _, cell in tab.cells(tab.grid) if cell.filled), default=0)
