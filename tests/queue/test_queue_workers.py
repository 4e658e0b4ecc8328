"""Rules of the crew, with real processes: nothing is lost, whoever is killed."""

import os
import signal
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from numirror.shell.queue import Queue
from tests.faults.proxy import FaultProxy
from tests.queue.fleet import Fleet
from tests.waiting import eventually
from workers.fitness import RedisAway, RedisForgets, check

ADA, BOB, EVE = "a" * 32, "b" * 32, "e" * 32
Wake = Callable[[str], None]
Start = Callable[..., Fleet]


def workers_of(fleet: Fleet) -> set[int]:
    return {child.pid for child in psutil.Process(fleet.process.pid).children()}


def alive(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def ready(fleet: Fleet, processes: int = 2) -> Fleet:
    """The fleet when all its workers listen to their queue."""
    eventually(lambda: fleet.redis.scard("rq:workers:drain-0") >= processes, 20)
    return fleet


def test_a_burst_of_a_thousand_wakes_is_at_most_three_jobs(connection: Any, fleet: Start, wake: Wake) -> None:
    crew = ready(fleet())
    for _ in range(1000):
        wake(ADA)
    eventually(lambda: not connection.exists("nu:dirty:0"))
    assert crew.done() >= 1
    assert len(connection.keys("rq:job:????????????????????????????????")) <= 3


def test_a_tenant_that_hangs_does_not_delay_another(connection: Any, fleet: Start, wake: Wake) -> None:
    crew = ready(fleet())
    crew.tell(ADA, "hold")
    wake(ADA)
    assert crew.begun()[0] == ADA
    wake(BOB)
    assert crew.begun()[0] == BOB
    crew.let_go(ADA)
    eventually(lambda: not connection.exists("nu:dirty:0"))


def test_two_workers_share_what_was_dirty_before_they_came(fleet: Start, wake: Wake) -> None:
    for tenant in (ADA, BOB):
        wake(tenant)
    crew = fleet()
    crew.tell(ADA, "hold")
    crew.tell(BOB, "hold")
    first, second = crew.begun(), crew.begun()
    assert {first[0], second[0]} == {ADA, BOB}
    assert first[1] != second[1]
    crew.let_go(ADA)
    crew.let_go(BOB)


def test_when_a_worker_is_killed_in_mid_follow_another_takes_over(connection: Any, fleet: Start, wake: Wake) -> None:
    crew = ready(fleet())
    crew.tell(ADA, "hold")
    wake(ADA)
    _, pid = crew.begun()
    os.kill(pid, signal.SIGKILL)
    tenant, heir = crew.begun()
    assert (tenant, heir != pid) == (ADA, True)
    eventually(lambda: not connection.exists("nu:dirty:0", "nu:claims:0", "nu:failures:0"))
    eventually(lambda: len(workers_of(crew)) == 2 and pid not in workers_of(crew))


def test_a_wake_while_its_worker_is_killed_is_not_lost(connection: Any, fleet: Start, wake: Wake) -> None:
    crew = ready(fleet(processes=1), 1)
    crew.tell(ADA, "hold")
    wake(ADA)
    _, pid = crew.begun()
    wake(ADA)
    os.kill(pid, signal.SIGKILL)
    assert crew.begun()[0] == ADA
    eventually(lambda: not connection.exists("nu:dirty:0", "nu:woken:0"))


def test_a_visit_whose_wake_never_came_is_followed(connection: Any, queue: Queue, fleet: Start) -> None:
    with connection.pipeline(transaction=False) as pipe:
        queue.visit(pipe, ADA)
        pipe.execute()
    assert fleet(processes=1).begun()[0] == ADA


def test_lost_jobs_and_markers_are_healed(connection: Any, fleet: Start, wake: Wake) -> None:
    wake(ADA)
    wake(BOB)
    connection.delete("rq:queue:drain-0")
    connection.set("nu:drain:0", "pending", ex=1)
    crew = fleet(processes=1)
    assert {crew.begun()[0], crew.begun()[0]} == {ADA, BOB}


def test_workers_go_on_after_a_flush(connection: Any, fleet: Start, wake: Wake) -> None:
    crew = ready(fleet())
    crew.tell(ADA, "hold")
    wake(ADA)
    crew.begun()
    connection.flushall()
    wake(BOB)
    assert crew.begun()[0] == BOB
    crew.let_go(ADA)
    wake(EVE)
    assert crew.begun()[0] == EVE


def test_failures_of_one_tenant_leave_the_workers_alive(connection: Any, fleet: Start, wake: Wake) -> None:
    crew = ready(fleet(processes=1), 1)
    [pid] = workers_of(crew)
    crew.tell(ADA, "fail", "away")
    wake(ADA)
    wake(BOB)
    assert {crew.begun(), crew.begun()} == {(ADA, pid), (BOB, pid)}
    assert [crew.begun(), crew.begun()] == [(ADA, pid)] * 2
    eventually(lambda: not connection.exists("nu:failures:0"))


def test_a_supervisor_that_is_killed_takes_its_workers_along(fleet: Start) -> None:
    crew = ready(fleet())
    pids = workers_of(crew)
    crew.process.kill()
    crew.process.wait()
    eventually(lambda: not any(alive(pid) for pid in pids))


def test_a_crew_that_is_asked_to_stop_ends_after_the_tenant_at_hand(connection: Any, fleet: Start, wake: Wake) -> None:
    crew = ready(fleet(processes=1), 1)
    [worker] = connection.smembers("rq:workers:drain-0")
    crew.tell(ADA, "hold")
    wake(ADA)
    crew.begun()
    wake(ADA)
    crew.process.send_signal(signal.SIGTERM)
    eventually(lambda: connection.hexists(worker, "shutdown_requested_date"))
    crew.let_go(ADA)
    assert crew.process.wait(15) == 0
    assert crew.done() == 1
    assert connection.zrange("nu:dirty:0", 0, -1) == [ADA.encode()]
    assert connection.exists("nu:claims:0") == 0


def test_a_worker_that_dies_is_replaced(fleet: Start) -> None:
    crew = ready(fleet())
    before = workers_of(crew)
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    eventually(lambda: len(workers_of(crew) - before) == 2)


def sweeper(connection: Any) -> int:
    """The process id of the supervisor that sweeps."""
    holder = connection.get("nu:sweeper:0")
    return int(holder.split(b"-")[-2]) if holder else 0


def test_of_two_supervisors_one_sweeps_and_the_other_takes_over(connection: Any, fleet: Start) -> None:
    crews = {crew.process.pid: crew for crew in (fleet(processes=1), fleet(processes=1))}
    first = eventually(lambda: sweeper(connection))
    crews.pop(first).process.kill()
    [(second, heir)] = crews.items()
    eventually(lambda: sweeper(connection) == second)
    connection.zadd("nu:dirty:0", {ADA: 1})
    assert heir.begun()[0] == ADA


def test_workers_come_back_when_redis_was_away(connection: Any, redis_url: str, fleet: Start, wake: Wake) -> None:
    parts = urlsplit(redis_url)
    with FaultProxy((str(parts.hostname), int(parts.port or 0))) as proxy:
        crew = ready(fleet(url=redis_url.replace(f":{parts.port}/", f":{proxy.port}/")))
        proxy.refuse = True
        proxy.reset()
        wake(ADA)
        proxy.refuse = False
        tenants = eventually(lambda: connection.lrange("test:begun", 0, -1), 20)
        assert tenants[0].startswith(ADA.encode())
        eventually(lambda: not connection.exists("nu:dirty:0", "nu:claims:0"), 20)
        crew.process.send_signal(signal.SIGTERM)
        assert crew.process.wait(15) == 0


def test_redis_must_be_there(redis_url: str) -> None:
    with pytest.raises(RedisAway):
        check(redis.Redis(port=1, retry=Retry(NoBackoff(), 0)))
    check(redis.Redis.from_url(redis_url))


def test_redis_must_not_evict_jobs(connection: Any) -> None:
    connection.config_set("maxmemory-policy", "allkeys-lru")
    try:
        with pytest.raises(RedisForgets):
            check(connection)
    finally:
        connection.config_set("maxmemory-policy", "noeviction")
