"""Rules of the drain: who is served, in what order, and what becomes of failures."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from numirror.kernel.errors import Away
from numirror.shell.queue import Next, Queue
from workers.backoff import AWAY, HOLD, SHORT, rest
from workers.drain import Drain, Pace

ADA, BOB, EVE = "a" * 32, "b" * 32, "e" * 32
Wake = Callable[[str], None]
DONE = Next(up_to_date=True)


class Script:
    """A follow that keeps a list of whom it served, and answers from a script: a `Next`, or an error to raise."""

    def __init__(self, **answers: list[Next | Exception]) -> None:
        self.served: list[str] = []
        self._answers = answers

    def __call__(self, tenant: str, deadline: float) -> Next:
        self.served.append(tenant)
        answers = self._answers.get(tenant[0], [])
        answer = answers.pop(0) if answers else DONE
        if isinstance(answer, Exception):
            raise answer
        return answer


def drain(queue: Queue, follow: Script, stopping: Callable[[], bool] = lambda: False, job: float = 5.0) -> None:
    """Run one job."""
    Drain(queue, follow, stopping, Pace(slice=0.1, job=job, idle=0.02))(0)


def test_a_drain_serves_all_who_are_due(connection: Any, queue: Queue, wake: Wake) -> None:
    for tenant in (ADA, BOB, EVE):
        wake(tenant)
    drain(queue, follow := Script())
    assert sorted(follow.served) == [ADA, BOB, EVE]
    assert connection.exists("nu:dirty:0", "nu:claims:0", "nu:drain:0") == 0


def test_a_flood_of_one_tenant_delays_another_by_one_slice(connection: Any, queue: Queue, wake: Wake) -> None:
    wake(ADA)
    follow = Script(a=[Next(up_to_date=False)] * 50)

    class Flood(Script):
        def __call__(self, tenant: str, deadline: float) -> Next:
            if len(follow.served) < 60:
                wake(ADA)
            if len(follow.served) == 5:
                wake(BOB)
            return follow(tenant, deadline)

    flood = Flood()
    drain(queue, flood)
    assert follow.served.index(BOB) <= 7
    assert follow.served.count(ADA) >= 50


def test_a_failing_tenant_does_not_stop_the_others(connection: Any, queue: Queue, wake: Wake) -> None:
    for tenant in (ADA, BOB, EVE):
        wake(tenant)
    drain(queue, follow := Script(b=[ValueError("no")]))
    assert sorted(follow.served) == [ADA, BOB, EVE]
    assert connection.zrange("nu:dirty:0", 0, -1) == [BOB.encode()]
    assert connection.hgetall("nu:failures:0") == {BOB.encode(): b"1"}
    seconds, _ = connection.time()
    assert connection.zscore("nu:dirty:0", BOB) >= seconds * 1000


def test_a_failure_is_logged_without_its_text(queue: Queue, wake: Wake, caplog: pytest.LogCaptureFixture) -> None:
    wake(ADA)
    with caplog.at_level(logging.INFO):
        drain(queue, Script(a=[ValueError("ada@example.com")]))
    [record] = caplog.records
    assert (record.message, record.error, record.tenant) == ("follow failed", "ValueError", ADA)  # type: ignore[attr-defined]
    assert "example.com" not in repr(vars(record))


def test_eight_failures_in_a_row_make_a_tenant_ill_and_one_success_heals(
    connection: Any, queue: Queue, wake: Wake
) -> None:
    follow = Script(a=[ValueError("no")] * 8)
    wake(ADA)
    for _ in range(8):
        assert connection.exists("nu:ill") == 0
        drain(queue, follow)
        connection.zadd("nu:dirty:0", {ADA: 1})
    assert connection.exists("nu:ill") == 1
    drain(queue, follow)
    assert connection.exists("nu:ill", "nu:failures:0", "nu:dirty:0") == 0


def test_a_tenant_comes_again_at_the_time_it_gave(connection: Any, queue: Queue, wake: Wake) -> None:
    wake(ADA)
    again = datetime.now(UTC) + timedelta(seconds=30)
    drain(queue, Script(a=[Next(up_to_date=True, again_at=again)]))
    assert connection.zscore("nu:dirty:0", ADA) == pytest.approx(again.timestamp() * 1000, abs=500)


def test_a_wake_comes_before_the_time_that_was_given(connection: Any, queue: Queue, wake: Wake) -> None:
    later = Next(up_to_date=True, again_at=datetime.now(UTC) + timedelta(seconds=30))
    wake(ADA)
    follow = Script(a=[later, later])
    drain(queue, follow)
    wake(ADA)
    drain(queue, follow)
    assert follow.served == [ADA, ADA]


def test_a_job_ends_in_time_and_leaves_the_rest_to_the_next(connection: Any, queue: Queue, wake: Wake) -> None:
    wake(ADA)
    connection.delete("rq:queue:drain-0")
    drain(queue, follow := Script(a=[Next(up_to_date=False)] * 10**6), job=0.1)
    assert follow.served
    assert connection.llen("rq:queue:drain-0") == 1
    assert connection.exists("nu:claims:0") == 0


def test_a_drain_that_is_asked_to_stop_ends_after_the_tenant_at_hand(connection: Any, queue: Queue, wake: Wake) -> None:
    wake(ADA)
    wake(BOB)
    connection.delete("rq:queue:drain-0")
    follow = Script()
    drain(queue, follow, stopping=lambda: bool(follow.served))
    assert len(follow.served) == 1
    assert connection.zcard("nu:dirty:0") == 1
    assert connection.exists("nu:claims:0") == 0


def test_a_job_done_twice_is_harmless(connection: Any, queue: Queue, wake: Wake) -> None:
    wake(ADA)
    follow = Script()
    drain(queue, follow)
    drain(queue, follow)
    assert follow.served == [ADA]


@pytest.mark.parametrize(("failures", "longest"), [(1, 2.0), (2, 4.0), (4, 16.0), (5, SHORT), (7, SHORT)])
def test_rest_doubles_with_full_jitter_but_heals_within_a_minute(failures: int, longest: float) -> None:
    assert rest(failures, limit=8, away=False, chance=lambda low, high: high) == longest
    assert rest(failures, limit=8, away=True, chance=lambda low, high: low) == 1.0


def test_an_ill_tenant_rests_longer_where_something_is_wrong_than_where_something_is_away() -> None:
    assert rest(8, limit=8, away=False, chance=lambda low, high: high) == HOLD
    assert rest(8, limit=8, away=True, chance=lambda low, high: high) == AWAY


def test_what_is_away_may_come_back(connection: Any, queue: Queue, wake: Wake) -> None:
    wake(ADA)
    connection.hset("nu:failures:0", ADA, 20)
    connection.zadd("nu:dirty:0", {ADA: 1})
    drain(queue, Script(a=[Away()]))
    seconds, _ = connection.time()
    assert connection.zscore("nu:dirty:0", ADA) < (seconds + AWAY + 5) * 1000
