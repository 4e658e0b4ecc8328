"""Leases are sealed anew: all of them, with the time they have, and never over what a visit left meanwhile."""

from __future__ import annotations

import pytest
import redis

from numirror.settings import SettingsWrong
from numirror.shell import keys
from numirror.shell.keys import LeasesAway, Resealed, Standing, reseal, standing
from numirror.shell.resources import leases
from numirror.shell.resources.leases import LEASE_SECONDS
from numirror.shell.resources.vault import key_id
from tests.keys.conftest import Lend, everything, lease, name, opened, vault


def test_a_rotation_from_the_first_key_to_the_second(platform: redis.Redis, lend: Lend) -> None:
    lend(range(7), "k1")
    assert standing(platform, vault("k1")) == Standing(7, {"k1": 7}, 0)
    both = vault("k2", "k1")
    assert standing(platform, both) == Standing(7, {"k1": 7}, 0)
    assert reseal(platform, both, dry_run=False) == Resealed(sealed=7, newest=0, renewed=0, broken=0)
    assert reseal(platform, both, dry_run=False) == Resealed(sealed=0, newest=7, renewed=0, broken=0)
    assert standing(platform, vault("k2")) == Standing(7, {"k2": 7}, 0)
    assert [opened(platform, number, "k2") for number in range(7)] == [lease(number) for number in range(7)]


def test_a_lease_keeps_the_time_it_has(platform: redis.Redis, lend: Lend) -> None:
    lend(range(2), "k1")
    platform.pexpire(leases.key(name(1)), 123_000)
    before = {key: ends for key, (_, ends) in everything(platform).items()}
    assert reseal(platform, vault("k2", "k1"), dry_run=False).sealed == 2
    assert {key: ends for key, (_, ends) in everything(platform).items()} == before
    assert 0 < platform.pttl(leases.key(name(1))) <= 123_000 < platform.pttl(leases.key(name(0)))


def test_a_dry_run_counts_and_changes_nothing(platform: redis.Redis, lend: Lend) -> None:
    lend(range(3), "k1")
    lend(range(3, 5), "k2", "k1")
    lend(range(5, 6), "k3")
    before = everything(platform)
    done = reseal(platform, vault("k2", "k1"), dry_run=True)
    assert done == Resealed(sealed=3, newest=2, renewed=0, broken=1)
    assert everything(platform) == before


def test_what_cannot_be_opened_is_counted_and_left_as_it_is(platform: redis.Redis, lend: Lend) -> None:
    lend(range(2), "k1")
    lend(range(2, 3), "k3")
    moved = platform.get(leases.key(name(0)))
    for number, value in ((3, b"nonsense"), (4, b"\xff"), (5, moved)):  # the last one is another tenant's
        platform.set(leases.key(name(number)), value)
    before = everything(platform)
    both = vault("k2", "k1")
    assert standing(platform, both) == Standing(6, {"k1": 3, "k3": 1}, 4)
    assert reseal(platform, both, dry_run=False) == Resealed(sealed=2, newest=0, renewed=0, broken=4)
    left = [leases.key(name(number)).encode() for number in range(2, 6)]
    assert {key: everything(platform)[key] for key in left} == {key: before[key] for key in left}


def test_other_keys_are_neither_read_nor_written(platform: redis.Redis, lend: Lend) -> None:
    lend(range(1), "k1")
    strange = [f"nu:{{{name(1)}}}:flushed", "nu:{}:lease", f"nu:{name(2)}:lease", f"nu:{{{name(3)}}}:lease:x", "lease"]
    sealed = platform.get(leases.key(name(0)))
    for key in strange:
        platform.set(key, sealed)
    platform.rpush(leases.key(name(9)), "a list")
    before = everything(platform)
    assert reseal(platform, vault("k2", "k1"), dry_run=False) == Resealed(sealed=1, newest=0, renewed=0, broken=0)
    after = everything(platform)
    assert {key for key in before if before[key] != after[key]} == {leases.key(name(0)).encode()}


def test_it_may_be_stopped_and_begun_again(platform: redis.Redis, lend: Lend, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "PAGE", 10)
    lend(range(200), "k1")
    both = vault("k2", "k1")

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reseal(platform, both, dry_run=False, progress=stop)
    under = standing(platform, both).under
    assert under.keys() == {"k1", "k2"}
    assert all(opened(platform, number, "k2", "k1") == lease(number) for number in range(200))
    rest = reseal(platform, both, dry_run=False)
    assert rest == Resealed(sealed=under["k1"], newest=under["k2"], renewed=0, broken=0)
    assert standing(platform, vault("k2")) == Standing(200, {"k2": 200}, 0)


class Renewing(redis.Redis):
    """Something happens between the reading of the leases and the writing."""

    def mget(self, *args: object, **kwargs: object) -> object:
        found = super().mget(*args, **kwargs)
        self.meanwhile()
        return found


def test_a_lease_that_a_visit_renewed_meanwhile_is_left_alone(
    platform: redis.Redis, lend: Lend, redis_url: str
) -> None:
    lend(range(3), "k1")
    renewed: list[bytes | None] = []

    def visit() -> None:
        lend(range(1, 2), "k1")  # by a process that does not know the new key yet
        renewed.append(platform.get(leases.key(name(1))))

    with Renewing.from_url(redis_url) as connection:
        connection.meanwhile = visit
        done = reseal(connection, vault("k2", "k1"), dry_run=False)
    assert done == Resealed(sealed=2, newest=0, renewed=1, broken=0)
    assert [platform.get(leases.key(name(1)))] == renewed
    assert LEASE_SECONDS - 60 < platform.ttl(leases.key(name(1))) <= LEASE_SECONDS


def test_a_lease_that_ended_meanwhile_does_not_come_back(platform: redis.Redis, lend: Lend, redis_url: str) -> None:
    lend(range(2), "k1")
    with Renewing.from_url(redis_url) as connection:
        connection.meanwhile = lambda: platform.delete(leases.key(name(1)))
        done = reseal(connection, vault("k2", "k1"), dry_run=False)
    assert done == Resealed(sealed=1, newest=0, renewed=1, broken=0)
    assert list(everything(platform)) == [leases.key(name(0)).encode()]


def test_thousands_are_walked_in_pages_and_never_with_keys(platform: redis.Redis, lend: Lend) -> None:
    lend(range(3000), "k1")
    looked: list[int] = []
    platform.config_resetstat()
    assert reseal(platform, vault("k2", "k1"), dry_run=False, progress=looked.append).sealed == 3000
    assert sum(looked) == 3000
    assert max(looked) < 2 * keys.PAGE
    assert "cmdstat_keys" not in platform.info("commandstats")
    assert key_id(platform.get(leases.key(name(2999))).decode()) == "k2"


class Stuttering(redis.Redis):
    """SCAN may give a key again, in the same page or in a later one."""

    def scan(self, cursor: int = 0, *args: object, **kwargs: object) -> object:
        _, found = super().scan(0, *args, **kwargs)
        self.pages = getattr(self, "pages", 0) + 1
        return (1 if self.pages < 3 else 0), found * 2


def test_a_lease_that_redis_names_twice_counts_once(platform: redis.Redis, lend: Lend, redis_url: str) -> None:
    lend(range(3), "k1")
    with Stuttering.from_url(redis_url) as connection:
        assert standing(connection, vault("k1")) == Standing(3, {"k1": 3}, 0)
        assert connection.pages == 3


def test_an_address_that_is_none_is_refused_without_a_word_of_it() -> None:
    for url in ("hunter2", "redis://:hunter2/hunter2@localhost:hunter2"):
        with pytest.raises(SettingsWrong, match=r"^REDIS_URL ") as caught:
            keys.platform(url)
        assert "hunter2" not in str(caught.value)
        assert caught.value.__context__ is None


def test_redis_that_does_not_answer_is_said() -> None:
    with keys.platform("redis://:hunter2@127.0.0.1:1") as connection:
        for command in (standing, lambda *two: reseal(*two, dry_run=False)):
            with pytest.raises(LeasesAway, match=r"^REDIS_URL: "):
                command(connection, vault("k1"))
