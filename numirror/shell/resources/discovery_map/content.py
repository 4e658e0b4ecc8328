"""What a Discovery Map says, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from numirror.kernel.mirror import Cell
from numirror.shell.google.cells import Grid, Held, Noted
from numirror.shell.resources.discovery_map.header import Header, held_at
from numirror.shell.resources.secret import Hidden


class Setting(Hidden, frozen=True):
    """What a person typed into `Meta` in the open, which may be a key; `cell` is such as `B2`."""

    value: str
    cell: str


class Entry(Hidden, frozen=True):
    """One sealed secret of `Vault`. `checked` is an ISO instant or empty, `row` as the Sheet counts, from 1."""

    sealed: str
    hint: str
    checked: str
    row: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as NuMirror made it. `cell` is such as `B4`, or empty where it is about the whole tab.

    What is `repairable` is put back by `repair`; for the rest the sentence says what the person can do.
    """

    tab: str
    cell: str
    sentence: str
    repairable: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A tab with a key in each row. `places` has the row of each key, counted from 0."""

    grid: Grid
    header: Header
    places: Mapping[str, int]

    def held(self, row: int, name: str) -> Held:
        """What stands in this row under the header `name`."""
        return held_at(self.grid.rows[row], self.header.at.get(name)) if row < len(self.grid.rows) else None

    def cell(self, row: int, name: str) -> str:
        """The name of that cell, such as `B4`."""
        return cell_name(row, self.header.at[name])


@dataclass(frozen=True, slots=True)
class MapContent:
    """Settings that have a value, sealed entries, and what is wrong.

    `ignored` are words in the place of a key that mean nothing to NuMirror. `tabs` are ours that were found, by their
    first name, and `tables` how `Meta` and `Vault` lie; `every` tab of the Sheet is there if one of ours is amiss.
    """

    settings: Mapping[str, Setting]
    vault: Mapping[str, Entry]
    problems: tuple[Problem, ...]
    ignored: tuple[str, ...] = ()
    tabs: Mapping[str, Grid] = field(default_factory=dict, repr=False)
    tables: Mapping[str, Table] = field(default_factory=dict, repr=False)
    every: tuple[Grid, ...] = field(default=(), repr=False)


def cell_name(row: int, column: int) -> str:
    """`B4` for row 3, column 1."""
    first, last = divmod(column, 26)
    return f"{chr(ord('A') + first - 1) if first else ''}{chr(ord('A') + last)}{row + 1}"


def line(columns: Mapping[str, int], cells: Mapping[str, Cell | Noted]) -> list[Held | Noted]:
    """A new row with each of these cells in its column."""
    row: list[Held | Noted] = [None] * (max(columns.values()) + 1)
    for name, value in cells.items():
        row[columns[name]] = value
    return row
