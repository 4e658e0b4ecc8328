"""A worker runs only jobs that we signed: a table of what someone with access to Redis could write instead."""

import json
import logging
import pickle
import signal
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from rq.exceptions import NoSuchJobError
from rq.registry import StartedJobRegistry

from numirror.shell.queue import Queue, Times, call
from numirror.shell.queue.signature import sign
from tests.queue.fleet import KEY
from workers.job import SignedJob, SignedQueue
from workers.logs import quieten_rq
from workers.worker import DrainWorker

ADA = "a" * 32
PROOF = "/tmp/numirror-forged"  # made by a forgery that was run; see `proof`
Wake = Callable[[str], None]
Fields = dict[str, Any]


def signed_meta(data: bytes, until: int, key: bytes = KEY) -> str:
    return json.dumps({"until": until, "signature": sign(key, data, until)})


def named(function: object, *args: object, instance: object = None, **kwargs: object) -> bytes:
    return json.dumps([function, instance, list(args), kwargs]).encode()


def carrying(data: bytes, **other: Any) -> Fields:
    """Another call, with the signature of a job of ours."""
    return {"data": zlib.compress(data), **other}


def signed_carrying(data: bytes) -> Fields:
    """Another call, signed as by someone who has the key."""
    return {"data": zlib.compress(data), "meta": signed_meta(data, int(time.time()) + 60)}


class Bomb:
    def __reduce__(self) -> Any:
        import os

        return os.system, (f"touch {PROOF}",)


FORGERIES: dict[str, Fields] = {
    "another function": carrying(named("os.system", f"touch {PROOF}")),
    "another function, signed": signed_carrying(named("os.system", f"touch {PROOF}")),
    "another shard": carrying(named("drain", 1)),
    "an instance, signed": signed_carrying(named("drain", 0, instance="x")),
    "keyword arguments, signed": signed_carrying(named("drain", 0, x=1)),
    "a list as function, signed": signed_carrying(named(["drain"], 0)),
    "pickle": carrying(pickle.dumps(Bomb())),
    "pickle, signed": signed_carrying(pickle.dumps(Bomb())),
    "pickled meta": {"meta": pickle.dumps(Bomb())},
    "pickled result": {"result": pickle.dumps(Bomb())},
    "data that is not compressed": {"data": call(0)},
    "data with a tail": {"data": zlib.compress(call(0)) + b"x"},
    "data that swells": {"data": zlib.compress(b"0" * 100_000_000)},
    "no data": {"data": None},
    "no meta": {"meta": None},
    "no signature": {"meta": json.dumps({"until": int(time.time()) + 60})},
    "a signature that is no text": {"meta": json.dumps({"until": int(time.time()) + 60, "signature": 1})},
    "a foreign key": {"meta": signed_meta(call(0), int(time.time()) + 60, b"x" * 32)},
    "an old job again": {"meta": signed_meta(call(0), int(time.time()) - 1)},
    "an old job made younger": {"meta": signed_meta(call(0), 1).replace('"until": 1', '"until": 9999999999')},
    "more in meta": {"meta": json.dumps({**json.loads(signed_meta(call(0), 9999999999)), "x": 1})},
    "a success callback": {"success_callback_name": "os.system"},
    "a failure callback": {"failure_callback_name": "os.system"},
    "a stopped callback": {"stopped_callback_name": "os.system"},
    "a webhook": {"webhooks": json.dumps([{"url": "http://127.0.0.1:1/", "job_status": "finished"}])},
    "a dependency": {"dependency_ids": json.dumps(["x"])},
    "a repetition": {"repeats_left": "9", "repeat_intervals": "[1]"},
    "retries": {"retries_left": "9"},
    "a rate limit": {"rate_limit_key": "x", "rate_limit_concurrency": "1"},
    "a group": {"group_id": "x"},
    "a field that rq does not know": {"x": "y"},
    "a field that is no text": {b"\xff": "y"},
    "no time limit": {"timeout": "-1"},
    "a time limit that is no number": {"timeout": "x"},
    "a result for ever": {"result_ttl": "-1"},
    "another description": {"description": "ada@example.com"},
    "a long value": {"worker_name": "x" * 100_000},
    "a status that does not exist": {"status": "x"},
    "a time that is none": {"created_at": "x"},
}


@pytest.fixture
def proof() -> Any:
    """A file that a forgery would make."""
    Path(PROOF).unlink(missing_ok=True)
    yield Path(PROOF)
    Path(PROOF).unlink(missing_ok=True)


@pytest.fixture
def ran() -> list[int]:
    """The shards that were drained."""
    return []


@pytest.fixture
def job_class(ran: list[int]) -> type[SignedJob]:
    class OurJob(SignedJob):
        signing_key = KEY
        functions = {"drain": ran.append}  # noqa: RUF012

    return OurJob


@pytest.fixture
def worker(redis_url: str, job_class: type[SignedJob]) -> Iterator[DrainWorker]:
    """A worker in this process; its signal handlers go with it."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM)}
    yield DrainWorker(["drain-0"], connection=redis.Redis.from_url(redis_url), job_class=job_class, serializer="json")
    for number, handler in before.items():
        signal.signal(number, handler)


def our_job(connection: Any, wake: Wake) -> str:
    """The id of a job of ours that waits."""
    wake(ADA)
    return str(connection.lindex("rq:queue:drain-0", 0).decode())


def forge(connection: Any, job_id: str, fields: Fields) -> None:
    for name, value in fields.items():
        if value is None:
            connection.hdel(f"rq:job:{job_id}", name)
        else:
            connection.hset(f"rq:job:{job_id}", name, value)


def test_a_job_of_ours_is_run(connection: Any, wake: Wake, worker: DrainWorker, ran: list[int]) -> None:
    our_job(connection, wake)
    worker.work(burst=True)
    assert ran == [0]
    assert connection.llen("rq:queue:drain-0:intermediate") == 0
    assert connection.zcard("rq:failed:drain-0") == 0


@pytest.mark.parametrize("name", FORGERIES)
@pytest.mark.usefixtures("proof")
def test_a_forged_job_is_not_run_and_does_not_stop_the_worker(
    connection: Any, wake: Wake, worker: DrainWorker, ran: list[int], name: str
) -> None:
    forge(connection, forged := our_job(connection, wake), FORGERIES[name])
    with pytest.raises(NoSuchJobError):
        worker.job_class.fetch(forged, connection=connection, serializer="json")
    connection.delete("nu:drain:0")
    queue_of_two(connection)
    worker.work(burst=True)
    assert ran == [0], "only the job behind it"
    assert not Path(PROOF).exists()


def queue_of_two(connection: Any) -> None:
    """A job of ours behind the one that waits."""
    queue = Queue(connection, KEY)
    [job_id, *_] = connection.lrange("rq:queue:drain-0", 0, 0)
    connection.delete("rq:queue:drain-0", "nu:dirty:0")
    with connection.pipeline() as pipe:
        queue.wake(pipe, ADA)
        pipe.execute()
    connection.lpush("rq:queue:drain-0", job_id)


@pytest.mark.parametrize("entry", [b"no job", b"\xff\xfe", b"", b"a b", b"a:b\n", b"x" * 10_000])
def test_an_entry_that_is_no_job_id_is_dropped(
    connection: Any, wake: Wake, worker: DrainWorker, ran: list[int], entry: bytes
) -> None:
    our_job(connection, wake)
    connection.lpush("rq:queue:drain-0", entry)
    worker.work(burst=True)
    assert ran == [0]
    worker.clean_registries()
    assert connection.llen("rq:queue:drain-0:intermediate") == 0


@pytest.mark.parametrize("name", ["a b", "", "ä", "a/../b"])
def test_a_name_that_is_no_job_id_is_no_job(connection: Any, job_class: type[SignedJob], name: str) -> None:
    with pytest.raises(NoSuchJobError):
        job_class.fetch(name, connection=connection, serializer="json")


def test_a_forged_job_that_looks_abandoned_calls_nothing(
    connection: Any, wake: Wake, job_class: type[SignedJob], proof: Path
) -> None:
    job_id = our_job(connection, wake)
    forge(connection, job_id, {"status": "started", "failure_callback_name": "os.system"})
    connection.zadd("rq:wip:drain-0", {f"{job_id}:x": 1})
    StartedJobRegistry("drain-0", connection=connection, job_class=job_class, serializer="json").cleanup()
    assert connection.zcard("rq:wip:drain-0") == 0
    assert not proof.exists()


def test_a_job_that_rq_has_marked_is_still_ours(connection: Any, wake: Wake, job_class: type[SignedJob]) -> None:
    job_id = our_job(connection, wake)
    forge(connection, job_id, {"status": "started", "worker_name": "w", "started_at": "2026-11-22T10:00:00.000000Z"})
    assert job_class.fetch(job_id, connection=connection, serializer="json").args == [0]


def test_a_job_is_valid_for_minutes_only(connection: Any, redis_url: str, job_class: type[SignedJob]) -> None:
    queue = Queue(connection, KEY, clock=lambda: time.time() - Times().valid - 1)
    with connection.pipeline() as pipe:
        queue.wake(pipe, ADA)
        pipe.execute()
    job_id = connection.lindex("rq:queue:drain-0", 0).decode()
    with pytest.raises(NoSuchJobError):
        job_class.fetch(job_id, connection=connection, serializer="json")


def test_the_queue_class_belongs_to_the_worker(worker: DrainWorker) -> None:
    assert isinstance(worker.queues[0], SignedQueue)


@pytest.fixture
def quiet_rq() -> Iterator[None]:
    """rq's log lines go through ours; afterwards through its own again."""
    logger = logging.getLogger("rq")
    before = logger.handlers, logger.propagate
    quieten_rq()
    yield
    logger.handlers, logger.propagate = before


@pytest.mark.usefixtures("quiet_rq")
def test_what_rq_says_about_a_failure_comes_without_values(
    connection: Any, wake: Wake, worker: DrainWorker, caplog: pytest.LogCaptureFixture
) -> None:
    worker.job_class.functions = {"drain": lambda shard: {}["ada@example.com"]}
    our_job(connection, wake)
    worker.work(burst=True)
    told = [record for record in caplog.records if record.name == "workers.logs"]
    assert {record.levelno for record in told} == {logging.ERROR}
    assert "example.com" not in repr([vars(record) for record in told])
