"""Three tenants who take turns in one database, in all orders that Hypothesis finds."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

import psycopg
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from numirror.kernel.errors import NuMirrorError
from numirror.shell.log import CommandReused, InvalidEvent, Tenant, VersionConflict
from numirror.shell.log.connections import Connection
from numirror.shell.log.erase import erase
from numirror.shell.log.errors import AnothersExport, IdentityRefused, LogFrozen
from numirror.shell.log.freeze import freeze, head, thaw
from numirror.shell.log.queries import named
from numirror.shell.log.restore_file import restore_file
from numirror.shell.mirrors.postgres import Checkpoint, Move
from tests.log.conftest import NOW
from tests.log.isolation_model import STREAMS, Own, as_seen
from tests.log.leaving import file_of
from tests.log.shared_database import PLANTS, SharedDatabase, again

Answer = TypeVar("Answer")

NAMES = ("zoe", "bob", "eve")
"""Not to be found in a hash: each has a letter that is no digit of one."""
COMMANDS = tuple(UUID(int=number) for number in range(1, 9))
"""So few that tenants come upon each other's."""
KEYS = ("p1", "p2", "p3")
DAY = "2026-11-22"

someone = st.sampled_from(range(len(NAMES)))
a_stream = st.sampled_from(STREAMS)
a_command = st.sampled_from(COMMANDS)
some_keys = st.sets(st.sampled_from(KEYS), min_size=1)


class Tenants(RuleBasedStateMachine):
    """Each sees what they wrote and nothing else, after every step."""

    def __init__(self, database: SharedDatabase) -> None:
        super().__init__()
        self.database = database
        self.log, self.projections = database.log, database.projections
        number = database.begin()
        names = [f"{name}{number}" for name in NAMES]
        self.own = [Own(name, Tenant(f"{name}@example.com", database.target)) for name in names]
        self.turn = 0

    @initialize(is_filled=st.sampled_from([True, True, False]))
    def fill(self, is_filled: bool) -> None:
        """Either nobody has anything, or everybody has some of everything, under the same ids and keys."""
        for who, own in enumerate(self.own if is_filled else ()):
            self._append(own, "tasks", COMMANDS[0], 2, 0)
            self.write(who, who, set(KEYS))
            self.mark(who, who)
        for who, _ in enumerate(self.own if is_filled else ()):
            self.look_up(who, "postgres", set(KEYS))

    @rule(who=someone, stream=a_stream, command=a_command, count=st.integers(1, 2), stale=st.integers(0, 3))
    def append(self, who: int, stream: str, command: UUID, count: int, stale: int) -> None:
        """A command id that is new, or was used by this one or by another; decided now, or `stale` positions ago."""
        self._append(self.own[who], stream, command, count, max(0, len(self.own[who].events) - stale))

    @rule(who=someone, whose=someone, stream=a_stream)
    def append_decided_upon_anothers_log(self, who: int, whose: int, stream: str) -> None:
        self._append(self.own[who], stream, COMMANDS[who], 1, len(self.own[whose].events))

    @rule(who=someone)
    def repeat(self, who: int) -> None:
        own = self.own[who]
        for command, (stream, events) in own.commands.items():
            answer = self._ask(own, self.log.append, stream, 0, command, events, NOW, own.metadata)
            assert (answer.repeated, answer.position) == (True, own.position_of(command))

    @rule(who=someone, after=st.integers(0, 6), limit=st.integers(1, 4))
    def read(self, who: int, after: int, limit: int) -> None:
        own = self.own[who]
        wanted = own.events[after : after + limit]
        assert [as_seen(one) for one in self._ask(own, self.log.read, after, limit)] == wanted
        tail = self._ask(own, self.log.tail, after, limit)
        assert [(one.position, one.entity_id) for one in tail.events] == [(one[0], one[2]) for one in wanted]
        page = self._ask(own, self.log.links, after, limit)
        assert [one.entity_id for one in page.links] == [one[2] for one in wanted] if page else not own.has_log

    @rule(who=someone, mirror=st.sampled_from(["postgres", "redis"]), keys=some_keys)
    def look_up(self, who: int, mirror: str, keys: set[str]) -> None:
        own = self.own[who]
        wanted = {key: row for key, (row, _) in own.rows.items() if key in keys}
        assert self._ask(own, self.projections.rows, PLANTS, sorted(keys)) == wanted
        point = own.checkpoints.get(mirror)
        assert self._ask(own, self.projections.checkpoints, mirror) == ({"tasks": point} if point else {})

    @rule(who=someone, whose=someone, keys=some_keys)
    def write(self, who: int, whose: int, keys: set[str]) -> None:
        """From one's own checkpoint, or from what another's would be; under keys that others use too."""
        own, old = self.own[who], self.own[whose].checkpoints.get("postgres", Checkpoint())
        place = own.checkpoints.get("postgres", Checkpoint()).position + 1
        new = Checkpoint(place, 1, own.mark().encode())
        rows = [({"plant_id": key, "note": own.mark(), "due": DAY}, place) for key in sorted(keys)]
        wrote = self._ask(own, self.projections.write, [Move("tasks", old, new, {PLANTS: rows})])
        assert wrote == own.moves("postgres", old.position)
        if wrote:
            own.checkpoints["postgres"] = new
            own.rows |= {str(row["plant_id"]): (row, place) for row, place in rows}

    @rule(who=someone, whose=someone)
    def mark(self, who: int, whose: int) -> None:
        own, old = self.own[who], self.own[whose].checkpoints.get("redis", Checkpoint())
        marked = self._ask(own, self.projections.mark, "redis", "tasks", old, old.position + 1)
        assert marked == own.moves("redis", old.position)
        if marked:
            own.checkpoints["redis"] = Checkpoint(old.position + 1)

    @rule(who=someone)
    def restart(self, who: int) -> None:
        self._ask(self.own[who], self.projections.restart, "redis")
        self.own[who].checkpoints.pop("redis", None)

    @rule(who=someone, whose=someone)
    def freeze_and_thaw(self, who: int, whose: int) -> None:
        """Both are frozen, then one of them is thawed."""
        for own in (self.own[who], self.own[whose]):
            freeze(self.log, own.tenant)
            own.is_frozen = own.has_log = True
        thaw(self.log, self.own[who].tenant)
        self.own[who].is_frozen = False
        self._check_rest(self.own[whose])

    @rule(who=someone)
    def identify(self, who: int) -> None:
        own = self.own[who]
        assert self._ask(own, self.log.identify, f"sub-{own.name}") == own.tenant.tenant_id
        own.is_known = True
        with pytest.raises(IdentityRefused):
            self._ask(own, self.log.identify, f"other-sub-{own.name}")

    @rule(who=someone)
    def erase(self, who: int) -> None:
        own = self.own[who]
        assert erase(self.log, own.tenant).count == len(own.events)
        own.erased()

    @rule(who=someone, whose=someone)
    def leave_and_come_back(self, who: int, whose: int) -> None:
        """The file holds one's own; nobody else may bring it."""
        own = self.own[who]
        file = file_of(self.log, own.tenant)
        self._check_own(own, file.getvalue())
        if whose != who:
            with pytest.raises(AnothersExport):
                restore_file(self.log, self.own[whose].tenant, file)
        events, commands = list(own.events), dict(own.commands)
        self.erase(who)
        assert restore_file(self.log, own.tenant, file).count == len(events)
        own.events, own.commands, own.has_log = events, commands, bool(events)

    @rule(who=someone, how=st.sampled_from(["late", "wrong", "killed", "date"]))
    def break_off(self, who: int, how: str) -> None:
        """A transaction that has changed something already fails in its middle."""
        own = self.own[who]
        if how == "date":
            old = own.checkpoints.get("postgres", Checkpoint())
            row = {"plant_id": "p1", "note": own.mark(), "due": "someday"}
            move = Move("tasks", old, Checkpoint(old.position + 1), {PLANTS: [(row, 1)]})
            if own.has_log:
                with pytest.raises(InvalidEvent):
                    self._ask(own, self.projections.write, [move])
            return
        with pytest.raises(psycopg.Error), self.database.connections.use(own.tenant) as conn, conn.transaction():
            pid = self._enter_and_write(own, conn)
            if how == "killed":
                self.database.superuser.execute("SELECT pg_terminate_backend(%s)", (pid,))
            conn.execute("SET LOCAL statement_timeout = '2ms'")
            conn.execute("SELECT pg_sleep(1)" if how == "late" else "SELECT 1/0")

    @rule(who=someone)
    def give_back_in_the_middle(self, who: int) -> None:
        connections = self.database.connections
        conn = connections.take(self.own[who].tenant.storage)
        conn.execute("BEGIN")
        pid = self._enter_and_write(self.own[who], conn)
        connections.give(conn)
        assert self.database.await_end(pid), "a connection in the middle of a transaction is kept for the next"

    @rule(who=someone, command=a_command)
    def hang_up(self, who: int, command: UUID) -> None:
        """The server closes all its connections, and the next call comes right after."""
        self.database.hang_up()
        self._append(self.own[who], "tasks", command, 1, len(self.own[who].events))

    @rule(who=someone, whose=someone, command=a_command)
    def meet(self, who: int, whose: int, command: UUID) -> None:
        """While a transaction of the one is open, another works, on the other server connection."""
        own, other = self.own[who], self.own[whose]
        with self.database.connections.use(own.tenant) as conn, conn.transaction():
            conn.execute(named("enter").text, {"tenant": own.tenant.tenant_id})
            self._append(other, "tasks", command, 1, len(other.events))
            given = {"tenant": own.tenant.tenant_id, "mirror": "postgres"}
            seen = [state for *_, state in conn.execute(named("checkpoints").text, given).fetchall()]
        assert seen == [one.state for mirror, one in own.checkpoints.items() if mirror == "postgres"]

    @rule(command=a_command)
    def together(self, command: UUID) -> None:
        """Two threads, two tenants, one command id, whatever order the calls come in."""
        pair = [own for own in self.own if not own.is_frozen][:2]
        crew = self.database.crew
        for done in [crew.submit(self._append, own, "bingo", command, 1, len(own.events)) for own in pair]:
            done.result(20)
        for seen in [crew.submit(check, own) for check in (self._check_events, self._check_rest) for own in pair]:
            seen.result(20)

    @rule(who=someone)
    def verify(self, who: int) -> None:
        assert self._ask(self.own[who], self.log.verify).count == len(self.own[who].events)

    @invariant()
    def nothing_is_left_on_a_connection(self) -> None:
        left = self.database.left_in_sessions()
        assert not left, left

    @invariant()
    def what_is_stored_is_what_they_wrote(self) -> None:
        assert self.database.lines() == sorted(line for own in self.own for line in own.lines())

    @invariant()
    def each_sees_their_own(self) -> None:
        """All events of all, after every step; folds, head and rows of one of them, in turn."""
        for own in self.own:
            self._check_events(own)
        self.turn += 1
        self._check_rest(self.own[self.turn % len(self.own)])

    def _append(self, own: Own, stream: str, command: UUID, count: int, expected: int) -> None:
        events = own.new_events(count)
        try:
            answer = self._ask(own, self.log.append, stream, expected, command, events, NOW, own.metadata)
        except CommandReused:
            assert command in own.commands
            return
        except LogFrozen:
            assert own.is_frozen
            return
        except VersionConflict as error:
            assert not own.version(stream) <= expected <= len(own.events)
            assert error.actual == own.version(stream)
            return
        assert command not in own.commands and not own.is_frozen
        assert own.version(stream) <= expected <= len(own.events)
        own.appended(stream, command, events)
        assert answer.position == len(own.events)

    def _check_events(self, own: Own) -> None:
        assert [as_seen(one) for one in self._ask(own, self.log.read, 0)] == own.events

    def _check_rest(self, own: Own) -> None:
        tail = self._ask(own, self.log.tail, None)
        assert (tail.position, tail.log_id is not None) == (len(own.events), own.has_log)
        assert [(one.position, one.entity_id) for one in tail.events] == own.after_fold()
        fold = own.checkpoints.get("postgres", Checkpoint()).state
        assert [saved.state for saved in tail.saved.values()] == ([fold] if fold else [])
        there = self._ask(own, lambda tenant: head(self.log, tenant))
        assert (there is not None and there.frozen_at is not None) == own.is_frozen
        rows = self._ask(own, self.projections.changed, PLANTS, 0, 100)
        assert {row["plant_id"]: (row, place) for row, place in rows} == own.rows

    def _ask(self, own: Own, call: Callable[..., Answer], *arguments: object) -> Answer:
        """What the tenant is told, in an answer or in an error, is theirs."""
        try:
            answer = again(lambda: call(own.tenant, *arguments))
        except NuMirrorError as error:
            self._check_own(own, repr((error, error.args, error.__cause__, error.__context__)).encode())
            raise
        self._check_own(own, repr(answer).encode())
        return answer

    def _check_own(self, own: Own, said: bytes) -> None:
        assert [other.name for other in self.own if other is not own and other.name.encode() in said] == []

    def _enter_and_write(self, own: Own, conn: Connection) -> int:
        conn.execute(named("enter").text, {"tenant": own.tenant.tenant_id})
        conn.execute("UPDATE nu.head SET position = position + 1")
        conn.execute("INSERT INTO nu.dead_letter VALUES (%s, 'sheet', 'tasks', 1, 8, 'x')", (own.tenant.tenant_id,))
        return conn.execute("SELECT pg_backend_pid()").fetchall()[0][0]
