"""Targets to check, and what must be true after every check."""

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import msgspec
import psycopg
import pytest
from psycopg import sql

from local.postgres import OWNER, Postgres
from numirror.shell.checks import Report
from numirror.shell.log import Connections, EventLog, Target, Tenant
from numirror.shell.log.check import SENTENCES, check_database
from tests.faults.hostile_postgres import PASSWORD, Behaviour, HostilePostgres
from tests.waiting import eventually

LINES = (
    "name", "address", "TLS", "login", "version", "rights", "role and row-level security", "insert and roll back",
    "connections", "latency and clock",
)  # fmt: skip
SECONDS = 6.0

_numbers = itertools.count(1)


def here(target: Target) -> Target:
    """Stands for the guard: every host is this machine."""
    return msgspec.structs.replace(target, address="127.0.0.1")


def check(target: Target, seconds: float = SECONDS) -> Report:
    """Checks, and holds what is true of every report: in time, ten lines, a sentence of ours, nothing still running."""
    begun = time.monotonic()
    report = check_database(target, here, seconds)
    assert time.monotonic() - begun < seconds + 1
    assert report.kind == "database"
    assert tuple(line.name for line in report.lines) == LINES
    oks = [line.ok for line in report.lines]
    done = oks.index(False) if False in oks else len(oks)
    assert oks == [True] * done + [False] * (done < len(oks)) + [None] * (len(oks) - done - 1)
    assert report.failed is None or report.failed.sentence in SENTENCES.values()
    assert str(target.password) not in repr(report)
    assert not [thread for thread in threading.enumerate() if thread.name == "database-check"]
    return report


def red(report: Report, line: str, code: str) -> bool:
    """Whether that line is the red one, with that sentence. Shows what it is, where it is not."""
    assert report.failed is not None, report
    found = next((code for code, sentence in SENTENCES.items() if sentence == report.failed.sentence), "")
    assert (report.failed.name, found) == (line, code), report
    return True


def check_hostile(behave: Behaviour, seconds: float = SECONDS, **changes: str) -> tuple[Report, HostilePostgres]:
    """Checks a server that does that, and waits until it has seen us go."""
    with HostilePostgres(behave) as server:
        target = Target("127.0.0.1", server.port, "diary", "ada", PASSWORD)  # type: ignore[arg-type]
        report = check(msgspec.structs.replace(target, **changes), seconds)
        assert server.left.wait(5)
    assert PASSWORD.encode() not in server.heard
    return report, server


class Place:
    """A database of its own, with an administrator's connection and what stands in it."""

    def __init__(self, url: str, admin: psycopg.Connection) -> None:
        self.target = Target.parse(url)
        self.admin = admin

    def with_tables(self) -> "Place":
        """After NuMirror was here."""
        pool = Connections()
        EventLog(pool).ensure(Tenant("ada@example.com", self.target))
        pool.close()
        return self

    def run(self, statement: str) -> None:
        self.admin.execute(statement)  # type: ignore[arg-type]

    def stands(self) -> list[object]:
        """All that a check could leave behind: roles, schemas, tables, functions, settings, rows, sessions."""
        asked = (
            "SELECT rolname, rolconfig FROM pg_roles ORDER BY 1",
            "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_toast' ORDER BY 1",
            "SELECT relname, relnamespace, relkind FROM pg_class WHERE oid >= 16384 ORDER BY 1, 2",
            "SELECT proname, pronamespace FROM pg_proc WHERE oid >= 16384 ORDER BY 1, 2",
            "SELECT roleid, member FROM pg_auth_members ORDER BY 1, 2",
            "SELECT setrole, setconfig FROM pg_db_role_setting ORDER BY 1",
        )
        found: list[object] = [self.admin.execute(one).fetchall() for one in asked]  # type: ignore[arg-type]
        tables = self.admin.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = to_regnamespace('nu')"
        )
        for (name,) in tables.fetchall():
            rows = self.admin.execute(sql.SQL("SELECT * FROM nu.{} ORDER BY 1").format(sql.Identifier(name)))
            found.append((name, rows.fetchall()))
        return found

    def is_left(self) -> bool:
        """Whether nobody of NuMirror is connected."""
        asked = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'numirror'"
        return not self.admin.execute(asked).fetchall()

    def check(self, seconds: float = SECONDS) -> Report:
        """Checks, and holds that the database is as before."""
        before = self.stands()
        report = check(self.target, seconds)
        eventually(self.is_left, 5)
        assert self.stands() == before
        return report


@contextmanager
def database(postgres: Postgres, more: str = "") -> Iterator[Place]:
    """A fresh one; `more` is added to CREATE DATABASE."""
    name = f"check_{next(_numbers)}"
    made = sql.SQL("CREATE DATABASE {} TEMPLATE template0 OWNER {} " + more)  # type: ignore[arg-type]
    with psycopg.connect(postgres.admin_url, autocommit=True) as server:
        server.execute(made.format(sql.Identifier(name), sql.Identifier(OWNER)))
        with psycopg.connect(postgres.admin_url.rpartition("/")[0] + "/" + name, autocommit=True) as admin:
            yield Place(postgres.url_of(name), admin)
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def place(postgres: Postgres) -> Iterator[Place]:
    with database(postgres) as place:
        yield place


@pytest.fixture
def as_role(place: Place) -> Iterator[Callable[..., Place]]:
    """The place as a new role with those attributes sees it; it may create schemas and roles unless told otherwise."""
    name = f"checked_{next(_numbers)}"

    def make(attributes: str = "LOGIN CREATEROLE", may_create: bool = True) -> Place:
        place.run(f"CREATE ROLE {name} PASSWORD 'poor-fish' {attributes}")
        # The owner makes nu_app, if it is not there yet: who made it may give it, which other tests rely on.
        place.run(f"SET ROLE {OWNER}")
        place.run("DO $$ BEGIN CREATE ROLE nu_app NOLOGIN; EXCEPTION WHEN duplicate_object THEN END $$")
        place.run("RESET ROLE")
        if "NOCREATEROLE" not in attributes:
            place.run(f"GRANT nu_app TO {name}")
        if may_create:
            place.run(f'GRANT CREATE ON DATABASE "{place.target.dbname}" TO {name}')
        place.target = msgspec.structs.replace(place.target, user=name, password="poor-fish")
        return place

    yield make
    place.run(f"DROP OWNED BY {name}")
    place.run(f"DROP ROLE {name}")
