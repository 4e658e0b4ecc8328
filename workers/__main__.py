"""`python -m workers`: the worker processes of this machine, until SIGTERM."""

import sys
from functools import partial

from numirror.kernel.errors import NuMirrorError
from numirror.settings import Settings
from numirror.shell.logs import configure
from numirror.shell.queue import ASK, DRAW, FOLLOW, Follow, job_key
from numirror.shell.resources.key_sources import read_keyring
from workers import fitness
from workers.crew import Crew, connect
from workers.logs import quieten_rq
from workers.supervisor import Supervisor

# What each kind of worker loads is for itself, not for their supervisor.


def _following(settings: Settings) -> Follow:
    from numirror.follow import build

    return build(settings)


def _asking(settings: Settings) -> Follow:
    from numirror.asking import build

    return build(settings)


def _drawing(settings: Settings) -> Follow:
    from numirror.drawings import build

    return build(settings)


def crews(settings: Settings, key: bytes) -> tuple[Crew, ...]:
    """Who works here: for each kind of queue, as many processes as the settings say."""
    seats = (
        (FOLLOW, _following, settings.worker_processes),
        (ASK, _asking, settings.ask_processes),
        (DRAW, _drawing, settings.draw_processes),
    )
    return tuple(
        Crew(settings.redis_url, key, partial(build, settings), kind, processes=processes)
        for kind, build, processes in seats
    )


def main() -> None:
    """Start the crews. Ends with a sentence where a setting or Redis is not fit."""
    try:
        settings = Settings.read()
        keyring = read_keyring(
            settings.master_key, production=settings.production, secret_manager_url=settings.secret_manager_url
        )
        with connect(settings.redis_url) as connection:
            fitness.check(connection)
    except NuMirrorError as error:
        sys.exit(str(error))
    configure(settings.log_level)
    quieten_rq()
    Supervisor(*crews(settings, job_key(keyring))).run()


if __name__ == "__main__":
    main()
