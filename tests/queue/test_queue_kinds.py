"""Rules of the kinds of queue: apart from one another, and crashes of the forking ones stay in the child."""

import json
import os
import signal
import time
import zlib
from collections.abc import Callable
from typing import Any

import psutil
import pytest
from rq.exceptions import NoSuchJobError

from numirror.shell.queue import ASK, DRAW, FOLLOW, Claim, Kind, Queue, call, queue_name
from numirror.shell.queue.signature import sign
from tests.queue.fleet import FORKED, KEY, QUICK, Fleet
from tests.waiting import eventually
from workers.job import SignedJob

ADA, BOB = "a" * 32, "b" * 32
KINDS = (FOLLOW, ASK, DRAW)
Start = Callable[..., Fleet]


def wake(connection: Any, kind: Kind, tenant: str = ADA) -> None:
    with connection.pipeline(transaction=False) as pipe:
        Queue(connection, KEY, kind, times=QUICK).wake(pipe, tenant)
        pipe.execute()


def waiting(connection: Any, kind: Kind) -> list[str]:
    return [entry.decode() for entry in connection.lrange(f"rq:queue:{queue_name(0, kind)}", 0, -1)]


def job_class(of: Kind) -> type[SignedJob]:
    class OurJob(SignedJob):
        signing_key = KEY
        kind = of
        functions = {of.job: lambda shard: None}  # noqa: RUF012

    return OurJob


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.job)
def test_a_wake_of_one_kind_is_none_of_another(connection: Any, kind: Kind) -> None:
    wake(connection, kind)
    assert [one for one in KINDS if waiting(connection, one)] == [kind]
    assert [one for one in KINDS if isinstance(Queue(connection, KEY, one).take(0, ""), Claim)] == [kind]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.job)
def test_a_job_of_ours_is_known_to_its_own_kind_only(connection: Any, kind: Kind) -> None:
    wake(connection, kind)
    [ours] = waiting(connection, kind)
    for other in KINDS:
        fetch = job_class(other).fetch
        if other is kind:
            assert fetch(ours, connection=connection, serializer="json").args == [0]
        else:
            with pytest.raises(NoSuchJobError):
                fetch(ours, connection=connection, serializer="json")


def test_a_signed_call_of_another_kind_is_refused_even_where_all_else_fits(connection: Any) -> None:
    wake(connection, ASK)
    [ours] = waiting(connection, ASK)
    until = int(time.time()) + 60
    meta = json.dumps({"until": until, "signature": sign(KEY, call(0, DRAW), until)})
    connection.hset(f"rq:job:{ours}", mapping={"data": zlib.compress(call(0, DRAW)), "meta": meta})
    with pytest.raises(NoSuchJobError):
        job_class(ASK).fetch(ours, connection=connection, serializer="json")


def test_a_claim_outlasts_the_longest_call_and_rq_waits_longer_than_a_job() -> None:
    assert ASK.times.claim > 2 * 60 + 10
    assert ASK.timeout > 30 + 2 * 60
    assert DRAW.timeout > 30 + 8


def forking(fleet: Start, redis_url: str) -> tuple[Fleet, int]:
    """One forking worker, and its process id."""
    crew = fleet(1, redis_url, "fork")
    eventually(lambda: crew.redis.scard("rq:workers:ask-0") >= 1, 20)
    [worker] = psutil.Process(crew.process.pid).children()
    return crew, worker.pid


def test_a_crash_ends_the_child_and_the_worker_serves_on(connection: Any, fleet: Start, redis_url: str) -> None:
    crew, worker = forking(fleet, redis_url)
    crew.tell(ADA, "crash")
    wake(connection, FORKED)
    crashed = crew.begun()
    assert crashed[1] != worker
    wake(connection, FORKED, BOB)
    assert {crew.begun()[0], crew.begun()[0]} == {ADA, BOB}, "the other one, and after the claim the same again"
    assert psutil.pid_exists(worker)
    eventually(lambda: not connection.exists("nu:ask:dirty:0", "nu:ask:claims:0", "nu:ask:failures:0"))


def test_a_child_ends_with_its_worker(connection: Any, fleet: Start, redis_url: str) -> None:
    crew, worker = forking(fleet, redis_url)
    crew.tell(ADA, "hold")
    wake(connection, FORKED)
    child = psutil.Process(crew.begun()[1])
    os.kill(worker, signal.SIGKILL)
    eventually(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE, 3)  # its hold takes longer


def test_a_forking_crew_that_is_asked_to_stop_ends_after_the_tenant_at_hand(
    connection: Any, fleet: Start, redis_url: str
) -> None:
    crew, _ = forking(fleet, redis_url)
    [worker] = connection.smembers("rq:workers:ask-0")
    crew.tell(ADA, "hold")
    wake(connection, FORKED)
    crew.begun()
    wake(connection, FORKED)
    crew.process.send_signal(signal.SIGTERM)
    eventually(lambda: connection.hexists(worker, "shutdown_requested_date"))
    crew.let_go(ADA)
    assert crew.process.wait(15) == 0
    assert crew.done() == 1
    assert connection.exists("nu:ask:claims:0") == 0
    assert connection.zrange("nu:ask:dirty:0", 0, -1) == [ADA.encode()]
