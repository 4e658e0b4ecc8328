"""The queue: the web wakes a tenant with one Redis call, the workers take the due tenants in turn."""

from numirror.shell.queue.job import DRAIN, call, queue_name
from numirror.shell.queue.queue import Queue
from numirror.shell.queue.signature import job_key, signed
from numirror.shell.queue.values import Claim, Done, Follow, Next, Standing, Times

__all__ = [
    "DRAIN",
    "Claim",
    "Done",
    "Follow",
    "Next",
    "Queue",
    "Standing",
    "Times",
    "call",
    "job_key",
    "queue_name",
    "signed",
]
