"""One database that several tenants share, reached as the product reaches it, and looked at past the product."""

import itertools
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

import psycopg
from psycopg import sql

from numirror import catalog
from numirror.kernel.mirror import Column, Table
from numirror.shell.log import Connections, EventLog, LogAway, Target, Tenant
from numirror.shell.mirrors.postgres import Projections

Answer = TypeVar("Answer")

PLANTS = Table(
    "projection_plants",
    "plant_id",
    (Column("plant_id", "text"), Column("note", "text"), Column("due", "date")),
    lambda row, _: row,
)
SERVER_CONNECTIONS = 2
CLEAN = (True, *[""] * 3, '"$user", public', "0", "0", "0", "on")
WHAT_A_SESSION_HOLDS = """
    SELECT session_user = current_user, coalesce(current_setting('nu.tenant', true), ''),
        coalesce(current_setting('nu.sub', true), ''), coalesce(current_setting('nu.erase', true), ''),
        current_setting('search_path'), current_setting('lock_timeout'), current_setting('statement_timeout'),
        current_setting('idle_in_transaction_session_timeout'), current_setting('synchronous_commit'),
        pg_backend_pid()"""
TABLES = """
    SELECT c.relname FROM pg_catalog.pg_class AS c
    WHERE c.relnamespace = 'nu'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'migration' ORDER BY 1"""

LINES = {
    "event_log": "concat_ws(' ', position, stream, entity_id, command_id, n, data ->> 'title', metadata ->> 'who')",
    "head": "concat_ws(' ', position, frozen_at IS NOT NULL)",
    "checkpoint": "concat_ws(' ', mirror, stream, position, convert_from(state, 'UTF8'))",
    "identity": "sub",
    "projection_plants": "concat_ws(' ', plant_id, note, position)",
}
"""What is compared of a row; of other tables, whatever they hold."""

_numbers = itertools.count(1)


@dataclass(slots=True)
class SharedDatabase:
    """A database; `url` is how the product comes to it, `superuser` a connection that no row-level security holds for.

    `log` and `projections` use one pool of connections. `crew` are two threads.
    """

    url: str = field(repr=False)
    superuser: psycopg.Connection
    connections: Connections
    crew: ThreadPoolExecutor
    tables: tuple[str, ...]
    sessions: list[psycopg.Connection] = field(default_factory=list)

    @property
    def target(self) -> Target:
        return Target.parse(self.url)

    @property
    def log(self) -> EventLog:
        return EventLog(self.connections)

    @property
    def projections(self) -> Projections:
        return Projections(self.connections)

    def begin(self) -> int:
        """Nobody has written anything, nobody is connected. A number for new tenants."""
        self.connections.close()
        self.hang_up()
        tables = sql.SQL(", ").join(sql.Identifier("nu", table) for table in self.tables)
        with self.superuser.transaction():
            self.superuser.execute("ALTER TABLE nu.event_log DISABLE TRIGGER never_emptied")
            self.superuser.execute(sql.SQL("TRUNCATE {}").format(tables))
            self.superuser.execute("ALTER TABLE nu.event_log ENABLE ALWAYS TRIGGER never_emptied")
        return next(_numbers)

    def hang_up(self) -> None:
        """The server ends all its sessions of the database but ours; comes back when they have ended."""
        theirs = self.superuser.execute(
            """SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
            AND backend_type = 'client backend'"""
        ).fetchall()
        for one in theirs:
            self.superuser.execute("SELECT pg_terminate_backend(%s)", one)
        assert all(self.await_end(pid) for (pid,) in theirs)

    def await_end(self, pid: int) -> bool:
        """Whether a session of the server ends within moments: nobody else can be asked for that."""
        for _ in range(200):
            if not self.superuser.execute("SELECT FROM pg_stat_activity WHERE pid = %s", (pid,)).fetchall():
                return True
            self.superuser.execute("SELECT pg_sleep(0.001)")
        return False

    def lines(self) -> list[str]:
        """All that is stored, whosoever it is: a line a row, sorted."""
        one = "SELECT concat_ws(' ', '{table}', tenant_id, {line}) FROM nu.{table} AS t"
        parts = [one.format(table=table, line=LINES.get(table, "t::text")) for table in self.tables]
        return sorted(line for (line,) in self.superuser.execute(" UNION ALL ".join(parts)).fetchall())

    def left_in_sessions(self) -> list[tuple[object, ...]]:
        """What the server connections hold for whoever comes next, where it is not what they came with."""
        held = again(self._held, psycopg.OperationalError)
        assert len({row[-1] for row in held}) == SERVER_CONNECTIONS
        return [row for row in held if row[:-1] != CLEAN]

    def _held(self) -> list[tuple[object, ...]]:
        """While the one is in a transaction, the pooler has nothing left for the other but its second connection."""
        self.sessions = [conn for conn in self.sessions if not conn.closed]
        while len(self.sessions) < SERVER_CONNECTIONS:
            self.sessions.append(psycopg.connect(self.url, autocommit=True, prepare_threshold=None))
        one, other = self.sessions
        first = one.execute(f"BEGIN; {WHAT_A_SESSION_HOLDS}")
        first.nextset()
        try:
            return [*first.fetchall(), *other.execute(WHAT_A_SESSION_HOLDS).fetchall()]
        finally:
            one.rollback()

    def close(self) -> None:
        """Closes what looked past the product."""
        for conn in self.sessions:
            conn.close()


def again(call: Callable[[], Answer], away: type[Exception] = LogAway) -> Answer:
    """The answer, after as many refusals as there may be dead connections of the pooler's."""
    for _ in range(SERVER_CONNECTIONS):
        try:
            return call()
        except away:
            continue
    return call()


def make_tables(url: str) -> None:
    """All tables that the product makes, in a database where its schema is; nobody stays connected to it."""
    connections = Connections()
    Projections(connections).ensure(Tenant("nobody@example.com", Target.parse(url)), (*catalog.TABLES, PLANTS))
    connections.close()


@contextmanager
def shared(url: str, admin_url: str) -> Iterator[SharedDatabase]:
    """The database behind `url`; `admin_url` is the same one, for its superuser."""
    with ExitStack() as held:
        superuser = held.enter_context(psycopg.connect(admin_url, autocommit=True))
        connections = Connections(per_target=4)
        held.callback(connections.close)
        crew = held.enter_context(ThreadPoolExecutor(2))
        tables = tuple(row[0] for row in superuser.execute(TABLES).fetchall())
        database = SharedDatabase(url, superuser, connections, crew, tables)
        held.callback(database.close)
        yield database
