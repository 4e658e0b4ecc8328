"""A database with the schema in it, cloned for each test, and a log over it."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql

from local.postgres import OWNER, Postgres
from numirror.kernel.envelope import NewEvent
from numirror.shell.log import Appended, Connections, EventLog, Target, Tenant

NOW = datetime(2026, 11, 22, 9, 30, 0, 123456, UTC)
METADATA = {"zone": "Europe/Berlin"}

_numbers = itertools.count(1)


def event(
    data: bytes = b'{"title":"Water the plants"}', entity: str = "t1", kind: str = "tasks.task_added"
) -> NewEvent:
    return NewEvent(kind, 1, entity, data)


Put = Callable[..., Appended]


@pytest.fixture(scope="session")
def template(postgres: Postgres) -> Iterator[str]:
    """The name of a database with the schema in it and nothing else."""
    with _database(postgres, "log_template", "template0") as url:
        connections = Connections()
        EventLog(connections).ensure(Tenant("nobody@example.com", Target.parse(url)))
        connections.close()
        yield "log_template"


@pytest.fixture(scope="session")
def database(postgres: Postgres, template: str) -> Iterator[str]:
    """The URL of a database that tests share: they are tenants of their own, which must be enough."""
    with _database(postgres, "log_shared", template) as url:
        yield url


@pytest.fixture
def own_database(postgres: Postgres, template: str) -> Iterator[str]:
    """The URL of a fresh database with the schema in it, for tests that alter it or look past the tenant."""
    with _database(postgres, f"log_{next(_numbers)}", template) as url:
        yield url


@pytest.fixture
def bare_database(postgres: Postgres) -> Iterator[str]:
    """The URL of a fresh database without anything."""
    with _database(postgres, f"bare_{next(_numbers)}", "template0") as url:
        yield url


@pytest.fixture
def connections() -> Iterator[Connections]:
    pool = Connections()
    yield pool
    pool.close()


@pytest.fixture
def log(connections: Connections) -> EventLog:
    return EventLog(connections)


@pytest.fixture
def ada(database: str) -> Tenant:
    """A tenant nobody has seen before."""
    return Tenant(f"ada{next(_numbers)}@example.com", Target.parse(database))


@pytest.fixture
def bob(ada: Tenant) -> Tenant:
    """Another tenant in the same database."""
    return Tenant(ada.tenant_id.replace("ada", "bob"), ada.storage)


@pytest.fixture
def owner(database: str) -> Iterator[psycopg.Connection]:
    """A connection of the owner of the tables, past the product."""
    with psycopg.connect(database, autocommit=True) as conn:
        yield conn


@pytest.fixture
def superuser(postgres: Postgres, database: str) -> Iterator[psycopg.Connection]:
    """A connection that no row-level security holds for."""
    url = postgres.admin_url.rsplit("/", 1)[0] + "/" + database.rsplit("/", 1)[1]
    with psycopg.connect(url, autocommit=True) as conn:
        yield conn


@pytest.fixture
def put(log: EventLog, ada: Tenant) -> Put:
    """Appends to ada's tasks: `put(expected, *events, command=…)`."""

    def append(expected: int, *events: NewEvent, command: UUID | None = None, tenant: Tenant = ada) -> Appended:
        return log.append(tenant, "tasks", expected, command or uuid4(), events or [event()], NOW, METADATA)

    return append


@contextmanager
def _database(postgres: Postgres, name: str, template: str) -> Iterator[str]:
    made = sql.SQL("create database {} template {} owner {}")
    with psycopg.connect(postgres.admin_url, autocommit=True) as conn:
        conn.execute(made.format(sql.Identifier(name), sql.Identifier(template), sql.Identifier(OWNER)))
        yield postgres.url_of(name)
        conn.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))
