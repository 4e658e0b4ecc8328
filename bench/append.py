"""Appending one event through the product's Python call, beside what is beneath it and beside a peer.

The product validates, makes the event canonical, digests it, and in one call of one function sets role and tenant,
checks version and command, chains and inserts. The floor is one row into a plain table, in autocommit, by psycopg.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import msgspec
import psycopg

from bench.pairs import Make, Ratio, paired
from bench.row import Row
from local.postgres import Postgres
from numirror.kernel.envelope import NewEvent
from numirror.shell.log import Connections, EventLog, Target, Tenant

PAYLOAD: dict[str, object] = {
    "due": "2026-11-25",
    "note": "x" * 60,
    "tags": ["work", "report"],
    "task_id": "t-000123",
    "title": "Write the weekly report",
}
BODY = msgspec.json.encode(PAYLOAD)
METADATA = {"zone": "Europe/Berlin", "origin": "sidebar"}
COMMANDS = 30_000
"""More than a thread can append in one measurement."""
TABLE = """
    CREATE TABLE bare (
        position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tenant_id text NOT NULL, type text NOT NULL,
        data jsonb NOT NULL, at timestamptz NOT NULL DEFAULT now()
    )"""
INSERT = "INSERT INTO bare (tenant_id, type, data) VALUES (%s, 'tasks.task_added', %s) RETURNING position"


def product(url: str) -> Make:
    """`EventLog.append` of one event; each thread its own tenant and command."""
    connections = Connections(per_target=16)
    log = EventLog(connections)

    def make(thread: int) -> tuple[Callable[[], object], Callable[[], None]]:
        tenant = Tenant(f"{uuid4()}@example.com", Target.parse(url))
        log.ensure(tenant)
        version = 0
        commands = iter([uuid4() for _ in range(COMMANDS)])  # a command comes with its id and its time
        now = datetime.now(UTC)

        def append() -> None:
            nonlocal version
            event = NewEvent("tasks.task_added", 1, "t-000123", BODY)
            version = log.append(tenant, "tasks", version, next(commands), [event], now, METADATA).position

        return append, connections.close

    return make


def bare_insert(url: str) -> Make:
    """One prepared INSERT in autocommit, a connection a thread."""

    def make(thread: int) -> tuple[Callable[[], object], Callable[[], None]]:
        conn = psycopg.connect(url, autocommit=True, prepare_threshold=1)
        text = BODY.decode()
        return lambda: conn.execute(INSERT, (f"u{thread}@example.com", text)).fetchone(), conn.close

    return make


@contextmanager
def peer(url: str) -> Iterator[Make]:
    """PyPI `eventsourcing`: `Application.save` of a new aggregate with its one event."""
    from eventsourcing.application import Application
    from eventsourcing.domain import Aggregate

    class Task(Aggregate):
        def __init__(self, payload: dict[str, object]) -> None:
            self.title = payload["title"]

    place = urlsplit(url)
    socket = parse_qs(place.query)
    application: Application[UUID] = Application(
        env={
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": place.path[1:],
            "POSTGRES_HOST": socket["host"][0],
            "POSTGRES_PORT": socket["port"][0],
            "POSTGRES_USER": place.username or "",
            "POSTGRES_PASSWORD": place.password or "",
            "POSTGRES_POOL_SIZE": "20",
        }
    )
    try:
        yield lambda thread: (lambda: application.save(Task(PAYLOAD)), lambda: None)
    finally:
        application.close()  # its pool keeps threads


def rows() -> list[Row]:
    """The ratios of this room, each printed as it is known."""
    with server() as url:
        with psycopg.connect(url, autocommit=True) as conn:
            conn.execute(TABLE)
        ours, bare = product(url), bare_insert(url)
        with peer(url) as other:
            return [
                _row("append one event / bare INSERT, 1 thread", 0.80, paired(ours, bare, 1)),
                _row("append one event / bare INSERT, 16 threads", 0.70, paired(ours, bare, 16)),
                _row("append one event / eventsourcing save, 1 thread", 3.0, paired(ours, other, 1)),
                _row("append one event / eventsourcing save, 16 threads", 5.0, paired(ours, other, 16)),
            ]


@contextmanager
def server() -> Iterator[str]:
    """A PostgreSQL of its own with fsync on, as the product meets it; its URL over the unix socket."""
    with tempfile.TemporaryDirectory(prefix="numirror-bench-") as folder:
        Path(folder).chmod(0o711)
        with Postgres(Path(folder) / "postgres") as postgres:
            yield postgres.socket_url_of("numirror")


def _row(name: str, goal: float, ratio: Ratio) -> Row:
    print(
        f"{name}: {ratio.median:.2f} ({ratio.low:.2f}-{ratio.high:.2f}), goal {goal:.2f}; "
        f"{ratio.rate_a:,.0f} against {ratio.rate_b:,.0f} a second"
    )
    return Row.at_least(name, ratio.median, goal)
