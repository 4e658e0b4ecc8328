"""One worker process: an rq worker for one shard, which runs `drain` and nothing else."""

import signal
from typing import Any

import redis
from rq import SimpleWorker

from numirror.shell.queue import DRAIN, queue_name
from workers.crew import Crew
from workers.drain import Drain
from workers.job import SignedJob, SignedQueue


class DrainWorker(SimpleWorker):
    """rq's worker without a fork for each job. It is found again within seconds after Redis was away."""

    queue_class = SignedQueue
    max_connection_wait_time = 5.0  # rq's own is a minute, the time in which everything must have caught up
    asked_to_stop = False

    def handle_warm_shutdown_request(self) -> None:
        """Called by rq at SIGTERM: let the job end after the tenant at hand."""
        self.asked_to_stop = True

    def _install_signal_handlers(self) -> None:
        signal.signal(signal.SIGTERM, self.request_stop)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the supervisor, which asks us


def run(crew: Crew, shard: int) -> None:
    """Work for one shard until SIGTERM, or until Redis makes rq give up; the supervisor starts another then."""
    drain = Drain(crew.queue(), crew.build(), lambda: worker.asked_to_stop, crew.pace)

    class OurJob(SignedJob):
        signing_key = crew.key
        functions = {DRAIN: drain}  # noqa: RUF012

    options: dict[str, Any] = {"connection": redis.Redis.from_url(crew.redis_url), "serializer": "json"}
    options |= {"job_class": OurJob, "log_job_description": False, "worker_ttl": 30}
    options |= {"maintenance_interval": 30, "job_monitoring_interval": 5}
    worker = DrainWorker([queue_name(shard)], **options)
    worker.work(logging_level=None)
