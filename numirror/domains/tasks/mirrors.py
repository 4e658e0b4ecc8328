"""Tasks in SQL and in the Sheet."""

from typing import assert_never

from numirror.domains.tasks.events import (
    TaskAdded,
    TaskCompleted,
    TaskDeleted,
    TaskEvent,
    TaskRenamed,
    TaskReopened,
)
from numirror.kernel.mirror import Cell, Column, Happened, Row, Tab, TabColumn, Table


def project(row: Row | None, happened: Happened) -> Row | None:
    """The row of a task after an event. A deleted task keeps its row, so that it can come back."""
    event: TaskEvent = happened.event  # type: ignore[assignment]  # the catalog decodes this domain's events only
    if isinstance(event, TaskAdded):
        return {
            "task_id": event.entity_id,
            "title": event.title,
            "status": "open",
            "due": event.due and event.due.isoformat(),
            "added_on": event.on.isoformat(),
            "closed_on": None,
        }
    if row is None:
        return None
    match event:
        case TaskCompleted():
            return {**row, "status": "done", "closed_on": event.on.isoformat()}
        case TaskDeleted():
            return {**row, "status": "deleted", "closed_on": event.on.isoformat()}
        case TaskReopened():
            return {**row, "status": "open", "closed_on": None}
        case TaskRenamed():
            return {**row, "title": event.title}
        case _:
            assert_never(event)


TASKS_TABLE = Table(
    name="projection_tasks",
    key="task_id",
    columns=(
        Column("task_id", "text"),
        Column("title", "text"),
        Column("status", "text"),
        Column("due", "date"),
        Column("added_on", "date"),
        Column("closed_on", "date"),
    ),
    project=project,
)


def cells(row: Row) -> tuple[Cell, ...] | None:
    """The visible cells of a task's row in the Sheet."""
    if row["status"] == "deleted":
        return None
    return (row["status"] == "done", row["title"], row["due"] or "", row["added_on"], row["closed_on"] or "")


TASKS_TAB = Tab(
    title="Tasks",
    table=TASKS_TABLE,
    columns=(
        TabColumn("Done", 60),
        TabColumn("Task", 360),
        TabColumn("Due", 100),
        TabColumn("Added", 100),
        TabColumn("Finished", 100),
    ),
    cells=cells,
)
