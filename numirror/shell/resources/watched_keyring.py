"""A keyring whose source is read again while the process lives, so that a change of keys needs no restart.

What was read once is never lost: while the source is away, or holds something wrong, the keys of before serve on.
"""

import threading
import time
from collections.abc import Callable
from typing import Protocol

import structlog

from numirror.kernel.errors import NuMirrorError
from numirror.settings import SettingsWrong
from numirror.shell.resources.keyring import VARIABLE, Keyring, parse_keys
from numirror.shell.resources.secret import Secret

PAUSE_SECONDS = 60.0
"""The source is read at most once in this time, whatever kids the cells of hostile Sheets name."""

WAIT_SECONDS = 12.0
"""How long a thread waits for another one's reading, which ends sooner (`secret_manager.SECONDS`)."""

log = structlog.get_logger()


class Source(Protocol):
    """Where the text form of a keyring lies."""

    def read(self) -> str:
        """The text. Raises a `NuMirrorError` that holds no part of it."""

    def changed(self) -> bool:
        """Whether a look that costs next to nothing tells that the text may be another than `read` gave last."""


class WatchedKeyring(Keyring):
    """The keys in `source`; new ones are learned when the source changed, or when an unknown kid is asked for.

    A key that vanishes from the source still opens until the process ends, and `oldest` stays: names in Redis and
    signatures of jobs were made with it. `clock` gives seconds and never runs backwards.
    """

    __slots__ = ("_clock", "_production", "_read_at", "_reading", "_source")

    def __init__(self, source: Source, *, production: bool, clock: Callable[[], float] = time.monotonic) -> None:
        """Raises what `source.read` raises, and `SettingsWrong`."""
        super().__init__(parse_keys(source.read(), production=production))
        self._source = source
        self._production = production
        self._clock = clock
        self._read_at = clock()
        self._reading = threading.Lock()

    @property
    def newest(self) -> str:
        """The kid of the key that seals. Never waits for another thread that reads."""
        if self._may_read() and self._source.changed():
            self._read_again(wait=0)
        return super().newest

    def __getitem__(self, kid: str) -> Secret[bytes]:
        """The master key called `kid`, 32 bytes. Raises `KeyError`."""
        if kid not in self._keys:
            self._read_again(wait=WAIT_SECONDS)
        return self._keys[kid]

    def _may_read(self) -> bool:
        return self._clock() >= self._read_at + PAUSE_SECONDS

    def _read_again(self, wait: float) -> None:
        if not self._may_read() or not self._reading.acquire(timeout=wait):
            return
        try:
            if self._may_read():  # not so if another thread did while we waited
                self._take(parse_keys(self._source.read(), production=self._production))
        except NuMirrorError as error:
            # The sentences of our own errors hold no secret.
            log.warning("keyring_not_read_again", error=type(error).__name__, reason=str(error))
        finally:
            self._read_at = self._clock()  # after the reading: it may have taken long
            self._reading.release()

    def _take(self, fresh: dict[str, Secret[bytes]]) -> None:
        for kid in fresh.keys() & self._keys.keys():
            if fresh[kid] != self._keys[kid]:
                raise SettingsWrong(f"{VARIABLE}: the key {kid} is another than before. Give a new key a new id.")
        if next(reversed(fresh)) != self.oldest:
            log.warning("keyring_has_another_oldest_key", oldest=self.oldest, after_restart=next(reversed(fresh)))
        self._keys = fresh | {kid: key for kid, key in self._keys.items() if kid not in fresh}
