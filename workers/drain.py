"""Takes the due tenants of a shard in turn, a slice of time each, until none is due."""

import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from numirror.kernel.errors import Away
from numirror.shell.queue import Claim, Done, Follow, Queue, Standing
from workers.backoff import rest

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds: of one tenant's slice, of a whole job (rq stops it later), and of waiting for more work at its end."""

    slice: float = 2.0
    job: float = 30.0
    idle: float = 1.0


@dataclass(frozen=True, slots=True)
class Drain:
    """The one job of a queue: `drain(shard)`. `stopping` says that this process was asked to end."""

    queue: Queue
    follow: Follow
    stopping: Callable[[], bool]
    pace: Pace

    def __call__(self, shard: int) -> None:
        """Serve due tenants until none is left, or until the time of the job is over."""
        ends = idle_ends = time.monotonic() + self.pace.job
        standing: Standing = "pending"
        done: Done | None = None
        while not self.stopping() and time.monotonic() < idle_ends:
            match self.queue.take(shard, standing, done):
                case Claim() as claim:
                    standing, done, idle_ends = "", self._serve(claim), ends
                case "listen":
                    if standing != "listening":
                        idle_ends = min(ends, time.monotonic() + self.pace.idle)
                    standing, done = "listening", None
                    self.queue.listen(shard, idle_ends - time.monotonic())
                case None:
                    return
        self.queue.leave(shard, standing, done)

    def _serve(self, claim: Claim) -> Done:
        """Follow one tenant. Whatever goes wrong is the tenant's own trouble, and stays so."""
        try:
            found = self.follow(claim.tenant, time.monotonic() + self.pace.slice)
        except Exception as error:
            return self._failed(claim, error)
        if not found.up_to_date:
            return Done(claim, delay=0.0)
        if found.again_at is None:
            return Done(claim)
        # What has to wait was not tried, so what went wrong before still counts.
        return Done(claim, (found.again_at - datetime.now(UTC)).total_seconds(), claim.failures)

    def _failed(self, claim: Claim, error: Exception) -> Done:
        failures = claim.failures + 1
        limit = self.queue.times.limit
        delay = rest(failures, limit=limit, away=isinstance(error, Away), chance=random.uniform)
        told = {"tenant": claim.tenant, "error": type(error).__name__, "failures": failures}
        log.warning("follow failed", extra=told)
        return Done(claim, delay, failures)
