"""The rules of tasks."""

from datetime import date
from typing import Literal, assert_never

import msgspec

from numirror.domains.tasks.commands import AddTask, CompleteTask, DeleteTask, RenameTask, ReopenTask, TaskCommand
from numirror.domains.tasks.events import (
    TaskAdded,
    TaskCompleted,
    TaskDeleted,
    TaskEvent,
    TaskRenamed,
    TaskReopened,
)
from numirror.kernel.day import local_day
from numirror.kernel.decider import Decider
from numirror.kernel.errors import Refused
from numirror.kernel.ids import entity_id
from numirror.kernel.words import tidied

TITLE_LIMIT = 500
OPEN_LIMIT = 500
"""With the longest titles, a state of about a megabyte: it travels with each command."""

CLOSED_KEPT = 20

_FIRST_DAY, _LAST_DAY = date(1970, 1, 1), date(2199, 12, 31)


class Task(msgspec.Struct, frozen=True):
    task_id: str
    title: str
    due: date | None


class Closed(msgspec.Struct, frozen=True):
    """A task that was done or deleted on a day, kept for a while so that it can come back."""

    task: Task
    how: Literal["done", "deleted"]
    on: date


class Tasks(msgspec.Struct, frozen=True):
    """The open tasks in the order they were added, and the last few closed ones, newest first."""

    open: dict[str, Task] = {}
    closed: tuple[Closed, ...] = ()

    def closed_as(self, task_id: str) -> Closed | None:
        return next((closed for closed in self.closed if closed.task.task_id == task_id), None)


def decide(state: Tasks, command: TaskCommand) -> tuple[TaskEvent, ...]:
    """What a wish leads to; () if it is so already. Raises `Refused` with a sentence for the user."""
    match command:
        case AddTask():
            return _add(state, command)
        case CompleteTask(task_id=task_id):
            if _is(state, task_id, "done"):
                return ()
            return (TaskCompleted(entity_id=_open(state, task_id).task_id, on=_today(command)),)
        case ReopenTask(task_id=task_id):
            return _reopen(state, task_id)
        case RenameTask(task_id=task_id):
            title = _title(command.title)
            if _open(state, task_id).title == title:
                return ()
            return (TaskRenamed(entity_id=task_id, title=title),)
        case DeleteTask(task_id=task_id):
            if _is(state, task_id, "deleted"):
                return ()
            return (TaskDeleted(entity_id=_open(state, task_id).task_id, on=_today(command)),)
        case _:
            assert_never(command)


def evolve(state: Tasks, event: TaskEvent) -> Tasks:
    """The state after a fact. A fact about a task that is not at hand any more changes nothing."""
    match event:
        case TaskAdded():
            task = Task(task_id=event.entity_id, title=event.title, due=event.due)
            return Tasks({**state.open, task.task_id: task}, state.closed)
        case TaskCompleted():
            return _close(state, event.entity_id, "done", event.on)
        case TaskDeleted():
            return _close(state, event.entity_id, "deleted", event.on)
        case TaskReopened():
            closed = state.closed_as(event.entity_id)
            if closed is None:
                return state
            others = tuple(other for other in state.closed if other is not closed)
            return Tasks({**state.open, event.entity_id: closed.task}, others)
        case TaskRenamed():
            return _rename(state, event)
        case _:
            assert_never(event)


DECIDER = Decider(initial=Tasks(), decide=decide, evolve=evolve)


def _add(state: Tasks, command: AddTask) -> tuple[TaskEvent, ...]:
    task_id = entity_id(command.command_id)
    title = _title(command.title)
    known = state.open.get(task_id) or (closed.task if (closed := state.closed_as(task_id)) else None)
    if known == Task(task_id, title, command.due):
        return ()
    if known is not None:
        raise Refused("This button has added a task already. Refresh, and add this one with the new button.")
    if command.due and not _FIRST_DAY <= command.due <= _LAST_DAY:
        raise Refused(f"A due date lies between {_FIRST_DAY.year} and {_LAST_DAY.year}.")
    if len(state.open) >= OPEN_LIMIT:
        raise Refused(f"There are {OPEN_LIMIT:,} open tasks already. Complete or delete some first.")
    return (TaskAdded(entity_id=task_id, title=title, due=command.due, on=_today(command)),)


def _reopen(state: Tasks, task_id: str) -> tuple[TaskEvent, ...]:
    if task_id in state.open:
        return ()
    if state.closed_as(task_id) is None:
        raise Refused("This task was closed too long ago to come back. Add it again, please.")
    return (TaskReopened(entity_id=task_id),)


def _title(text: str) -> str:
    title = tidied(text)
    if not title:
        raise Refused("A task needs a title. Type what is to be done.")
    if len(title) > TITLE_LIMIT:
        raise Refused(f"A title has at most {TITLE_LIMIT} characters; this one has {len(title)}.")
    return title


def _open(state: Tasks, task_id: str) -> Task:
    task = state.open.get(task_id)
    if task is None:
        raise Refused("This task is not open any more. Refresh to see how things are.")
    return task


def _is(state: Tasks, task_id: str, how: str) -> bool:
    closed = state.closed_as(task_id)
    return closed is not None and closed.how == how


def _close(state: Tasks, task_id: str, how: Literal["done", "deleted"], on: date) -> Tasks:
    still_open = dict(state.open)
    task = still_open.pop(task_id, None)
    if task is None:
        return state
    return Tasks(still_open, (Closed(task, how, on), *state.closed)[:CLOSED_KEPT])


def _rename(state: Tasks, event: TaskRenamed) -> Tasks:
    task = state.open.get(event.entity_id)
    if task is None:
        return state
    renamed = msgspec.structs.replace(task, title=event.title)
    return Tasks({**state.open, task.task_id: renamed}, state.closed)


def _today(command: TaskCommand) -> date:
    return local_day(command.now, command.zone)
