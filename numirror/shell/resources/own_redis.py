"""The Redis servers that people bring: one small client each, and a rest for those that do not answer."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import redis

from numirror.kernel.errors import Away
from numirror.shell.resources.resolution import Url

CLIENTS = 256
REST_SECONDS = 30.0


class RedisResting(Away):
    """Your Redis did not answer a moment ago. NuMirror works without it and asks again soon."""


class OwnRedis:
    """Lends clients: `with own.use(url, owner) as client`.

    Who fails rests, so that nobody waits for the same silence twice.
    `connect` dials an owner's address after the guard's checks, or raises what the guard raises.
    """

    def __init__(self, connect: Callable[[Url, str], redis.Redis], clock: Callable[[], float] = time.monotonic) -> None:
        self._connect = connect
        self._clients: dict[Url, redis.Redis] = {}
        self._clock = clock
        self._resting: dict[Url, float] = {}

    @contextmanager
    def use(self, url: Url, owner: str) -> Iterator[redis.Redis]:
        """A client for this block. Raises `RedisResting`, redis-py's errors and the guard's."""
        if self._resting.get(url, 0.0) > self._clock():
            raise RedisResting
        try:
            yield self._client(url, owner)
        except redis.RedisError:
            self._rest(url)
            raise
        self._resting.pop(url, None)

    def _client(self, url: Url, owner: str) -> redis.Redis:
        client = self._clients.pop(url, None) or self._connect(url, owner)
        self._clients[url] = client  # the one used last is the last
        while len(self._clients) > CLIENTS:
            self._clients.pop(next(iter(self._clients)), None)
        return client

    def _rest(self, url: Url) -> None:
        now = self._clock()
        for old in [one for one, until in tuple(self._resting.items()) if until < now]:
            self._resting.pop(old, None)
        self._resting[url] = now + REST_SECONDS
        self._clients.pop(url, None)  # its name may lead elsewhere by then
