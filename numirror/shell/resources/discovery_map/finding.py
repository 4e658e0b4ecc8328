"""Which tab is which: by its mark or its title, and where both are lost, by what stands in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from numirror.shell.google.cells import Grid
from numirror.shell.google.errors import TabMissing
from numirror.shell.google.sheets import Spreadsheet, quoted
from numirror.shell.resources.discovery_map.header import text_of
from numirror.shell.resources.discovery_map.layouts import META, OWN, README, VAULT
from numirror.shell.resources.discovery_map.settings import BY_NAME
from numirror.shell.resources.discovery_map.tabs import known

SEALED = "nu1."
"""What sealed text begins with."""

ROWS = 5_000
"""Rows of a tab that are read."""
_TABS, _ROWS, _COLUMNS = 60, 100, 26
"""How far is looked for a tab that has lost its title and its mark."""
_PROOF = 2
"""Keys of ours, or header words, that speak for `Meta`."""


@dataclass(frozen=True, slots=True)
class Found:
    """The tabs of a map that are there, by their first name; `Meta` and `Vault` with all their rows.

    `every` are all tabs of the Sheet; nothing where no tab is amiss, as nobody needs them then.
    """

    own: Mapping[str, Grid]
    every: tuple[Grid, ...] = ()


def find(spreadsheet: Spreadsheet) -> Found:
    """The tabs as they are now. One read if all bear title and mark, else up to four. Raises Google's errors."""
    try:
        read = _read(spreadsheet, {layout.title: layout.title for layout in OWN})
    except TabMissing:
        read = {}
    if len(read) == len(OWN) and all(grid.mark == name for name, grid in read.items()):
        return Found(read)
    every = spreadsheet.tabs()
    own = known(every)
    own = {**_recognised(spreadsheet, every, own), **own}
    return Found(_read(spreadsheet, {name: grid.title for name, grid in own.items()}), tuple(every))


def _read(spreadsheet: Spreadsheet, titles: Mapping[str, str]) -> dict[str, Grid]:
    """The tabs with these titles, by first name; of the README only a corner."""
    if not titles:
        return {}
    ranges = [quoted(title) + ("!A1" if name == README.title else "") for name, title in titles.items()]
    grids = {grid.title.casefold(): replace(grid, rows=grid.rows[:ROWS]) for grid in spreadsheet.grids(ranges)}
    return {name: grids[title.casefold()] for name, title in titles.items()}


def _recognised(spreadsheet: Spreadsheet, every: Iterable[Grid], own: Mapping[str, Grid]) -> dict[str, Grid]:
    """`Meta` and `Vault` among the tabs that nobody knows, by what stands in them."""
    if META.title in own and VAULT.title in own:
        return {}
    taken = {grid.sheet_id for grid in own.values()}
    unknown = [grid for grid in every if grid.sheet_id not in taken and not grid.mark and grid.row_count][:_TABS]
    corners = spreadsheet.grids([_corner(grid) for grid in unknown]) if unknown else []
    found: dict[str, Grid] = {}
    for corner in corners:
        name = _like(corner)
        if name:
            found.setdefault(name, corner)
    return found


def _corner(grid: Grid) -> str:
    last = chr(ord("A") + min(grid.column_count, _COLUMNS) - 1)
    return f"{quoted(grid.title)}!A1:{last}{min(grid.row_count, _ROWS)}"


def _like(grid: Grid) -> str:
    """The first name of the tab that this one looks like."""
    texts = [text_of(held) for row in grid.rows for held in row]
    if sum(text.casefold() in BY_NAME for text in texts) >= _PROOF:
        return META.title
    return VAULT.title if any(text.startswith(SEALED) for text in texts) else ""
