"""What can happen to a task."""

from datetime import date

from numirror.kernel.decider import Event


class TaskAdded(Event, frozen=True):
    title: str
    due: date | None
    on: date


class TaskCompleted(Event, frozen=True):
    on: date


class TaskReopened(Event, frozen=True):
    """A done or deleted task is to be done again."""


class TaskRenamed(Event, frozen=True):
    title: str


class TaskDeleted(Event, frozen=True):
    on: date


EVENTS = (TaskAdded, TaskCompleted, TaskReopened, TaskRenamed, TaskDeleted)

TaskEvent = TaskAdded | TaskCompleted | TaskReopened | TaskRenamed | TaskDeleted
