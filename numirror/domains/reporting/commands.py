"""Nothing can be wished of a report: it is looked at."""

from numirror.kernel.decider import Command

COMMANDS: tuple[type[Command], ...] = ()
