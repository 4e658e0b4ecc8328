"""Rules of the workers' half of the queue: claims, and what heals."""

from collections.abc import Callable
from typing import Any

from numirror.shell.queue import Claim, Done, Queue, Times
from tests.waiting import eventually

ADA, BOB, EVE = "a" * 32, "b" * 32, "e" * 32
Wake = Callable[[str], None]


def taken(queue: Queue, done: Done | None = None) -> Claim:
    """The next claim; there must be one."""
    claim = queue.take(0, "", done)
    assert isinstance(claim, Claim)
    return claim


def test_the_tenant_that_waits_longest_comes_first(connection: Any, queue: Queue) -> None:
    connection.zadd("nu:dirty:0", {ADA: 30, BOB: 10, EVE: 20})
    assert [taken(queue).tenant for _ in range(3)] == [BOB, EVE, ADA]


def test_a_claimed_tenant_is_given_to_nobody_else(queue: Queue, wake: Wake) -> None:
    wake(ADA)
    assert taken(queue).tenant == ADA
    wake(ADA)
    assert queue.take(0, "pending") == "listen"


def test_a_claimed_tenant_that_is_woken_pushes_no_job_but_comes_again(
    connection: Any, queue: Queue, wake: Wake
) -> None:
    wake(ADA)
    queue.take(0, "pending")
    connection.delete("rq:queue:drain-0", "nu:drain:0")
    claim = Claim(ADA, connection.hget("nu:claims:0", ADA).decode(), 0)
    wake(ADA)
    assert connection.llen("rq:queue:drain-0") == 0
    assert taken(queue, Done(claim)).tenant == ADA


def test_a_tenant_that_is_done_is_no_longer_dirty(connection: Any, queue: Queue, wake: Wake) -> None:
    wake(ADA)
    assert queue.take(0, "pending", Done(taken(queue))) == "listen"
    assert [key for key in connection.keys("nu:*") if key != b"nu:drain:0"] == []


def test_a_tenant_that_was_not_done_goes_to_the_end_of_the_line(queue: Queue, wake: Wake) -> None:
    wake(ADA)
    first = taken(queue)
    wake(BOB)
    assert taken(queue, Done(first, delay=0)).tenant == BOB
    assert taken(queue).tenant == ADA


def test_a_tenant_comes_again_when_it_said(connection: Any, queue: Queue, wake: Wake) -> None:
    wake(ADA)
    queue.leave(0, "pending", Done(taken(queue), delay=0.2))
    assert queue.take(0, "") == "listen"
    assert eventually(lambda: isinstance(claim := queue.take(0, "listening"), Claim) and claim).tenant == ADA


def test_a_claim_that_its_worker_did_not_survive_passes_on(queue: Queue, wake: Wake) -> None:
    wake(ADA)
    lost = taken(queue)
    heir = eventually(lambda: isinstance(claim := queue.take(0, "listening"), Claim) and claim)
    assert (heir.tenant, heir.failures) == (ADA, 1)
    assert heir.until != lost.until


def test_an_heir_serves_the_wakes_of_the_dead_too(connection: Any, queue: Queue, wake: Wake) -> None:
    wake(ADA)
    taken(queue)
    wake(ADA)
    heir = eventually(lambda: isinstance(claim := queue.take(0, "listening"), Claim) and claim)
    queue.leave(0, "", Done(heir))
    assert connection.exists("nu:dirty:0", "nu:woken:0") == 0


def test_a_claim_that_passed_on_cannot_be_given_back(connection: Any, queue: Queue, wake: Wake) -> None:
    wake(ADA)
    late = taken(queue)
    heir = eventually(lambda: isinstance(claim := queue.take(0, "listening"), Claim) and claim)
    queue.leave(0, "", Done(late))
    assert connection.hget("nu:claims:0", ADA) == heir.until.encode()
    assert connection.zscore("nu:dirty:0", ADA) == float(heir.until)


def test_a_tenant_that_kills_its_workers_is_held_back_in_the_end(
    connection: Any, queue: Queue, wake: Wake, times: Times
) -> None:
    wake(ADA)
    connection.hset("nu:failures:0", ADA, times.limit - 1)
    connection.hset("nu:claims:0", ADA, 1)
    assert queue.take(0, "pending") == "listen"
    assert connection.zscore("nu:ill", ADA)
    seconds, _ = connection.time()
    assert connection.zscore("nu:dirty:0", ADA) > (seconds + times.hold - 2) * 1000


def test_failures_are_counted_until_a_success(connection: Any, queue: Queue, wake: Wake) -> None:
    wake(ADA)
    first = taken(queue)
    queue.leave(0, "", Done(first, delay=0, failures=8))
    assert connection.zrange("nu:ill", 0, -1) == [ADA.encode()]
    again = taken(queue)
    assert again.failures == 8
    queue.leave(0, "", Done(again))
    assert connection.exists("nu:ill", "nu:failures:0", "nu:dirty:0") == 0


def test_a_drain_calls_another_one_while_more_is_due(connection: Any, queue: Queue, wake: Wake) -> None:
    wake(ADA)
    wake(BOB)
    connection.delete("rq:queue:drain-0")
    queue.take(0, "pending")
    assert connection.llen("rq:queue:drain-0") == 1


def test_one_drain_listens_at_a_time(queue: Queue) -> None:
    assert queue.take(0, "pending") == "listen"
    assert queue.take(0, "pending") is None


def test_an_old_ring_of_the_bell_is_forgotten(connection: Any, queue: Queue) -> None:
    connection.rpush("nu:bell:0", 1)
    assert queue.take(0, "pending") == "listen"
    assert connection.llen("nu:bell:0") == 0


def test_a_wake_rings_for_the_drain_that_listens_and_pushes_no_job(connection: Any, queue: Queue, wake: Wake) -> None:
    assert queue.take(0, "pending") == "listen"
    wake(ADA)
    wake(BOB)
    assert connection.llen("nu:bell:0") == 1
    queue.listen(0, 5)
    assert isinstance(queue.take(0, "listening"), Claim)
    assert connection.llen("rq:queue:drain-0") == 1  # for Bob, as this drain is busy now


def test_a_drain_that_leaves_while_a_tenant_is_due_pushes_the_next_job(
    connection: Any, queue: Queue, wake: Wake
) -> None:
    assert queue.take(0, "pending") == "listen"
    wake(ADA)
    queue.leave(0, "listening")
    assert connection.llen("rq:queue:drain-0") == 1


def test_a_job_that_got_lost_is_pushed_again(connection: Any, queue: Queue, wake: Wake) -> None:
    wake(ADA)
    connection.delete("rq:queue:drain-0")
    assert queue.sweep(0, "me")
    assert connection.llen("rq:queue:drain-0") == 0  # it is believed to be under way
    eventually(lambda: queue.sweep(0, "me") and connection.llen("rq:queue:drain-0") == 1)


def test_a_listening_drain_that_died_is_missed(connection: Any, queue: Queue, wake: Wake) -> None:
    assert queue.take(0, "pending") == "listen"
    wake(ADA)
    eventually(lambda: queue.sweep(0, "me") and connection.llen("rq:queue:drain-0") == 1)


def test_a_visit_becomes_dirty_when_it_is_over_for_certain(connection: Any, queue: Queue, times: Times) -> None:
    with connection.pipeline(transaction=False) as pipe:
        queue.visit(pipe, ADA)
        pipe.execute()
    assert queue.sweep(0, "me")
    assert connection.exists("nu:dirty:0") == 0
    begun = connection.zscore("nu:visits:0", ADA)
    due = eventually(lambda: queue.sweep(0, "me") and connection.zscore("nu:dirty:0", ADA))
    assert due - begun >= times.visit * 1000
    assert connection.exists("nu:visits:0") == 0
    assert connection.llen("rq:queue:drain-0") == 1


def test_one_sweeper_acts_at_a_time_until_it_is_silent(connection: Any, queue: Queue, wake: Wake) -> None:
    assert queue.sweep(0, "me")
    assert not queue.sweep(0, "you")
    eventually(lambda: queue.sweep(0, "you"))
    assert not queue.sweep(0, "me")


def test_a_flushed_redis_forgets_but_does_not_confuse(connection: Any, queue: Queue, wake: Wake) -> None:
    wake(ADA)
    claim = taken(queue)
    connection.flushall()
    wake(ADA)
    queue.leave(0, "", Done(claim))
    assert connection.zscore("nu:dirty:0", ADA), "a wake after the flush stays"
    connection.flushall()
    queue.leave(0, "", Done(claim, delay=0))
    assert connection.zscore("nu:dirty:0", ADA), "work that is left stays"
    assert queue.sweep(0, "me")
    assert taken(queue).tenant == ADA
