"""The trial: a shared database for people who have not brought their own yet, within limits."""

from dataclasses import dataclass
from datetime import datetime

from numirror.kernel.errors import Refused


class TrialFull(Refused):
    """Your trial holds as many steps as it can. Bring your own database under ⋮ Connections: all of it moves along."""


class TrialOver(Refused):
    """Your trial has ended; all is kept and can be read. Bring your own database under ⋮ Connections to go on."""


@dataclass(frozen=True, slots=True)
class Trial:
    """How many events a trial holds, and until when it takes new ones."""

    events: int
    until: datetime

    def check(self, position: int, now: datetime) -> None:
        """Whether a log at `position` may grow. Raises `TrialFull`, `TrialOver`."""
        if position >= self.events:
            raise TrialFull
        if now >= self.until:
            raise TrialOver
