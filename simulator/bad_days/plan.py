"""Which call goes wrong, and how."""

import threading
from collections.abc import Iterable

from msgspec.structs import replace

from simulator.bad_days.kinds import Api, BadDay, Calls


class Plan:
    """The bad days that are ahead, in order: a call takes the first that fits it."""

    def __init__(self, days: Iterable[BadDay] = ()) -> None:
        self._lock = threading.Lock()
        self._days = list(days)
        self._over = threading.Event()

    def set(self, days: Iterable[BadDay]) -> None:
        """These from now on, and no others. Who waits on a day before waits no longer."""
        with self._lock:
            self._days = list(days)
            self._over.set()
            self._over = threading.Event()

    def ahead(self) -> list[BadDay]:
        with self._lock:
            return list(self._days)

    def take(self, api: Api, calls: Calls) -> tuple[BadDay, threading.Event] | None:
        """The trouble of this call, with the event that says that its day was taken back."""
        with self._lock:
            for place, day in enumerate(self._days):
                if day.fits(api, calls):
                    return self._spend(place, day)
        return None

    def _spend(self, place: int, day: BadDay) -> tuple[BadDay, threading.Event] | None:
        if day.after:
            self._days[place] = replace(day, after=day.after - 1)
            return None
        if day.times == 1:
            del self._days[place]
        elif day.times:
            self._days[place] = replace(day, times=day.times - 1)
        return day, self._over
