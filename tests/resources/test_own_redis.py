"""Clients for own Redis servers: one each, and a rest for those that do not answer."""

import pytest
import redis

from numirror.shell.resources.own_redis import CLIENTS, REST_SECONDS, OwnRedis, RedisResting
from numirror.shell.resources.resolution import Url

ONE, OTHER = Url("redis://one"), Url("redis://other")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def own(clock: Clock) -> tuple[OwnRedis, list[Url]]:
    asked: list[Url] = []

    def connect(url: Url, owner: str) -> redis.Redis:
        asked.append(url)
        return redis.Redis()

    return OwnRedis(connect, clock), asked


def fail(lender: OwnRedis, url: Url) -> None:
    with pytest.raises(redis.TimeoutError), lender.use(url, "ada"):
        raise redis.TimeoutError


def test_a_client_is_made_once_for_each_address() -> None:
    lender, asked = own(Clock())
    for url in (ONE, ONE, OTHER):
        with lender.use(url, "ada"):
            pass
    assert asked == [ONE, OTHER]


def test_who_does_not_answer_rests_and_is_asked_again_later() -> None:
    clock = Clock()
    lender, _ = own(clock)
    fail(lender, ONE)
    with pytest.raises(RedisResting), lender.use(ONE, "ada"):
        raise AssertionError("asked while it rests")
    with lender.use(OTHER, "ada"):
        pass
    clock.now = REST_SECONDS
    with lender.use(ONE, "ada"):
        pass


def test_an_error_of_ours_is_no_silence() -> None:
    lender, _ = own(Clock())
    with pytest.raises(ValueError), lender.use(ONE, "ada"):
        raise ValueError
    with lender.use(ONE, "ada"):
        pass


def test_after_a_rest_the_name_is_asked_for_again() -> None:
    clock = Clock()
    lender, asked = own(clock)
    fail(lender, ONE)
    clock.now = REST_SECONDS
    with lender.use(ONE, "ada"):
        pass
    assert asked == [ONE, ONE]


def test_only_so_many_clients_are_kept() -> None:
    lender, asked = own(Clock())
    urls = [Url(f"redis://{number}") for number in range(CLIENTS + 1)]
    for url in (*urls, urls[-1], urls[0]):
        with lender.use(url, "ada"):
            pass
    assert asked == [*urls, urls[0]]
