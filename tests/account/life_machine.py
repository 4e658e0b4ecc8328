"""A life with NuMirror, in all orders that Hypothesis finds: clicks, workers, crashes, lost memories, leaving and
coming back. Whatever happens, what is seen is the pure fold of what was done.
"""

import base64
import io
from contextlib import suppress
from datetime import date
from time import monotonic
from typing import Any
from uuid import UUID

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from numirror import catalog, correspond
from numirror.domains.tasks.commands import AddTask, CompleteTask, DeleteTask, RenameTask, ReopenTask, TaskCommand
from numirror.domains.tasks.decider import DECIDER, Tasks
from numirror.follow import Follower
from numirror.handle import Heads
from numirror.kernel.errors import Refused
from numirror.kernel.ids import entity_id
from numirror.shell.account.importing import Imports
from numirror.shell.flush import SheetFlush
from numirror.shell.log import LogAway
from numirror.shell.mirrors.postgres import MIRROR
from numirror.shell.visits import Visit
from tests.account.conftest import NOW, Person
from tests.account.test_leaving import file
from tests.faults.proxy import FaultProxy

titles = st.sampled_from(["Milk", "Bread", "Письмо", "=1+1", "  spaced  ", ""])
days = st.sampled_from([None, date(2026, 11, 23), date(1800, 1, 1)])
numbers = st.integers(0, 5)
CLOSERS: tuple[Any, ...] = (CompleteTask, ReopenTask, DeleteTask)


class Life(RuleBasedStateMachine):
    """One person; `line` lies between them and their database."""

    def __init__(self, person: Person, line: FaultProxy) -> None:
        super().__init__()
        self.person, self.line = person, line
        self.model: Tasks = DECIDER.initial
        self.commands: list[TaskCommand] = []
        self.made: list[str] = []
        self.count = 0
        self.person.visit()

    @property
    def tenant_hash(self) -> str:
        return self.person.stores.tenant_hash(self.person.visitor.tenant_id)

    # clicks

    @rule(command_id=st.uuids(version=4), title=titles, due=days)
    def add(self, command_id: UUID, title: str, due: date | None) -> None:
        self.made.append(entity_id(command_id))
        self.do(AddTask(command_id=command_id, now=NOW, zone="Etc/UTC", title=title, due=due))

    @precondition(lambda self: self.made)
    @rule(command_id=st.uuids(version=4), kind=st.sampled_from(CLOSERS), number=numbers)
    def close(self, command_id: UUID, kind: Any, number: int) -> None:
        self.do(kind(command_id=command_id, now=NOW, zone="Etc/UTC", task_id=self.task(number)))

    @precondition(lambda self: self.made)
    @rule(command_id=st.uuids(version=4), title=titles, number=numbers)
    def rename(self, command_id: UUID, title: str, number: int) -> None:
        wish = RenameTask(command_id=command_id, now=NOW, zone="Etc/UTC", task_id=self.task(number), title=title)
        self.do(wish)

    @precondition(lambda self: self.commands)
    @rule(number=numbers)
    def click_again(self, number: int) -> None:
        """A double click, or Google's replay: it happens once, whatever came in between."""
        command = self.commands[number % len(self.commands)]
        visit, heads = self.enter()
        with suppress(Refused):
            self.person.handler.handle(visit, heads, catalog.HOME, command)
        assert len(self.person.stores.log.read(visit.tenant, 0)) == self.count

    @rule(command_id=st.uuids(version=4), title=titles)
    def lose_the_answer(self, command_id: UUID, title: str) -> None:
        """The line breaks after the commit; the person clicks again."""
        self.made.append(entity_id(command_id))
        command = AddTask(command_id=command_id, now=NOW, zone="Etc/UTC", title=title)
        visit, heads = self.enter()
        held = self.line.swallow_reply(command_id.bytes)
        try:
            with suppress(Refused, LogAway):
                self.person.handler.handle(visit, heads, catalog.HOME, command)
        finally:
            held.release()
            self.line.hold(b"nothing is like this")
            self.line.reset()
        self.begin()
        self.do(command)

    # workers, crashes, lost memories

    @rule()
    def follow(self) -> None:
        stores = self.person.stores
        follower = Follower(stores, SheetFlush(stores, catalog.TABS), correspond.build(stores))
        follower.follow(self.tenant_hash, monotonic() + 10)

    @rule()
    def begin(self) -> None:
        """The process dies; another one takes over."""
        self.person.begin()

    @rule()
    def lose_the_memory(self) -> None:
        """As a flush of Redis, for this person."""
        platform = self.person.stores.platform
        if keys := list(platform.scan_iter(f"nu:{{{self.tenant_hash}}}:*")):
            platform.delete(*keys)

    @rule()
    def rebuild(self) -> None:
        """The mirror in Postgres begins from the start of the log."""
        self.person.stores.projections.restart(self.person.visit().tenant, MIRROR)

    @rule(number=st.integers(2, 9))
    def rotate(self, number: int) -> None:
        """Another master key comes to the front of the ring."""
        keys = self.person.settings.master_key
        if f"k{number}:" not in keys:
            made = f"k{number}:{base64.b64encode(bytes([number]) * 32).decode()}"
            self.person.settings = msgspec.structs.replace(self.person.settings, master_key=f"{made},{keys}")
            self.begin()

    # leaving and coming back

    @rule()
    def forget(self) -> None:
        self.person.account.forget(self.person.visit())

    @precondition(lambda self: self.count)
    @rule()
    def leave_and_come_back(self) -> None:
        """With a file of everything."""
        person = self.person
        taken = io.BytesIO(file(person))
        person.account.erase(person.visit(), person.place, person.google.user)
        person.handler.move_here(person.visitor, person.place)
        path = person.account.import_path(person.visit(), person.place.now)
        _, _, tenant_hash, expires, seal = path.split("/")
        Imports(person.stores, person.visits).open(tenant_hash, int(expires), seal, person.place.now).read(taken)

    # what holds

    @invariant()
    def what_is_seen_is_the_fold(self) -> None:
        assert self.enter()[1].states["tasks"] == self.model

    def teardown(self) -> None:
        try:
            self.what_is_kept_is_the_fold()
        finally:
            self.person.end()

    def what_is_kept_is_the_fold(self) -> None:
        tenant = self.person.visit().tenant
        assert self.person.stores.log.verify(tenant).count == self.count
        self.follow()
        found = self.person.stores.projections.rows(tenant, catalog.HOME.tables[0], self.made)
        still = {key: row["title"] for key, row in found.items() if row["status"] == "open"}
        assert still == {key: task.title for key, task in self.model.open.items()}

    def do(self, command: TaskCommand) -> None:
        """In the product and in the model: both take it, or both refuse it."""
        try:
            events = DECIDER.decide(self.model, command)
        except Refused as refused:
            self.refuse(command, str(refused))
            return
        visit, heads = self.enter()
        self.person.handler.handle(visit, heads, catalog.HOME, command)
        if events:  # what came to nothing is not remembered, and may come to something later
            self.commands.append(command)
        self.model = DECIDER.fold(self.model, events)
        self.count += len(events)

    def refuse(self, command: TaskCommand, sentence: str) -> None:
        visit, heads = self.enter()
        try:
            self.person.handler.handle(visit, heads, catalog.HOME, command)
        except Refused as refused:
            assert str(refused) == sentence
        else:
            raise AssertionError(f"not refused: {sentence}")

    def task(self, number: int) -> str:
        return self.made[number % len(self.made)]

    def enter(self) -> tuple[Visit, Heads]:
        entered = self.person.handler.enter(self.person.visitor, self.person.place, command=True)
        assert entered is not None
        return entered
