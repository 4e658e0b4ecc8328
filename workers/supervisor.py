"""Keeps the crew at work: starts its processes, starts them again when they die, sweeps, and stops everything."""

import logging
import os
import signal
import socket
import time
from queue import Empty, SimpleQueue

from redis.exceptions import RedisError

from workers.crew import Crew
from workers.tether import die_with

LIVED = 10.0  # seconds after which a death is no longer one at the start
SLOWEST = 5.0  # seconds between two starts of what dies at once
STOP = 20.0  # seconds for the workers to end their slices

log = logging.getLogger(__name__)


class Supervisor:
    """The parent of all crews' workers, and the sweeper. It does all in one thread, so that it may fork."""

    def __init__(self, *crews: Crew) -> None:
        self._queues = [(crew.queue(), crew.shards) for crew in crews]
        self._sweep_every = min(crew.sweep_every for crew in crews)
        self._name = f"{socket.gethostname()}-{os.getpid()}-{os.urandom(4).hex()}"
        self._signals: SimpleQueue[int] = SimpleQueue()
        self._seats = [_Seat(crew, number % crew.shards) for crew in crews for number in range(crew.processes)]

    def run(self) -> None:
        """Work until SIGTERM or SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD):
            signal.signal(number, lambda arrived, _: self._signals.put(arrived))
        swept = 0.0
        while self._arrived(self._sweep_every / 2 if swept else 0) not in (signal.SIGTERM, signal.SIGINT):
            self._fill()
            if time.monotonic() - swept >= self._sweep_every:
                swept = time.monotonic()
                self._sweep()
        self._stop()

    def _arrived(self, seconds: float) -> int | None:
        try:
            return self._signals.get(timeout=seconds)
        except Empty:
            return None

    def _fill(self) -> None:
        for seat in self._seats:
            if seat.empty() and seat.due <= time.monotonic():
                seat.pid = self._fork(seat)
                seat.started = time.monotonic()

    def _fork(self, seat: "_Seat") -> int:
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                self._work(parent, seat)
                code = 0
            except Exception as error:
                log.error("worker died", extra={"error": type(error).__name__})
            finally:
                os._exit(code)
        return pid

    def _work(self, parent: int, seat: "_Seat") -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        die_with(parent)
        from workers.worker import run  # rq is not for the supervisor

        run(seat.crew, seat.shard)

    def _sweep(self) -> None:
        try:
            for queue, shards in self._queues:
                for shard in range(shards):
                    queue.sweep(shard, self._name)
        except RedisError as error:
            log.warning("sweep failed", extra={"error": type(error).__name__})

    def _stop(self) -> None:
        for seat in self._seats:
            seat.send(signal.SIGTERM)
        ends = time.monotonic() + STOP
        while time.monotonic() < ends and not all(seat.empty() for seat in self._seats):
            self._arrived(0.1)
        for seat in self._seats:
            seat.send(signal.SIGKILL)


class _Seat:
    """The place of one worker process."""

    def __init__(self, crew: Crew, shard: int) -> None:
        self.crew = crew
        self.shard = shard
        self.pid = 0
        self.started = 0.0
        self.due = 0.0
        self._deaths = 0

    def empty(self) -> bool:
        """Whether nobody sits here; buries who has died, and says when the next one may come."""
        if self.pid and os.waitpid(self.pid, os.WNOHANG)[0]:
            self.pid = 0
            self._deaths = 0 if time.monotonic() - self.started > LIVED else self._deaths + 1
            self.due = time.monotonic() + min(SLOWEST, 0.05 * 2**self._deaths)
            log.info("worker gone", extra={"kind": self.crew.kind.job, "shard": self.shard, "deaths": self._deaths})
        return not self.pid

    def send(self, number: int) -> None:
        if not self.empty():
            os.kill(self.pid, number)
