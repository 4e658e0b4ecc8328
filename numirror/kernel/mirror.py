"""Mirror values: what a domain says about its table in Postgres and its tab in the Sheet."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from numirror.kernel.decider import Event

Row = dict[str, Any]
"""One row of a projection: column name to a value that JSON can carry (dates as ISO text)."""

Cell = str | int | float | bool
HIDDEN_HEADERS = ("id", "position")
"""The first columns of each mirror tab: which thing a row is, and the log position it shows. Hidden from view."""

ColumnType = Literal["text", "date", "timestamptz", "bigint", "boolean"]


@dataclass(frozen=True, slots=True)
class Column:
    """A plain column that a person can query."""

    name: str
    type: ColumnType


@dataclass(frozen=True, slots=True)
class Happened:
    """An event as a projection sees it: with its place in the log, its instant and the zone of the person."""

    event: Event
    position: int
    occurred_at: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Table:
    """A projection: `nu.<name>`, one row per entity, keyed by `key`, which holds the entity's id.

    `project` answers with the row after an event; None while there is none. A change of `version` rebuilds it.
    """

    name: str
    key: str
    columns: tuple[Column, ...]
    project: Callable[[Row | None, Happened], Row | None]
    version: int = 1


@dataclass(frozen=True, slots=True)
class TabColumn:
    """A column of a Sheet tab: its header and its width in pixels."""

    header: str
    width: int


@dataclass(frozen=True, slots=True)
class Tab:
    """A Sheet tab that shows the rows of `table`. `cells` answers None for a row that the tab does not show."""

    title: str
    table: Table
    columns: tuple[TabColumn, ...]
    cells: Callable[[Row], tuple[Cell, ...] | None]
