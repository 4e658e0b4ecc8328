"""What a crew of worker processes needs to know."""

from collections.abc import Callable
from dataclasses import dataclass

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from numirror.shell.queue import FOLLOW, Follow, Kind, Queue, Times
from workers.drain import Pace

_PACE = Pace()


@dataclass(frozen=True, slots=True)
class Crew:
    """`processes` workers for one kind of queue at `redis_url`; each builds its own `Follow`, after the fork.

    Worker `n` serves shard `n` modulo `shards`, so there must be as many processes as shards, or more.
    """

    redis_url: str
    key: bytes
    build: Callable[[], Follow]
    kind: Kind = FOLLOW
    processes: int = 2
    shards: int = 1
    times: Times | None = None
    pace: Pace = _PACE
    sweep_every: float = 1.0

    def __post_init__(self) -> None:
        if self.processes < self.shards:
            raise ValueError("a shard without a worker process would never be served")

    def queue(self) -> Queue:
        """A queue on a connection of its own."""
        return Queue(connect(self.redis_url), self.key, self.kind, shards=self.shards, times=self.times)


def connect(redis_url: str) -> redis.Redis:
    """A connection that gives up soon: whoever uses it tries again anyway."""
    return redis.Redis.from_url(redis_url, socket_timeout=5, socket_connect_timeout=5, retry=Retry(NoBackoff(), 1))
