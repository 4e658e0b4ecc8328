"""`python -m workers`: the worker processes of this machine, until SIGTERM."""

import sys
from functools import partial

from numirror.kernel.errors import NuMirrorError
from numirror.settings import Settings
from numirror.shell.logs import configure
from numirror.shell.queue import Follow, job_key
from numirror.shell.resources.key_sources import read_keyring
from workers import fitness
from workers.crew import Crew, connect
from workers.logs import quieten_rq
from workers.supervisor import Supervisor


def _build(settings: Settings) -> Follow:
    from numirror.follow import build  # its libraries are for the workers, not for their supervisor

    return build(settings)


def main() -> None:
    """Start the crew. Ends with a sentence where a setting or Redis is not fit."""
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
    build = partial(_build, settings)
    Supervisor(Crew(settings.redis_url, job_key(keyring), build, processes=settings.worker_processes)).run()


if __name__ == "__main__":
    main()
