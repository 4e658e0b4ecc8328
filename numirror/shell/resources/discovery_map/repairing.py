"""What was lost in a Discovery Map, put back; what a person wrote stays."""

from collections.abc import Iterator, Sequence

from numirror.shell.google.batch import (
    Request,
    append_below,
    append_columns,
    bold_row,
    cells_at,
    frozen,
    insert_line,
    marked,
)
from numirror.shell.google.sheets import Spreadsheet
from numirror.shell.resources.discovery_map import meta, sealed
from numirror.shell.resources.discovery_map.content import MapContent, Table, line
from numirror.shell.resources.discovery_map.finding import ROWS
from numirror.shell.resources.discovery_map.header import Header
from numirror.shell.resources.discovery_map.layouts import META, OWN, VAULT, setting_line
from numirror.shell.resources.discovery_map.reading import read_map
from numirror.shell.resources.discovery_map.settings import KEYS
from numirror.shell.resources.discovery_map.tabs import made

Said = tuple[str, list[Request]]
"""What is done, in a sentence, and the requests that do it."""

_NAMES = {META.title: meta.NAMES, VAULT.title: sealed.NAMES}


def repair(spreadsheet: Spreadsheet, content: MapContent) -> tuple[str, ...]:
    """Puts back tabs, headers, columns and rows that are missing, in one batch, and says in sentences what it did.

    No cell that holds something is written over. Does nothing, and asks Google nothing, where `content` has no problem
    that is `repairable`; else the map is read again, as it may have changed. Raises Google's errors.
    """
    if not any(problem.repairable for problem in content.problems):
        return ()
    done = list(_repairs(read_map(spreadsheet)))
    spreadsheet.write([request for _, requests in done for request in requests])
    return tuple(sentence for sentence, _ in done)


def _repairs(content: MapContent) -> Iterator[Said]:
    for name, grid in content.tabs.items():
        if grid.mark != name:
            yield f"{grid.title} is found again under any name.", [marked(grid.sheet_id, name)]
    for name, table in content.tables.items():
        yield from _header(table, _NAMES[name])
    if META.title in content.tables:
        yield from _rows(content.tables[META.title])
    missing = [layout for layout in OWN if layout.title not in content.tabs]
    if missing:
        names = ", ".join(layout.title for layout in missing)
        yield f"Made again: {names}.", made(missing, OWN, content.every, content.every)


def _header(table: Table, names: Sequence[str]) -> Iterator[Said]:
    """First the columns, from left to right, then the row, then the words: each counts on the one before."""
    grid, header = table.grid, table.header
    columns, put_in = whole_columns(header, names)
    missing = [name for name in names if name not in header.said and name not in header.other]
    if not missing:
        return
    width = max(header.at.values(), default=-1) + 1
    requests = [append_columns(grid.sheet_id, width - grid.column_count)] if width > grid.column_count else []
    for wide, column in enumerate(put_in, max(width, grid.column_count)):
        # Google puts in before a column that is there.
        last = column == wide
        requests.append(append_columns(grid.sheet_id, 1) if last else insert_line(grid.sheet_id, "COLUMNS", column))
    if not header.found and not header.room:
        requests.append(insert_line(grid.sheet_id, "ROWS", header.row))
    requests += [cells_at(grid.sheet_id, header.row, columns[name], [[name]]) for name in missing]
    requests.append(bold_row(grid.sheet_id, header.row))
    if header.row == 0 and grid.row_count > 1:
        requests.append(frozen(grid.sheet_id, 1))
    yield f"Put back in the header of {grid.title}: {', '.join(missing)}.", requests


def whole_columns(header: Header, names: Sequence[str]) -> tuple[dict[str, int], list[int]]:
    """A column for each name, and where columns are put in for that, in turn."""
    columns, put_in = dict(header.at), list[int]()
    for place, name in enumerate(names):
        if name in columns:
            continue
        before = [columns[other] + 1 for other in names[:place]]
        index = before[-1] if before else 0
        columns = {other: column + (column >= index) for other, column in columns.items()} | {name: index}
        put_in.append(index)
    return columns, put_in


def _rows(table: Table) -> Iterator[Said]:
    missing = [key for key in KEYS if key.name not in table.places]
    if not missing or len(table.grid.rows) >= ROWS:
        return
    columns, _ = whole_columns(table.header, meta.NAMES)
    rows = [line(columns, setting_line(key)) for key in missing]
    names = ", ".join(key.name for key in missing)
    yield f"Put back in {table.grid.title}: {names}.", [append_below(table.grid.sheet_id, rows)]
