"""The queue of the platform: which tenants are dirty, and who looks after them.

A shard is a set of dirty tenants with the time at which each is due, and an rq queue with at most one pending job,
`drain(shard)`, which takes the due tenants in turn. The web wakes, the workers take; each is one call to Redis.
"""

import re
import time
from collections.abc import Callable
from typing import Any, Literal

import msgspec
import redis

from numirror.shell.queue.job import JobWriter
from numirror.shell.queue.scripts import Name, script
from numirror.shell.queue.values import FOLLOW, Claim, Done, Kind, Standing, Times

_HASH = re.compile(r"[0-9a-f]{16,64}")
Pipeline = Any  # redis.client.Pipeline; its type hints cannot say that it is synchronous


class Queue:
    """A queue in the platform's Redis, one of each `kind` of work. `key` signs the jobs (`job_key`).

    Tenants are known by a hash in hex. `times`, where given, are in place of the kind's own.
    """

    def __init__(
        self,
        connection: redis.Redis,
        key: bytes,
        kind: Kind = FOLLOW,
        *,
        shards: int = 1,
        times: Times | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._redis: Any = connection
        self.kind = msgspec.structs.replace(kind, times=times or kind.times)
        self._writer = JobWriter(key, self.kind)
        self._clock = clock
        self.shards = shards

    @property
    def times(self) -> Times:
        """The clockwork of this queue."""
        return self.kind.times

    def shard_of(self, tenant: str) -> int:
        """The shard of a tenant. Raises ValueError for what is no hash, such as an e-mail address."""
        if not _HASH.fullmatch(tenant):
            raise ValueError("a tenant is known to the queue by a hash of 16 to 64 hex digits")
        return int(tenant[:8], 16) % self.shards

    # the web

    def visit(self, pipeline: Pipeline, tenant: str) -> None:
        """Note at the beginning of a command request, on the caller's pipeline, that the tenant may become dirty.

        If the web process is killed between the commit and the wake, the sweeper wakes the tenant in its place.
        """
        pipeline.eval(script("visit", self.shard_of(tenant), self.kind), 0, tenant)

    def wake(self, pipeline: Pipeline, tenant: str) -> None:
        """Say after the commit, on the caller's pipeline, that the tenant's log has grown."""
        shard = self.shard_of(tenant)
        pipeline.eval(script("wake", shard, self.kind), 0, *self._job(shard), tenant)

    # the workers

    def take(self, shard: int, standing: Standing, done: Done | None = None) -> Claim | Literal["listen"] | None:
        """Give back `done` and claim the tenant that has been due for longest.

        Without one, answers "listen": come back when `listen` returns; or None: another drain will look.
        """
        answer = self._run("take", shard, standing, *_given_back(done))
        match answer:
            case [tenant, until, failures]:
                return Claim(_text(tenant), _text(until), int(failures))
            case None:
                return None
            case _:
                return "listen"

    def listen(self, shard: int, seconds: float) -> None:
        """Wait until a wake rings the bell, at most `seconds`."""
        self._redis.blpop([f"{self.kind.keys}bell:{shard}"], max(0.01, min(seconds, self.times.listening / 2)))

    def leave(self, shard: int, standing: Standing, done: Done | None = None) -> None:
        """Give back `done` and take no more; if tenants are due, another job is pushed."""
        self._run("leave", shard, standing, *_given_back(done))

    def sweep(self, shard: int, sweeper: str) -> bool:
        """Heal a shard: wake those whose visit is over, push a job where tenants are due and none is under way.

        False if another sweeper, named otherwise, is at it; there is one at a time.
        """
        return int(self._run("sweep", shard, sweeper)) >= 0

    def _run(self, name: Name, shard: int, *arguments: str) -> Any:
        return self._redis.eval(script(name, shard, self.kind), 0, *self._job(shard), *arguments)

    def _job(self, shard: int) -> tuple[str, bytes]:
        return self._writer.write(shard, self._clock())


def _given_back(done: Done | None) -> tuple[str, ...]:
    if done is None:
        return ()
    delay = -1 if done.delay is None else round(max(done.delay, 0) * 1000)
    return done.claim.tenant, done.claim.until, str(delay), str(done.failures)


def _text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value
