"""What can happen."""

from numirror.kernel.decider import Event


class Counted(Event, frozen=True):
    by: int


EVENTS = (Counted,)
