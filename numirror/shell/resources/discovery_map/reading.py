"""The Discovery Map, read: what it says, and what is wrong with it, cell by cell."""

from collections.abc import Iterator, Sequence

from numirror.shell.google.sheets import Spreadsheet
from numirror.shell.resources.discovery_map import meta, sealed
from numirror.shell.resources.discovery_map.content import MapContent, Problem, Table, cell_name
from numirror.shell.resources.discovery_map.finding import ROWS, Found, find
from numirror.shell.resources.discovery_map.layouts import META, OWN, VAULT
from numirror.shell.resources.discovery_map.meta import MetaReading
from numirror.shell.resources.discovery_map.sealed import VaultReading


def read_map(spreadsheet: Spreadsheet) -> MapContent:
    """Everything that `Meta` and `Vault` say. One read; a few more if a tab was renamed or is gone.

    Raises Google's errors.
    """
    found = find(spreadsheet)
    settings = MetaReading(found.own[META.title]) if META.title in found.own else None
    vault = VaultReading(found.own[VAULT.title]) if VAULT.title in found.own else None
    tables = {META.title: settings, VAULT.title: vault}
    return MapContent(
        settings=settings.settings if settings else {},
        vault=vault.entries if vault else {},
        problems=(
            *_tab_problems(found),
            *(_header_problems(settings.table, meta.NAMES) if settings else ()),
            *(settings.problems if settings else ()),
            *(_header_problems(vault.table, sealed.NAMES) if vault else ()),
            *(vault.problems if vault else ()),
        ),
        ignored=tuple(settings.ignored) if settings else (),
        tabs=found.own,
        tables={name: reading.table for name, reading in tables.items() if reading},
        every=found.every,
    )


def _tab_problems(found: Found) -> Iterator[Problem]:
    for name in (layout.title for layout in OWN):
        grid = found.own.get(name)
        if grid is None:
            yield Problem(name, "", f"The tab {name} is missing.", repairable=True)
        elif grid.mark != name:
            yield Problem(
                grid.title, "", f"The tab {grid.title} would not be found under another name.", repairable=True
            )
        elif len(grid.rows) >= ROWS:
            yield Problem(grid.title, "", f"Only the first {ROWS:,} rows of {grid.title} are read.")


def _header_problems(table: Table, names: Sequence[str]) -> Iterator[Problem]:
    title, header = table.grid.title, table.header
    if not header.found:
        yield Problem(title, "", f"The header of {title} is missing.", repairable=True)
        return
    for name in names:
        if name in header.other:
            cell = table.cell(header.row, name)
            yield Problem(title, cell, f"{title}!{cell} should say {name}.")
        elif name not in header.said:
            cell = cell_name(header.row, header.at[name]) if name in header.at else ""
            yield Problem(title, cell, f"The header of the column {name} in {title} is missing.", repairable=True)
