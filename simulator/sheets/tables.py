"""Tables as `values.append` finds them: blocks of connected cells that have a value.

Google's page "Read & write cell values" (Append values) tells the rules with an example."""

from simulator.sheets.area import Area
from simulator.sheets.model import Tab


def last_within(tab: Tab, area: Area) -> Area | None:
    """The last table that has a cell's place in common with `area`; of two on one row, the one on the right."""
    tables = [table for table in _tables(tab) if table.meets(area)]
    return max(tables, key=lambda table: (table.top, table.left), default=None)


def _tables(tab: Tab) -> list[Area]:
    filled = {(row, column) for row, column, cell in tab.cells(tab.grid) if cell.value is not None}
    found = []
    while filled:
        found.append(_block(filled))
    return _grown_together(found)


def _block(filled: set[tuple[int, int]]) -> Area:
    """Take one connected block out of `filled`; cells that touch at a corner are connected."""
    todo = [filled.pop()]
    rows, columns = [], []
    while todo:
        row, column = todo.pop()
        rows.append(row)
        columns.append(column)
        around = {(row + down, column + right) for down in (-1, 0, 1) for right in (-1, 0, 1)} & filled
        filled -= around
        todo.extend(around)
    return Area(min(rows), min(columns), max(rows) + 1, max(columns) + 1)


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
    return max((row + 1 for row, _, cell in tab.cells(tab.grid) if cell.value is not None), default=0)
