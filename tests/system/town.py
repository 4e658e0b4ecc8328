"""The programs of NuMirror for one test, with a proxy before each server that one of them talks to."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import redis

from local.child import Child, Program
from local.environment import Addresses, environment
from local.ports import free_port
from local.programs import Programs, answers
from tests.faults.proxy import FaultProxy
from tests.system.google import Google


@dataclass
class Town:
    """The programs, with a proxy before each server that one of them talks to."""

    google: Google
    health: str
    database: str
    redis_url: str
    web_redis: FaultProxy
    web_postgres: FaultProxy
    web_google: FaultProxy
    worker_postgres: FaultProxy
    web: Child
    workers: Child

    def redis(self) -> redis.Redis:
        """The platform's Redis, past all proxies."""
        return redis.Redis.from_url(self.redis_url)

    def status(self, title: str) -> str | None:
        with psycopg.connect(self.database, autocommit=True) as sql, sql.transaction():
            sql.execute("select nu.enter('ada@example.com')")
            found = sql.execute("select status from nu.projection_tasks where title = %s", [title]).fetchone()
            return str(found[0]) if found else None

    def kinds(self) -> list[str]:
        """The types of all events in Ada's log, in order."""
        with psycopg.connect(self.database, autocommit=True) as sql, sql.transaction():
            sql.execute("select nu.enter('ada@example.com')")
            rows = sql.execute("select type from nu.event_log order by position").fetchall()
            return [kind for (kind,) in rows]


def through(proxy: FaultProxy, url: str) -> str:
    """The same server, by way of the proxy."""
    parts = urlsplit(url)
    credentials, at, _ = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{credentials}{at}127.0.0.1:{proxy.port}"))


def address(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "127.0.0.1", parts.port or 0


@contextmanager
def town(database: str, redis_url: str, folder: Path) -> Iterator[Town]:
    """Simulator, one web process and one worker, on fresh data."""
    (folder / "logs").mkdir(parents=True)
    with ExitStack() as undo:

        def proxy(url: str) -> FaultProxy:
            return undo.enter_context(FaultProxy(address(url)))

        addresses = Addresses(free_port(), free_port(), database, redis_url)
        base = environment(folder, addresses)
        web_redis, web_postgres, worker_postgres = proxy(redis_url), proxy(database), proxy(database)
        web_google = proxy(addresses.page_url)
        google_url = through(web_google, addresses.page_url)
        for_web = {
            **base,
            "REDIS_URL": through(web_redis, redis_url),
            "DATABASE_URL": through(web_postgres, database),
            "GOOGLE_SHEETS_URL": google_url,
            "GOOGLE_DRIVE_URL": google_url,
        }
        for_workers = {**base, "DATABASE_URL": through(worker_postgres, database), "WORKER_PROCESSES": "1"}
        manifest = Programs(folder, addresses, base).begin_manifest()()
        simulator, web, workers = started = [
            Child(program)
            for program in (
                Programs(folder, addresses, base).simulator(manifest),
                alone(Programs(folder, addresses, for_web).web()),
                Programs(folder, addresses, for_workers).workers(),
            )
        ]
        for child in started:
            undo.callback(child.stop)
        health = f"{addresses.addon_url}/health"
        simulator.await_ready(lambda: answers(f"{addresses.page_url}/sim/state"), 30)
        web.await_ready(lambda: answers(health), 30)
        google = Google(addresses.page_url)
        proxies = (web_redis, web_postgres, web_google, worker_postgres)
        yield Town(google, health, database, redis_url, *proxies, web, workers)


def alone(program: Program) -> Program:
    """The web in one process, so that what is warm is warm for every request."""
    argv = list(program.argv)
    argv[argv.index("--workers") + 1] = "1"
    return replace(program, argv=tuple(argv))
