"""`python -m tests.asking.crew rush|work`: real processes that ask, with the wishes in their catalog.

`rush TENANT_HASH` asks for one tenant in four threads at once, past all claims, until nothing is left; `work` is a
supervisor with one forking worker.
"""

import logging
import os
import random
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from time import monotonic

import msgspec
from msgspec.structs import replace

from numirror import asking
from numirror.kernel.request import Request
from numirror.settings import Settings
from numirror.shell.queue import ASK, job_key
from numirror.shell.resources.key_sources import read_keyring
from tests.asking import toy
from tests.queue.fleet import PACE, QUICK
from workers.crew import Crew
from workers.logs import quieten_rq
from workers.supervisor import Supervisor
from workers.tether import die_with

THREADS = 4


def shuffled(state: toy.Wishes) -> tuple[Request, ...]:
    """What waits, in any order, so that a crowd asks for many things at once."""
    requests = list(toy.WISHES.requests(state))
    random.shuffle(requests)
    return tuple(requests)


def rush(settings: Settings, tenant_hash: str) -> None:
    """All at once, as no queue would allow it."""
    ask = asking.build(settings)

    def work(_: int) -> None:
        while not ask(tenant_hash, monotonic() + 30).up_to_date:
            pass

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(work, range(THREADS)))


def work(settings: Settings) -> None:
    """As `python -m workers` does, with a claim that is over soon."""
    quieten_rq()
    key = job_key(read_keyring(settings.master_key, production=False, secret_manager_url=""))
    build, kind = partial(asking.build, settings), replace(ASK, times=QUICK)
    Supervisor(Crew(settings.redis_url, key, build, kind, processes=1, pace=PACE, sweep_every=0.2)).run()


def main() -> None:
    die_with(os.getppid())
    logging.basicConfig(level=logging.ERROR)
    if sys.argv[1] == "rush":
        toy.install(wishes=msgspec.structs.replace(toy.WISHES, requests=shuffled))
        rush(Settings.read(), sys.argv[2])
    else:
        toy.install()
        work(Settings.read())


if __name__ == "__main__":
    main()
