"""What can be wished."""

from numirror.kernel.decider import Command


class Count(Command, frozen=True):
    by: int = 1


COMMANDS = (Count,)
