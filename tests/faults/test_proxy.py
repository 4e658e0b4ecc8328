"""The fault proxy, tried on a real Valkey."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from urllib.parse import urlsplit

import pytest
import redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as Lost
from redis.exceptions import TimeoutError as TooLong
from redis.retry import Retry

from tests.faults.proxy import FaultProxy


@pytest.fixture
def proxy(redis_url: str) -> Iterator[FaultProxy]:
    """A proxy in front of Valkey."""
    parts = urlsplit(redis_url)
    with FaultProxy((str(parts.hostname), int(parts.port or 0))) as proxy:
        yield proxy


@pytest.fixture
def through(proxy: FaultProxy, redis_url: str) -> Iterator[redis.Redis]:
    """A client behind the proxy which gives up after half a second and never tries twice."""
    url = redis_url.replace(f":{urlsplit(redis_url).port}/", f":{proxy.port}/")
    with redis.Redis.from_url(url, socket_timeout=0.5, retry=Retry(NoBackoff(), 0)) as client:
        client.ping()
        yield client


def test_without_a_fault_it_only_forwards(through: redis.Redis) -> None:
    through.set("big", "x" * 200_000)
    assert through.get("big") == b"x" * 200_000


def test_latency_is_added_each_way(proxy: FaultProxy, through: redis.Redis) -> None:
    proxy.latency = 0.05
    begun = monotonic()
    through.ping()
    assert monotonic() - begun >= 0.1


def test_a_held_request_does_not_reach_the_server(proxy: FaultProxy, through: redis.Redis, redis_url: str) -> None:
    hold = proxy.hold(b"held-key")
    with pytest.raises(TooLong):
        through.set("held-key", 1)
    assert hold.reached.is_set()
    assert redis.Redis.from_url(redis_url).exists("held-key") == 0


def test_a_released_request_goes_on(proxy: FaultProxy, through: redis.Redis) -> None:
    hold = proxy.hold(b"held-key")
    hold.release()
    assert through.set("held-key", 1)


def test_a_swallowed_reply_belongs_to_a_request_that_was_carried_out(
    proxy: FaultProxy, through: redis.Redis, redis_url: str
) -> None:
    proxy.swallow_reply(b"lost-key")
    with pytest.raises(TooLong):
        through.set("lost-key", 1)
    assert redis.Redis.from_url(redis_url).get("lost-key") == b"1"


def test_a_black_hole_answers_nothing(proxy: FaultProxy, through: redis.Redis) -> None:
    proxy.black_hole = True
    with pytest.raises(TooLong):
        through.ping()
    proxy.black_hole = False
    assert through.ping()


def test_a_reset_ends_a_waiting_request_and_the_next_connection_works(proxy: FaultProxy, through: redis.Redis) -> None:
    hold = proxy.hold(b"reset-key")
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(through.set, "reset-key", 1)
        assert hold.reached.wait(5)
        proxy.reset()
        with pytest.raises(Lost):
            waiting.result(5)
    assert through.ping()


def test_a_cut_ends_the_connection_in_the_middle_of_a_request(
    proxy: FaultProxy, through: redis.Redis, redis_url: str
) -> None:
    proxy.cut_after = 10
    with pytest.raises(Lost):
        through.set("cut-key", "x" * 100)
    proxy.cut_after = None
    assert redis.Redis.from_url(redis_url).exists("cut-key") == 0
    assert through.ping()
