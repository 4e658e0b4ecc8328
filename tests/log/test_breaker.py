"""A database that is dead costs nobody time: not its own tenant, and not the others."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from uuid import uuid4

import msgspec
import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numirror.shell.log import Connections, EventLog, LogAway, Target, Tenant
from numirror.shell.log import breaker as breaker_module
from numirror.shell.log.breaker import FAILURES, FIRST_SECONDS, FORGET_SECONDS, LONGEST_SECONDS, Breakers
from tests.log.conftest import METADATA, NOW, event
from tests.log.test_connections import soon
from tests.log.wire import wire_to

BROUGHT = Target.parse("postgresql://u:p@db.example.com/x")
BROUGHT = msgspec.structs.replace(BROUGHT, owner="ada@example.com")
PLATFORM = msgspec.structs.replace(BROUGHT, owner="")

chances = st.floats(0, 0.999)


def pause_of(breakers: Breakers, target: Target, now: float) -> float:
    """How long it is left alone from now on, to the tenth of a second, not trying it."""
    for tenths in range(700):
        if now + tenths / 10 >= breakers.troubled[target].until:
            return tenths / 10
    raise AssertionError


def opened(chance: float = 0.0, target: Target = BROUGHT) -> Breakers:
    breakers = Breakers(lambda: chance)
    assert [breakers.failed(target, 0.0) for _ in range(FAILURES)] == [False, False, True]
    return breakers


@given(outcomes=st.lists(st.booleans(), max_size=40), chance=chances)
def test_three_failures_in_a_row_and_no_fewer_open_it(outcomes: list[bool], chance: float) -> None:
    breakers, row = Breakers(lambda: chance), 0
    for succeeds in outcomes:
        if row < FAILURES:
            breakers.enter(BROUGHT, 0.0)
        else:
            with pytest.raises(LogAway):
                breakers.enter(BROUGHT, 0.0)
            break
        if succeeds:
            breakers.succeeded(BROUGHT)
        else:
            breakers.failed(BROUGHT, 0.0)
        row = 0 if succeeds else row + 1
        assert (BROUGHT in breakers.troubled) == (row > 0)


@given(trials=st.integers(0, 12), chance=chances)
def test_the_pause_doubles_with_every_failed_trial_and_ends(trials: int, chance: float) -> None:
    breakers, now = opened(chance), 0.0
    for trial in range(trials + 1):
        whole = min(FIRST_SECONDS * 2**trial, LONGEST_SECONDS)
        assert whole / 2 - 0.1 <= pause_of(breakers, BROUGHT, now) <= whole + 0.1
        with pytest.raises(LogAway):
            breakers.enter(BROUGHT, now + whole / 2 - 0.01)
        now += whole + 0.1
        breakers.enter(BROUGHT, now)  # the trial
        with pytest.raises(LogAway):
            breakers.enter(BROUGHT, now)  # and nobody else
        assert breakers.failed(BROUGHT, now)
    breakers.succeeded(BROUGHT)
    breakers.enter(BROUGHT, now)
    assert not breakers.troubled


def test_two_processes_do_not_come_back_at_one_moment() -> None:
    assert pause_of(opened(0.0), BROUGHT, 0.0) > pause_of(opened(0.9), BROUGHT, 0.0)


def test_the_platforms_own_is_never_left_alone_for_long() -> None:
    breakers, now = opened(target=PLATFORM), 0.0
    for _ in range(10):
        assert pause_of(breakers, PLATFORM, now) <= FIRST_SECONDS
        now += FIRST_SECONDS
        breakers.enter(PLATFORM, now)
        breakers.failed(PLATFORM, now)


def test_who_had_begun_before_makes_the_pause_no_longer() -> None:
    breakers = opened()
    assert not breakers.failed(BROUGHT, 1.0)
    assert pause_of(breakers, BROUGHT, 0.0) == FIRST_SECONDS


def test_a_trial_whose_end_is_never_known_is_followed_by_another() -> None:
    breakers = opened()
    breakers.enter(BROUGHT, FIRST_SECONDS)
    breakers.enter(BROUGHT, FIRST_SECONDS * 2)


def test_troubles_of_people_who_left_are_forgotten() -> None:
    breakers = opened()
    breakers.forget(FORGET_SECONDS)
    assert breakers.troubled
    breakers.forget(FORGET_SECONDS + FIRST_SECONDS + 1)
    assert not breakers.troubled


@dataclass
class Way:
    """The way to a brought database: counts the dials, and leads nowhere while it `is_closed`."""

    dials: int = 0
    is_closed: threading.Event = field(default_factory=threading.Event)

    def admit(self, target: Target) -> Target:
        self.dials += 1
        return msgspec.structs.replace(target, port=1) if self.is_closed.is_set() else target


@pytest.fixture
def way() -> Way:
    return Way()


@pytest.fixture
def guarded(way: Way) -> Iterator[Connections]:
    pool = Connections(admit=way.admit)
    yield pool
    pool.close()


@pytest.fixture
def far(ada: Tenant) -> Tenant:
    """Ada, with a database of her own."""
    return Tenant(ada.tenant_id, msgspec.structs.replace(ada.storage, owner=ada.tenant_id))


def test_after_three_failed_dials_nobody_dials_and_then_one_does(
    far: Tenant, way: Way, guarded: Connections, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(breaker_module, "FIRST_SECONDS", 0.5)
    log = EventLog(guarded)
    way.is_closed.set()
    assert all(_fails(log, far) for _ in range(20))
    assert way.dials == FAILURES
    assert soon(lambda: _fails(log, far) and way.dials > FAILURES)
    assert _fails(log, far)
    assert way.dials == FAILURES + 1
    way.is_closed.clear()
    assert soon(lambda: not _fails(log, far))
    assert not _fails(log, far)
    assert way.dials == FAILURES + 2
    assert guarded.counts() == (1, 1)


def test_of_eight_who_come_after_the_pause_one_tries(far: Tenant, way: Way, guarded: Connections) -> None:
    log = EventLog(guarded)
    way.is_closed.set()
    assert all(_fails(log, far) for _ in range(FAILURES))
    guarded._troubled[far.storage].until = 0.0  # the pause is over
    start = threading.Barrier(8)

    def work(_: int) -> bool:
        start.wait()
        return _fails(log, far)

    with ThreadPoolExecutor(8) as crew:
        assert all(crew.map(work, range(8)))
    assert way.dials == FAILURES + 1


def test_that_idle_ones_are_hung_up_is_no_failure(ada: Tenant, connections: Connections) -> None:
    with wire_to(ada.storage.port) as wire:
        far = Tenant(ada.tenant_id, msgspec.structs.replace(ada.storage, port=wire.port))
        for _ in range(FAILURES * 2):
            with connections.use(far):
                pass
            wire.cut()  # as a server does with idle ones
            with pytest.raises(psycopg.OperationalError), connections.use(far) as conn:
                conn.execute("SELECT 1")
            assert far.storage not in connections._troubled


def test_that_one_in_use_goes_mute_is_a_failure(far: Tenant) -> None:
    pool = Connections(seconds=0.1)
    with pool.use(far):
        pass
    with pytest.raises(psycopg.OperationalError), pool.use(far) as conn:
        conn.execute("SELECT pg_sleep(30)")
    assert pool._troubled[far.storage].failures == 1


def test_eight_threads_with_a_mute_database_serve_the_healthy_one(far: Tenant, bob: Tenant) -> None:
    """Beside each call of the healthy one stands a call of one that never answers."""
    pool = Connections(seconds=0.2, wait_seconds=0.2)
    log, asked = EventLog(pool), []

    def ask_the_mute() -> None:
        with pool.use(far) as conn:
            asked.append(1)
            conn.execute("SELECT pg_sleep(30)")

    def work(_: int) -> None:
        for version in range(30):
            with pytest.raises((LogAway, psycopg.OperationalError)):
                ask_the_mute()
            mine = Tenant(f"{threading.get_ident()}{bob.tenant_id}", bob.storage)
            log.append(mine, "tasks", version, uuid4(), [event()], NOW, METADATA)

    begun = time.monotonic()
    with ThreadPoolExecutor(8) as crew:
        list(crew.map(work, range(8)))
    assert len(asked) <= FAILURES + 1  # two at a time
    assert time.monotonic() - begun < FIRST_SECONDS
    assert pool.counts()[0] == pool.counts()[1] <= 8
    pool.close()


def _fails(log: EventLog, tenant: Tenant) -> bool:
    try:
        log.tail(tenant, None)
    except LogAway:
        return True
    return False
