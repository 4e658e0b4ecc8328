"""One worker process: an rq worker for one shard of one kind of queue, which runs that queue's one job."""

import os
import signal
from typing import Any

import redis
from rq import SimpleWorker, Worker
from rq.worker.base import BaseWorker

from numirror.shell.queue import queue_name
from workers.crew import Crew
from workers.drain import Drain
from workers.job import SignedJob, SignedQueue
from workers.tether import die_with


class OurWorker(BaseWorker):
    """rq's worker for queues of signed jobs. It is found again within seconds after Redis was away."""

    queue_class = SignedQueue
    max_connection_wait_time = 5.0  # rq's own is a minute, the time in which everything must have caught up
    asked_to_stop = False

    def _install_signal_handlers(self) -> None:
        signal.signal(signal.SIGTERM, self.request_stop)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the supervisor, which asks us

    def handle_warm_shutdown_request(self) -> None:
        """Called by rq at SIGTERM: let the job end after the tenant at hand."""
        self.asked_to_stop = True


class DrainWorker(OurWorker, SimpleWorker):
    """Without a fork for each job."""


class ForkingWorker(OurWorker, Worker):
    """With a fork for each job: a crash ends the child, and the next job has another one."""

    def handle_warm_shutdown_request(self) -> None:
        """The child is asked, too, as only it knows which tenant is at hand."""
        super().handle_warm_shutdown_request()
        if self.horse_pid:
            os.kill(self.horse_pid, signal.SIGTERM)

    def setup_work_horse_signals(self) -> None:
        """Called by rq in the child. It ends with its worker, however that ends."""
        signal.signal(signal.SIGTERM, self._ask_to_stop)
        try:
            die_with(self.pid or 0)
        except SystemExit:
            os._exit(1)  # an exception would go up into the worker's own loop

    def _ask_to_stop(self, *_: object) -> None:
        self.asked_to_stop = True


def run(crew: Crew, shard: int) -> None:
    """Work for one shard until SIGTERM, or until Redis makes rq give up; the supervisor starts another then."""
    drain = Drain(crew.queue(), crew.build(), lambda: worker.asked_to_stop, crew.pace)

    class OurJob(SignedJob):
        signing_key = crew.key
        kind = crew.kind
        functions = {crew.kind.job: drain}  # noqa: RUF012

    options: dict[str, Any] = {"connection": redis.Redis.from_url(crew.redis_url), "serializer": "json"}
    options |= {"job_class": OurJob, "log_job_description": False, "worker_ttl": 30}
    options |= {"maintenance_interval": 30, "job_monitoring_interval": 5}
    worker_class = ForkingWorker if crew.kind.forks else DrainWorker
    worker = worker_class([queue_name(shard, crew.kind)], **options)
    worker.work(logging_level=None)
