"""The tabs that a Discovery Map should have, and those that it lacks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from numirror.kernel.mirror import Tab
from numirror.shell.google.batch import Request, renamed
from numirror.shell.google.cells import Grid
from numirror.shell.google.sheets import Spreadsheet
from numirror.shell.resources.discovery_map import charts
from numirror.shell.resources.discovery_map.layouts import OWN, Layout, making, mirror_layout


def ensure_tabs(spreadsheet: Spreadsheet, tabs: Sequence[Tab], broken: str = "") -> bool:
    """Makes the tabs that are missing, all in one batch; leaves those that exist as they are. One read, one write.

    Only a chart of ours that was drawn by another definition is changed; one that a person took away stays away.

    The tab `broken` is changed beyond recognition, or never was ours: it gets another name, and a new one is made.
    Answers whether anything was missing.
    """
    grids = spreadsheet.tabs()
    aside = next((grid for grid in grids if grid.title.casefold() == broken.casefold()), None)
    kept = {grid.title.casefold(): grid for grid in grids if grid is not aside}
    there = {*known(kept.values()), *(tab.title for tab in tabs if tab.title.casefold() in kept)}
    layouts = [*OWN, *(mirror_layout(tab) for tab in tabs)]
    missing = [layout for layout in layouts if layout.title not in there]
    requests = [renamed(aside.sheet_id, free_title(f"{aside.title} (old)", grids))] if aside else []
    spreadsheet.write([*requests, *made(missing, layouts, grids, kept.values()), *_redrawn(layouts, kept, grids)])
    return bool(missing)


def known(grids: Iterable[Grid]) -> dict[str, Grid]:
    """The tabs of `OWN` that are there, by their first name: by their mark, or else by their title."""
    every = list(grids)
    marked = {layout.title: grid for layout in OWN for grid in reversed(every) if grid.mark == layout.title}
    unmarked = {grid.title.casefold(): grid for grid in every if not grid.mark}
    titled = {layout.title: unmarked[layout.title.casefold()] for layout in OWN if layout.title.casefold() in unmarked}
    return titled | marked


def made(
    missing: Sequence[Layout], layouts: Sequence[Layout], grids: Sequence[Grid], taken: Iterable[Grid]
) -> list[Request]:
    """The requests that make the missing ones of `layouts`, in their order, under titles that no tab of `taken` has."""
    ids, kept = _free_ids(grids), list(taken)
    requests: list[Request] = []
    for count, layout in enumerate(missing, len(grids)):
        title = free_title(layout.title, kept)
        requests += making(layout, next(ids), min(layouts.index(layout), count), title)
    return requests


def free_title(title: str, grids: Iterable[Grid]) -> str:
    """`title`, or the next one like it that no tab has. Titles differ by more than case."""
    taken = {grid.title.casefold() for grid in grids}
    stem, end = (title[:-1], ")") if title.endswith(")") else (title, "")
    names = (title, *(f"{stem} {number}{end}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name.casefold() not in taken)


def _redrawn(layouts: Iterable[Layout], kept: Mapping[str, Grid], grids: Sequence[Grid]) -> Iterator[Request]:
    for layout in layouts:
        grid = kept.get(layout.title.casefold())
        # Google refuses the whole batch for a column that is not there any more.
        if layout.chart and grid and grid.column_count >= len(layout.widths):
            yield from charts.redrawn(layout.chart, layout.headers, grid.sheet_id, grids)


def _free_ids(grids: Sequence[Grid]) -> Iterator[int]:
    """Ids for new tabs. The chart that goes with such an id is free too: a person may have moved one elsewhere."""
    shown = charts.ids(grids)
    taken = {grid.sheet_id for grid in grids}
    return (number for number in range(1001, 9999) if number not in taken and charts.id_of(number) not in shown)
