"""Leaving alone for a while what fails: a database that is dead or mute costs its callers no time."""

import random
import threading
from collections.abc import Callable

import msgspec

from numirror.shell.log.errors import LogAway
from numirror.shell.log.target import Target

FAILURES = 3
FIRST_SECONDS = 3.0
LONGEST_SECONDS = 60.0
FORGET_SECONDS = 300.0

_chance = random.SystemRandom().random


class _Trouble(msgspec.Struct):
    """A target that failed last time. From the third failure on nobody asks it before `until`, after a `pause`."""

    failures: int = 0
    pause: float = 0.0
    until: float = 0.0
    is_tried: bool = False


class Breakers:
    """One breaker a target. All times are seconds of one clock, handed in. Safe for threads.

    After 3 failures in a row a target is left alone for about 3 s, then one caller may try it. If that fails too, the
    pause doubles, up to 60 s; the first success ends the trouble. The platform's own database is tried every 3 s,
    however long it was away: all tenants wait for it. A pause is shortened by chance, up to a half, so that processes
    which saw the same failure do not all come back at the same moment.
    """

    def __init__(self, chance: Callable[[], float] = _chance) -> None:
        """`chance` gives a number from 0 up to 1."""
        self.troubled: dict[Target, _Trouble] = {}
        """Empty as long as all is well, so that who is in a hurry looks here before they call."""
        self._chance = chance
        self._lock = threading.Lock()

    def enter(self, target: Target, now: float) -> None:
        """Asks whether it may be asked; after a pause the answer is yes for one. Raises `LogAway`."""
        with self._lock:
            trouble = self.troubled.get(target)
            if not trouble or not trouble.pause:
                return
            if now < trouble.until:
                raise LogAway
            # Until its end is known nobody else tries; should it never be known, the next one does after a pause.
            trouble.is_tried, trouble.until = True, now + trouble.pause

    def check(self, target: Target, now: float) -> None:
        """Asks again, having waited for something else since `enter`. Raises `LogAway`."""
        with self._lock:
            trouble = self.troubled.get(target)
            if trouble and trouble.pause and not trouble.is_tried and now < trouble.until:
                raise LogAway

    def failed(self, target: Target, now: float) -> bool:
        """It did not answer. Whether it is left alone from now on."""
        with self._lock:
            trouble = self.troubled.setdefault(target, _Trouble())
            trouble.failures += 1
            if trouble.failures < FAILURES:
                trouble.until = now
                return False
            if trouble.pause and not trouble.is_tried:
                return False  # who had begun before it was left alone
            longest = LONGEST_SECONDS if target.owner else FIRST_SECONDS
            trouble.pause = min(trouble.pause * 2, longest) or FIRST_SECONDS
            trouble.is_tried, trouble.until = False, now + trouble.pause * (1 - self._chance() / 2)
            return True

    def succeeded(self, target: Target) -> None:
        """It answered: all is well."""
        with self._lock:
            self.troubled.pop(target, None)

    def forget(self, now: float) -> None:
        """Drops the troubles that nobody asked about for five minutes."""
        with self._lock:
            for target in [one for one, trouble in self.troubled.items() if trouble.until + FORGET_SECONDS < now]:
                del self.troubled[target]
