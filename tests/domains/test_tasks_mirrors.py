"""What tasks look like in SQL and in the Sheet."""

from datetime import UTC, date, datetime

from numirror.domains.tasks.events import TaskAdded, TaskCompleted, TaskDeleted, TaskEvent, TaskRenamed, TaskReopened
from numirror.domains.tasks.mirrors import TASKS_TAB, TASKS_TABLE, cells, project
from numirror.kernel.mirror import Happened, Row

SUNDAY = date(2026, 11, 22)
ADDED = TaskAdded(entity_id="a", title="Buy milk", due=None, on=SUNDAY)


def row_after(*events: TaskEvent) -> Row | None:
    row: Row | None = None
    for position, event in enumerate(events, 1):
        row = project(row, Happened(event, position, datetime(2026, 11, 22, tzinfo=UTC), "Etc/UTC"))
    return row


def test_a_row_has_every_column_of_its_table() -> None:
    assert set(row_after(ADDED) or {}) == {column.name for column in TASKS_TABLE.columns}


def test_a_row_follows_a_task_through_its_life() -> None:
    done = row_after(ADDED, TaskRenamed(entity_id="a", title="Buy tea"), TaskCompleted(entity_id="a", on=SUNDAY))
    assert done == {
        "task_id": "a", "title": "Buy tea", "status": "done", "due": None, "added_on": "2026-11-22",
        "closed_on": "2026-11-22",
    }  # fmt: skip
    assert row_after(ADDED, TaskDeleted(entity_id="a", on=SUNDAY), TaskReopened(entity_id="a")) == row_after(ADDED)


def test_an_event_about_a_task_that_is_not_there_makes_no_row() -> None:
    assert row_after(TaskCompleted(entity_id="a", on=SUNDAY)) is None


def test_the_sheet_shows_a_tick_and_the_title_and_no_deleted_task() -> None:
    row = row_after(ADDED)
    assert row is not None
    assert cells(row) == (False, "Buy milk", "", "2026-11-22", "")
    assert len(cells(row) or ()) == len(TASKS_TAB.columns)
    deleted = row_after(ADDED, TaskDeleted(entity_id="a", on=SUNDAY))
    assert deleted is not None
    assert cells(deleted) is None
