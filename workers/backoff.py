"""How long a tenant rests after failures."""

from collections.abc import Callable

SHORT = 30.0  # below the minute in which everything must catch up once a fault has passed
AWAY = 300.0
HOLD = 3600.0


def rest(failures: int, *, limit: int, away: bool, chance: Callable[[float, float], float]) -> float:
    """Seconds until the next try after `failures` in a row: exponential, full jitter, at least one.

    From `limit` on the tenant is ill: five minutes where something was away, an hour where something is wrong.
    """
    if failures >= limit:
        return chance(AWAY / 2, AWAY) if away else HOLD
    return max(1.0, chance(0.0, min(SHORT, 2.0**failures)))
