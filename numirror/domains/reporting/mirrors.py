"""The days of a report in SQL and in the Sheet."""

from typing import assert_never

from numirror.domains.reporting.decider import Reporting
from numirror.domains.reporting.events import (
    ItemAdded,
    ItemDeleted,
    ItemDone,
    ItemRenamed,
    ItemReopened,
    ReportNotice,
)
from numirror.kernel.mirror import Cell, Column, Happened, Row, Tab, TabChart, TabColumn, Table

_Step = tuple[str, str, int]
"""A day, which of its counts moves, and by how much."""


def days_of(happened: Happened) -> tuple[str, ...]:
    """The day whose counts a notice moves; none for what moves no count."""
    step = _step(happened)
    return () if step is None else (step[0],)


def project(row: Row | None, happened: Happened) -> Row | None:
    """The row of a day after a notice."""
    step = _step(happened)
    if step is None:
        return row
    day, count, by = step
    known = row or {"day": day, "done": 0, "new": 0, "deleted": 0}
    return {**known, count: max(0, known[count] + by)}


def _step(happened: Happened) -> _Step | None:
    """What a notice counts for. Of one that changes nothing, nothing: as the state before it says."""
    state: Reporting = happened.before
    notice: ReportNotice = happened.event  # type: ignore[assignment]  # reporting hears its own notices only
    match notice:
        case ItemAdded():
            return None if notice.entity_id in state.open else (notice.on.isoformat(), "new", 1)
        case ItemDone():
            return (notice.on.isoformat(), "done", 1) if notice.entity_id in state.open else None
        case ItemDeleted():
            return (notice.on.isoformat(), "deleted", 1) if notice.entity_id in state.open else None
        case ItemReopened():
            closed = state.closed_as(notice.entity_id)
            if closed is None:
                return None
            return (closed.on.isoformat(), "done" if closed.is_done else "deleted", -1)
        case ItemRenamed():
            return None
        case _:
            assert_never(notice)


DAYS_TABLE = Table(
    name="projection_report_days",
    key="day",
    # The key is compared as text; ISO days sort and cast as they should.
    columns=(Column("day", "text"), Column("done", "bigint"), Column("new", "bigint"), Column("deleted", "bigint")),
    project=project,
    rows_of=days_of,
)


def cells(row: Row) -> tuple[Cell, ...] | None:
    """The visible cells of a day's row in the Sheet."""
    return (row["day"], row["done"], row["new"], row["deleted"])


REPORTS_TAB = Tab(
    title="Reports",
    table=DAYS_TABLE,
    columns=(TabColumn("Day", 100), TabColumn("Done", 70), TabColumn("New", 70), TabColumn("Deleted", 70)),
    cells=cells,
    chart=TabChart("Done and new by day", "Day", ("Done", "New")),
)
