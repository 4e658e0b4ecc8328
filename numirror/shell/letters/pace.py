"""How much and how often letters are sent."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """Numbers of letters, and times in seconds."""

    drain: int = 200
    """Letters taken out of a mailbox at once."""
    window: int = 100
    """Letters to one person that are on their way; with a mailbox of 1,000, nobody's crowd out the others'."""
    retry: float = 60.0
    """After which the unacknowledged are sent again; twice as long each time, until somebody gives a sign."""
    retry_limit: float = 24 * 3600.0
    again: float = 5.0
    """How soon one person is asked again for what is missing."""
    said: float = 3600.0
    """How often we say what we have without being written to; a wiped mailbox is healed by it."""

    def rest(self, tries: int) -> float:
        """Seconds until the letters are sent again that were sent `tries` times in vain before."""
        return min(self.retry * 2.0 ** min(tries, 30), self.retry_limit)
