"""What passes between the queue and those who use it."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal

import msgspec


class Next(msgspec.Struct, frozen=True):
    """What following a tenant has come to.

    `up_to_date` is false when the slice of time was over before the work was. `again_at` (aware) is when there will be
    something to do without a new event, such as the next flush of the Sheet.
    """

    up_to_date: bool
    again_at: datetime | None = None


Follow = Callable[[str, float], Next]
"""Follow the tenant with this hash, at most until the deadline (of `time.monotonic`). May raise anything."""

Standing = Literal["", "pending", "listening"]
"""What a drain is to its shard: the job that was pushed, the one that waits at the bell, or one at work."""


class Claim(msgspec.Struct, frozen=True):
    """The right to follow one tenant until `until` (milliseconds of Redis's clock); others keep off until then."""

    tenant: str
    until: str
    failures: int


class Done(msgspec.Struct, frozen=True):
    """A claim given back. `delay`: seconds until the tenant is due again, None if there is nothing more to do."""

    claim: Claim
    delay: float | None = None
    failures: int = 0


class Times(msgspec.Struct, frozen=True):
    """The clockwork of the queue, in seconds; and `limit`, the failures in a row after which a tenant is ill."""

    claim: float = 25.0
    """How long a killed worker's tenant waits for the next one."""
    pending: float = 10.0
    """How long a job that was pushed is believed to be under way."""
    listening: float = 2.0
    """How long a drain that waits at the bell is believed to be alive; it comes back sooner than that."""
    nudge: float = 5.0
    """How soon a failing tenant is tried again when it is woken."""
    hold: float = 3600.0
    """How long a tenant rests that has killed `limit` workers."""
    visit: float = 25.0
    """The age at which a visit is over for certain: the web gives up after 20 s."""
    lease: float = 4.0
    """How long the others believe that a silent sweeper is alive."""
    valid: int = 600
    """How long a job may be run after it was signed; also how long one that got lost lies about."""
    limit: int = 8


class Kind(msgspec.Struct, frozen=True):
    """One sort of work, with queues of its own: `job` names its jobs and its rq queues, `keys` begins its keys' names.

    `timeout` is the time in seconds after which rq stops a job. With `forks`, each job runs in a process of its own, so
    that what crashes in it takes no worker along.
    """

    job: str
    keys: str
    times: Times = Times()
    timeout: int = 60
    forks: bool = False


FOLLOW = Kind("drain", "nu:")
"""Mirrors follow the log: short, and much of it."""

ASK = Kind("ask", "nu:ask:", Times(claim=150.0, listening=4.0), timeout=180, forks=True)
"""An AI is asked: one call may take a minute, and the reply has to be recorded after it."""

DRAW = Kind("draw", "nu:draw:", Times(claim=45.0), timeout=90, forks=True)
"""Pictures are drawn, by a library that is not written in Python."""
