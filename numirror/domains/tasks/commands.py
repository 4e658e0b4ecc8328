"""What a person can wish for a task."""

from datetime import date

from numirror.kernel.decider import Command


class AddTask(Command, frozen=True):
    """The new task's id comes from the command's id."""

    title: str = ""
    due: date | None = None


class CompleteTask(Command, frozen=True):
    task_id: str


class ReopenTask(Command, frozen=True):
    task_id: str


class RenameTask(Command, frozen=True):
    task_id: str
    title: str = ""


class DeleteTask(Command, frozen=True):
    task_id: str


COMMANDS = (AddTask, CompleteTask, ReopenTask, RenameTask, DeleteTask)

TaskCommand = AddTask | CompleteTask | ReopenTask | RenameTask | DeleteTask
