"""Mirror values: what a domain says about its table in Postgres and its tab in the Sheet."""

from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec

from numirror.kernel.decider import Event

Row = dict[str, Any]
"""One row of a projection: column name to a value that JSON can carry (dates as ISO text)."""

Cell = str | int | float | bool
HIDDEN_HEADERS = ("id", "position")
"""The first columns of each mirror tab: which thing a row is, and the log position it shows. Hidden from view."""

ColumnType = Literal["text", "date", "timestamptz", "bigint", "boolean"]


class Column(msgspec.Struct, frozen=True):
    """A plain column that a person can query."""

    name: str
    type: ColumnType


class Happened(msgspec.Struct, frozen=True):
    """An event as a projection sees it: with its place in the log, its instant and the zone of the person.

    `key` is the key of the row at hand: one event may touch several. `before` and `after` are the domain's states.
    """

    event: Event
    position: int
    occurred_at: datetime
    zone: str
    key: str = ""
    before: Any = None
    after: Any = None


def _entity(happened: Happened) -> tuple[str, ...]:
    return (happened.event.entity_id,)


class Table(msgspec.Struct, frozen=True):
    """A projection: `nu.<name>`, keyed by the column `key`.

    `rows_of` says which rows an event touches, by key: that of its entity if nothing else is said, none with ().
    `project` answers with one of them after the event; None while there is none. A change of `version` rebuilds it.
    """

    name: str
    key: str
    columns: tuple[Column, ...]
    project: Callable[[Row | None, Happened], Row | None]
    version: int = 1
    rows_of: Callable[[Happened], tuple[str, ...]] = _entity


class TabColumn(msgspec.Struct, frozen=True):
    """A column of a Sheet tab: its header and its width in pixels."""

    header: str
    width: int


class TabChart(msgspec.Struct, frozen=True):
    """A native chart of the Sheet: the columns `series` over the column `label`, by their headers."""

    title: str
    label: str
    series: tuple[str, ...]
    kind: Literal["COLUMN", "LINE"] = "COLUMN"


class Typed(msgspec.Struct, frozen=True):
    """Lines that people type among ours, with nothing but their first `columns` cells.

    `stands_for` says what such cells stand for, None for nothing. A row of ours that stands for the same takes the
    place of the line.
    """

    columns: int
    stands_for: Callable[[Sequence[Cell | None]], Hashable | None]


class Tab(msgspec.Struct, frozen=True):
    """A Sheet tab that shows the rows of `table`. `cells` answers None for a row that the tab does not show.

    A `chart` stands beside the rows; Google draws it anew as they change. Without `typed`, lines of people's own stay
    beside ours for ever.
    """

    title: str
    table: Table
    columns: tuple[TabColumn, ...]
    cells: Callable[[Row], tuple[Cell, ...] | None]
    chart: TabChart | None = None
    typed: Typed | None = None
