"""`python -m tests.queue.fleet REDIS_URL PROCESSES [fork]`: a crew whose follow does what the test says."""

import logging
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

import redis

from numirror.kernel.errors import Away
from numirror.shell.queue import FOLLOW, Follow, Kind, Next, Times
from workers.crew import Crew
from workers.drain import Pace
from workers.logs import quieten_rq
from workers.supervisor import Supervisor
from workers.tether import die_with

KEY = b"k" * 32
QUICK = Times(claim=1.5, pending=2.0, listening=0.6, nudge=0.3, hold=5.0, visit=0.5, lease=0.8)
FORKED = Kind("ask", "nu:ask:", QUICK, forks=True)
PACE = Pace(slice=0.5, job=5.0, idle=0.5)


@dataclass(frozen=True)
class Fleet:
    """A running supervisor."""

    process: subprocess.Popen[bytes]
    redis_url: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "_redis", redis.Redis.from_url(self.redis_url))

    @property
    def redis(self) -> Any:
        """A connection to its Redis."""
        return self._redis  # type: ignore[attr-defined]

    def begun(self, seconds: float = 15.0) -> tuple[str, int]:
        """The next follow that begins: the tenant, and the process id of its worker."""
        found = self.redis.blpop(["test:begun"], seconds)
        assert found, "no follow began"
        tenant, pid = found[1].decode().split()
        return tenant, int(pid)

    def tell(self, tenant: str, *doings: str) -> None:
        """What a tenant's next follows do: `hold` (until `let_go`), `crash`, `fail`, `away`, `more`; or nothing."""
        self.redis.rpush(f"test:do:{tenant}", *doings)

    def let_go(self, tenant: str) -> None:
        """End a follow that holds."""
        self.redis.rpush(f"test:go:{tenant}", 1)

    def done(self) -> int:
        """How many follows have ended well."""
        return int(self.redis.get("test:done") or 0)


def build(redis_url: str) -> Follow:
    """A follow that asks Redis what to do."""
    connection: Any = redis.Redis.from_url(redis_url)

    def follow(tenant: str, deadline: float) -> Next:
        doing = connection.lpop(f"test:do:{tenant}")
        connection.rpush("test:begun", f"{tenant} {os.getpid()}")
        match doing:
            case b"crash":
                os.abort()
            case b"hold":
                connection.blpop([f"test:go:{tenant}"], 20)
            case b"fail":
                raise ValueError("ada@example.com")
            case b"away":
                raise Away
            case b"more":
                return Next(up_to_date=False)
        connection.incr("test:done")
        return Next(up_to_date=True)

    return follow


def main() -> None:
    """Run until SIGTERM."""
    redis_url, processes = sys.argv[1], int(sys.argv[2])
    kind = FORKED if "fork" in sys.argv else FOLLOW
    die_with(os.getppid())
    logging.basicConfig(level=logging.ERROR)
    quieten_rq()
    crew = Crew(
        redis_url, KEY, lambda: build(redis_url), kind, processes=processes, times=QUICK, pace=PACE, sweep_every=0.2
    )
    Supervisor(crew).run()


if __name__ == "__main__":
    main()
