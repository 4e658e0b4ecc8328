"""Google's quota of Sheets calls: one for the whole Cloud project, shared by all who have no lane of their own."""

import time
from collections.abc import Callable

import redis

WINDOW_SECONDS = 60
"""Google counts by the minute: 300 reads and 300 writes (Sheets API, Usage limits)."""

FLUSHES = 200
"""Flushes of a minute, each a read and a write. The rest is for visits: a first one, or a look at the map."""


class SheetsQuota:
    """Counts the flushes of all workers. `clock` gives seconds since 1970."""

    def __init__(self, platform: redis.Redis, limit: int = FLUSHES, clock: Callable[[], float] = time.time) -> None:
        self._platform = platform
        self._limit = limit
        self._clock = clock

    def wait(self) -> float:
        """Takes one flush from this minute's: 0, or the seconds until there are new ones. One call to Redis."""
        now = self._clock()
        window = int(now // WINDOW_SECONDS)
        key = f"nu:flushes:{window}"
        with self._platform.pipeline(transaction=False) as pipe:
            pipe.incr(key)
            pipe.expire(key, 2 * WINDOW_SECONDS)
            taken = pipe.execute()[0]
        return 0.0 if taken <= self._limit else (window + 1) * WINDOW_SECONDS - now
