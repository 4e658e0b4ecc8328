"""The platform's Redis on a bad day: nothing that was acknowledged is lost, and nothing is half done."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import redis

from local.valkey import Valkey
from numirror import follow
from numirror.shell.visits import RedisAway
from tests.account.conftest import Person
from tests.faults.proxy import FaultProxy


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Valkey]:
    """A Redis that keeps nothing on disk."""
    with Valkey(tmp_path / "memory", settings={"appendonly": "no"}) as server:
        yield server


@pytest.fixture
def moved_in(person: Person, memory: Valkey) -> Person:
    """Somebody whose leases and read models lie there."""
    lives_in(person, memory.url)
    person.visit()
    person.add("One")
    return person


def lives_in(person: Person, url: str) -> None:
    person.settings = msgspec.structs.replace(person.settings, redis_url=url)
    person.begin()


def test_one_that_is_full_refuses_before_anything_is_done(moved_in: Person, memory: Valkey) -> None:
    with redis.Redis.from_url(memory.url) as server:
        server.config_set("maxmemory", 1)
        assert moved_in.titles() == ["One"]
        with pytest.raises(RedisAway):
            moved_in.add("Two")
        assert len(moved_in.stores.log.read(moved_in.visit().tenant, 0)) == 1
        server.config_set("maxmemory", 0)
    moved_in.add("Two")
    assert moved_in.titles() == ["One", "Two"]


def test_one_that_is_killed_and_has_forgotten_everything_costs_a_fold(moved_in: Person, memory: Valkey) -> None:
    assert memory.child is not None
    os.kill(memory.child.pid, signal.SIGKILL)
    with pytest.raises(RedisAway):
        moved_in.add("Never said")
    memory.child.restart()
    memory.child.await_ready(memory.ready, 10)
    assert moved_in.titles() == ["One"]
    moved_in.add("Two")
    assert moved_in.titles() == ["One", "Two"]


def test_one_that_is_flushed_right_before_the_wake_loses_nothing(
    moved_in: Person, memory: Valkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    close = moved_in.visits.close

    def flushing(*arguments: object) -> None:
        with redis.Redis.from_url(memory.url) as server:
            server.flushall()
        close(*arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(moved_in.visits, "close", flushing)
        moved_in.add("Two")
    assert moved_in.titles() == ["One", "Two"]
    follow.build(moved_in.settings)(moved_in.visit().tenant_hash, float("inf"))
    assert moved_in.stores.projections.checkpoints(moved_in.visit().tenant)["tasks"].position == 2


def test_an_answer_that_is_swallowed_after_the_commit_costs_a_fold(person: Person, memory: Valkey) -> None:
    with FaultProxy(("127.0.0.1", memory.port)) as between:
        lives_in(person, memory.url.replace(f":{memory.port}", f":{between.port}"))
        person.visit()
        held = between.swallow_reply(b"Acknowledged")
        person.add("Acknowledged")  # the state with this title is what the wake carries
        assert held.reached.is_set()
    lives_in(person, memory.url)
    assert person.titles() == ["Acknowledged"]
