"""The trial: a shared database for people who have not brought their own yet, within limits."""

from datetime import datetime

import msgspec

from numirror.kernel.errors import Refused


class TrialFull(Refused):
    """Your trial is full. Bring your own database (Connections, in the add-on's menu): everything moves along."""


class TrialOver(Refused):
    """Your trial is over; all is kept. To go on, bring your own database (Connections, in the add-on's menu)."""


class Trial(msgspec.Struct, frozen=True):
    """How many events a trial holds, and until when it takes new ones."""

    events: int
    until: datetime

    def check(self, position: int, now: datetime) -> None:
        """Whether a log at `position` may grow. Raises `TrialFull`, `TrialOver`."""
        if position >= self.events:
            raise TrialFull
        if now >= self.until:
            raise TrialOver
