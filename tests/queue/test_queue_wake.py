"""Rules of the web's half of the queue: visits and wakes."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from rq import Queue as RqQueue

from numirror.shell.queue import ASK, DRAW, FOLLOW, Kind, Queue, Times, queue_name
from numirror.shell.queue.job import FAILURE_TTL, RESULT_TTL
from tests.queue.fleet import KEY
from tests.waiting import eventually

ADA, BOB = "a" * 32, "b" * 32
Wake = Callable[[str], None]


def jobs(connection: Any) -> list[str]:
    """The ids of the jobs that wait."""
    return [entry.decode() for entry in connection.lrange("rq:queue:drain-0", 0, -1)]


def test_a_wake_is_one_command_in_the_round_trip_of_the_caller(connection: Any, queue: Queue) -> None:
    with connection.monitor() as monitor, connection.pipeline(transaction=False) as pipe:
        pipe.set("model", "state")
        queue.wake(pipe, ADA)
        pipe.execute()
        connection.echo("the end")
        seen: list[str] = []
        for line in monitor.listen():
            if "the end" in line["command"]:
                break
            if line["client_type"] != "lua":
                seen.append(line["command"].split()[0].upper())
    assert [name for name in seen if name not in ("AUTH", "SELECT", "HELLO", "CLIENT")] == ["SET", "EVAL"]


def test_a_wake_makes_a_tenant_dirty_and_pushes_one_job(connection: Any, wake: Wake) -> None:
    for _ in range(1000):
        wake(ADA)
    wake(BOB)
    assert connection.zrange("nu:dirty:0", 0, -1) == [ADA.encode(), BOB.encode()]
    assert len(jobs(connection)) == 1


def test_a_job_that_waits_longer_than_expected_is_not_pushed_again(connection: Any, wake: Wake) -> None:
    wake(ADA)
    connection.delete("nu:drain:0")
    wake(ADA)
    assert len(jobs(connection)) == 1


def test_a_wake_moves_the_due_time_forward_but_never_back(connection: Any, wake: Wake) -> None:
    connection.zadd("nu:dirty:0", {ADA: 1, BOB: 9e12})
    wake(ADA)
    wake(BOB)
    assert connection.zscore("nu:dirty:0", ADA) == 1
    assert connection.zscore("nu:dirty:0", BOB) < 9e12


def test_a_failing_tenant_is_not_tried_at_every_click(connection: Any, queue: Queue, wake: Wake, times: Times) -> None:
    connection.hset("nu:failures:0", ADA, 3)
    connection.zadd("nu:dirty:0", {ADA: 9e12})
    seconds, micros = connection.time()
    wake(ADA)
    delay = connection.zscore("nu:dirty:0", ADA) - seconds * 1000 - micros // 1000
    assert times.nudge * 1000 <= delay < times.nudge * 1000 + 2000
    assert jobs(connection) == []
    eventually(lambda: queue.sweep(0, "me") and jobs(connection))


@pytest.mark.parametrize("kind", [FOLLOW, ASK, DRAW], ids=lambda kind: kind.job)
def test_the_job_is_what_rq_itself_would_write(connection: Any, kind: Kind) -> None:
    with connection.pipeline(transaction=False) as pipe:
        Queue(connection, KEY, kind).wake(pipe, ADA)
        pipe.execute()
    name = queue_name(0, kind)
    [ours] = (entry.decode() for entry in connection.lrange(f"rq:queue:{name}", 0, -1))
    written = connection.hgetall(f"rq:job:{ours}")
    rq = RqQueue(name, connection=connection, serializer="json")
    theirs = rq.enqueue_call(
        kind.job,
        args=(0,),
        timeout=kind.timeout,
        result_ttl=RESULT_TTL,
        failure_ttl=FAILURE_TTL,
        ttl=kind.times.valid,
        description=kind.job,
        meta={"until": 1, "signature": "x"},
    )
    expected = connection.hgetall(theirs.key)
    changing = {b"created_at", b"enqueued_at", b"meta"}
    assert written.keys() == expected.keys()
    assert {n: v for n, v in written.items() if n not in changing} == {
        n: v for n, v in expected.items() if n not in changing
    }
    assert len(written[b"created_at"]) == len(expected[b"created_at"])
    assert connection.smembers("rq:queues") == {f"rq:queue:{name}".encode()}
    assert 0 < connection.ttl(f"rq:job:{ours}") <= connection.ttl(theirs.key)


def test_a_wake_does_not_import_rq() -> None:
    code = "import sys, numirror.shell.queue; sys.exit('rq' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=20).returncode == 0


@pytest.mark.parametrize("wrong", ["ada@example.com", "ADA", "", "a" * 65, "a" * 32 + "\n"])
def test_a_tenant_is_known_by_a_hash_only(connection: Any, queue: Queue, wrong: str) -> None:
    with connection.pipeline() as pipe:
        with pytest.raises(ValueError, match="hash"):
            queue.wake(pipe, wrong)
        with pytest.raises(ValueError, match="hash"):
            queue.visit(pipe, wrong)


def test_each_shard_has_its_own_set_and_its_own_queue(connection: Any) -> None:
    queue = Queue(connection, KEY, shards=4)
    with connection.pipeline(transaction=False) as pipe:
        for tenant in ("00000000" * 4, "00000001" * 4, "00000005" * 4):
            queue.wake(pipe, tenant)
        pipe.execute()
    assert connection.zcard("nu:dirty:0") == 1
    assert connection.zcard("nu:dirty:1") == 2
    assert connection.smembers("rq:queues") == {b"rq:queue:drain-0", b"rq:queue:drain-1"}


def test_only_the_last_visit_of_a_tenant_is_kept(connection: Any, queue: Queue) -> None:
    connection.zadd("nu:visits:0", {ADA: 1, BOB: 9e12})
    with connection.pipeline(transaction=False) as pipe:
        queue.visit(pipe, ADA)
        queue.visit(pipe, BOB)
        pipe.execute()
    assert connection.zscore("nu:visits:0", ADA) > 1
    assert connection.zscore("nu:visits:0", BOB) == 9e12
