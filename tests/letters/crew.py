"""`python -m tests.letters.crew`: two worker processes that follow, and send and take letters, at a quick pace."""

import os

from numirror import catalog, correspond
from numirror.follow import Follower
from numirror.settings import Settings
from numirror.shell.flush import SheetFlush
from numirror.shell.letters import Pace
from numirror.shell.logs import configure
from numirror.shell.queue import Follow, job_key
from numirror.shell.resources.key_sources import read_keyring
from numirror.shell.stores import Stores
from tests.queue.fleet import PACE, QUICK
from workers.crew import Crew
from workers.logs import quieten_rq
from workers.supervisor import Supervisor
from workers.tether import die_with


def build(settings: Settings) -> Follow:
    """As `numirror.follow.build`, and less patient."""
    stores = Stores(settings)
    letters = correspond.build(stores, Pace(retry=0.5, again=0.2))
    return Follower(stores, SheetFlush(stores, catalog.TABS), letters).follow


def main() -> None:
    """Run until SIGTERM."""
    die_with(os.getppid())
    settings = Settings.read()
    configure("ERROR")
    quieten_rq()
    key = job_key(read_keyring(settings.master_key, production=False, secret_manager_url=settings.secret_manager_url))
    crew = Crew(settings.redis_url, key, lambda: build(settings), processes=2, times=QUICK, pace=PACE, sweep_every=0.2)
    Supervisor(crew).run()


if __name__ == "__main__":
    main()
