"""Tasks in the sidebar."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import assert_never

from numirror.domains.tasks.commands import AddTask, CompleteTask, DeleteTask, RenameTask, ReopenTask
from numirror.domains.tasks.decider import TITLE_LIMIT, Closed, Task, Tasks
from numirror.domains.tasks.events import (
    TaskAdded,
    TaskCompleted,
    TaskDeleted,
    TaskEvent,
    TaskRenamed,
    TaskReopened,
)
from numirror.kernel.card import (
    BLUE,
    Button,
    Buttons,
    Card,
    Checkbox,
    DatePicker,
    DecoratedText,
    Do,
    Header,
    Paragraph,
    Section,
    Show,
    TextInput,
    sections_within,
    shortened,
)
from numirror.kernel.day import local_day
from numirror.kernel.domain import Viewer
from numirror.kernel.wording import day_words

_ROWS = 15
"""Tasks on the first card: more than fit a sidebar at once would only make it slow."""

_ALL_ROWS = 35
_CLOSED_SHOWN = 5
_TITLE_SHOWN = 200


def today_card(state: Tasks, viewer: Viewer) -> Card:
    """What is to do today, what comes later, a line to add a task, and what was closed last."""
    today = local_day(viewer.now, viewer.zone)
    sections = (
        *(sections_within(_ROWS, _lists(state, today), _rest) or (_nothing(),)),
        _add_section(),
        *_closed_section(state.closed),
    )
    return Card("tasks", Header("Today", day_words(today)), sections)


def all_card(state: Tasks, viewer: Viewer, _: Mapping[str, str]) -> Card:
    """As many open tasks as one card holds."""
    today = local_day(viewer.now, viewer.zone)
    sections = sections_within(_ALL_ROWS, _lists(state, today), _in_the_tab) or (_nothing(),)
    return Card("all", Header("All open tasks", day_words(today)), sections)


def task_card(state: Tasks, viewer: Viewer, fields: Mapping[str, str]) -> Card:
    """One task: rename it, complete it, delete it."""
    task = state.open.get(fields.get("task_id", ""))
    if task is None:
        gone = Paragraph("This task is not open any more. Go back to see how things are.")
        return Card("task", Header("Task"), (Section((gone,)),))
    known = {"task_id": task.task_id}
    rename = Do(RenameTask, known, keep_input=True, requires=("title",))
    return Card(
        "task",
        Header("Task", _due(task, local_day(viewer.now, viewer.zone))),
        (
            Section(
                (
                    TextInput("title", "Title", value=task.title, limit=TITLE_LIMIT),
                    Buttons((Button("Rename", rename),)),
                )
            ),
            Section((Buttons((Button("Complete", Do(CompleteTask, known)), Button("Delete", Do(DeleteTask, known)))),)),
        ),
    )


def said(events: tuple[TaskEvent, ...]) -> str:
    """The sentence after a command."""
    if not events:
        return "It is so already."
    match events[-1]:
        case TaskAdded(title=title):
            return f"Added: {shortened(title, 60)}"
        case TaskCompleted():
            return "Done. It can be reopened below."
        case TaskReopened():
            return "Back on the list."
        case TaskRenamed():
            return "Renamed."
        case TaskDeleted():
            return "Deleted. It can be brought back below."
        case _:
            assert_never(events[-1])


def _lists(state: Tasks, today: date) -> list[Section]:
    now, later = _split(state.open.values(), today)
    named = (("To do", now), ("Later", later))
    return [Section(tuple(_row(task, today) for task in tasks), header) for header, tasks in named if tasks]


def _split(tasks: Iterable[Task], today: date) -> tuple[list[Task], list[Task]]:
    """What is due first, then what has no date; and what is due after today."""
    now, undated, later = [], [], []
    for task in tasks:
        if task.due is None:
            undated.append(task)
        elif task.due <= today:
            now.append(task)
        else:
            later.append(task)
    now.sort(key=_due_day)
    later.sort(key=_due_day)
    return now + undated, later


def _due_day(task: Task) -> date:
    return task.due or date.max


def _row(task: Task, today: date) -> DecoratedText:
    known = {"task_id": task.task_id}
    return DecoratedText(
        shortened(task.title, _TITLE_SHOWN),
        bottom_label=_due(task, today),
        control=Checkbox("done", task.task_id, on_change=Do(CompleteTask, known, keep_input=True)),
        on_click=Show("task", known),
    )


def _due(task: Task, today: date) -> str:
    if task.due is None:
        return ""
    if task.due == today:
        return "due today"
    return f"{'overdue, was ' if task.due < today else ''}due {day_words(task.due)}"


def _rest(count: int) -> Buttons:
    return Buttons((Button(f"Show {count:,} more", Show("all")),))


def _in_the_tab(count: int) -> Paragraph:
    return Paragraph(f"{count:,} more are in the Tasks tab.")


def _nothing() -> Section:
    return Section(
        (Paragraph("Nothing to do. Add your first task below: it will also show in the Tasks tab of this Sheet."),)
    )


def _add_section() -> Section:
    add = Do(AddTask, keep_input=True, requires=("title",))
    return Section(
        (
            TextInput("title", "New task", hint="What is to be done?", limit=TITLE_LIMIT),
            DatePicker("due", "Due (optional)"),
            Buttons((Button("Add", add, colour=BLUE),)),
        ),
        "Add",
    )


def _closed_section(closed: tuple[Closed, ...]) -> tuple[Section, ...]:
    rows = tuple(_closed_row(one) for one in closed[:_CLOSED_SHOWN])
    return (Section(rows, "Closed lately", shown=1),) if rows else ()


def _closed_row(closed: Closed) -> DecoratedText:
    back = Do(ReopenTask, {"task_id": closed.task.task_id}, keep_input=True)
    return DecoratedText(
        shortened(closed.task.title, _TITLE_SHOWN),
        bottom_label=f"{closed.how} {day_words(closed.on)}",
        control=Button("Reopen" if closed.how == "done" else "Bring back", back),
    )
