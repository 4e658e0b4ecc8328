"""The queue: the web wakes a tenant with one Redis call, the workers take the due tenants in turn."""

from numirror.shell.queue.job import call, fixed, queue_name
from numirror.shell.queue.queue import Queue
from numirror.shell.queue.signature import job_key, signed
from numirror.shell.queue.values import ASK, DRAW, FOLLOW, Claim, Done, Follow, Kind, Next, Standing, Times

__all__ = [
    "ASK",
    "DRAW",
    "FOLLOW",
    "Claim",
    "Done",
    "Follow",
    "Kind",
    "Next",
    "Queue",
    "Standing",
    "Times",
    "call",
    "fixed",
    "job_key",
    "queue_name",
    "signed",
]
