"""A queue on a real Valkey, and a crew of real worker processes whose follow does what a test says."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import redis

from numirror.shell.queue import Queue, Times
from tests.queue.fleet import KEY, QUICK, Fleet


@pytest.fixture
def connection(redis_url: str) -> Iterator[Any]:
    """A connection to an empty Redis."""
    with redis.Redis.from_url(redis_url) as connection:
        yield connection


@pytest.fixture
def times() -> Times:
    """Quick times."""
    return QUICK


@pytest.fixture
def queue(connection: redis.Redis, times: Times) -> Queue:
    """The queue that the tests and the fleets share."""
    return Queue(connection, KEY, times=times)


@pytest.fixture
def wake(connection: redis.Redis, queue: Queue) -> Callable[[str], None]:
    """Wakes a tenant, as the web does."""

    def wake(tenant: str) -> None:
        with connection.pipeline(transaction=False) as pipe:
            queue.wake(pipe, tenant)
            pipe.execute()

    return wake


@pytest.fixture
def fleet(redis_url: str) -> Iterator[Callable[..., Fleet]]:
    """Starts a supervisor with its workers as a process: `fleet(processes=2)`."""
    started: list[Fleet] = []

    def start(processes: int = 2, url: str = redis_url, *more: str) -> Fleet:
        process = subprocess.Popen([sys.executable, "-m", "tests.queue.fleet", url, str(processes), *more])
        started.append(Fleet(process, redis_url))
        return started[-1]

    yield start
    for fleet in started:
        fleet.process.send_signal(signal.SIGKILL)
        fleet.process.wait()
