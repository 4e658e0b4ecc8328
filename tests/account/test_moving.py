"""A log that moves: whoever dies in the middle, at whatever line, nothing is lost and the next visit goes on."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from numirror.shell import moving
from numirror.shell.account import switching
from numirror.shell.google.sheets import Spreadsheet
from numirror.shell.keeping import Keeper
from numirror.shell.log import Tenant
from numirror.shell.log.errors import LogFrozen
from numirror.shell.log.freeze import head
from numirror.shell.resources.discovery_map import PutEntry, apply, read_map
from numirror.shell.resources.resolution import Url
from numirror.shell.visits import Place, Visits
from tests.account.conftest import Person


class Died(BaseException):
    """The process ends here."""


POINTS: dict[str, tuple[Any, str]] = {
    "after the copy": (Keeper, "keep"),
    "after the map names the new database": (switching, "finish_move"),
    "after the old log is frozen": (moving, "_tell"),
    "before the map says that it is done": (Keeper, "leave"),
    "before the new lease": (Visits, "lend"),
}


def die(*_: object, **__: object) -> None:
    raise Died


@pytest.mark.parametrize("point", POINTS)
def test_who_dies_in_a_move_loses_nothing(
    person: Person, own: str, point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.visit()
    person.add("Before")
    with monkeypatch.context() as patch:
        patch.setattr(*POINTS[point], die)
        with pytest.raises(Died):
            person.account.use(person.visit(), person.place, "database", Url(own))
    person.begin()
    try:
        person.add("Meanwhile")
    except LogFrozen:
        person.visit(anew=True)
        person.add("Meanwhile")
    visit = person.visit(anew=True)
    assert sorted(person.titles()) == ["Before", "Meanwhile"]
    if point != "after the copy":
        assert visit.lease.storage.value == Url(own)
    person.stores.log.verify(visit.tenant)


def test_the_old_log_is_only_read_afterwards(person: Person, own: str) -> None:
    old = person.visit()
    person.add("Before")
    assert person.account.use(old, person.place, "database", Url(own)).ok
    with pytest.raises(LogFrozen):
        person.handler.handle(old, person.handler.read(old), *add())
    assert person.titles() == ["Before"]


def test_a_second_move_takes_everything_along_again(person: Person, own: str, stack: Any) -> None:
    person.visit()
    person.add("Before")
    assert person.account.use(person.visit(), person.place, "database", Url(own)).ok
    person.add("In my own")
    back = Url(stack.addresses.database)
    assert person.account.use(person.visit(), person.place, "database", back).ok
    person.add("Back again")
    assert sorted(person.titles()) == ["Back again", "Before", "In my own"]
    person.stores.log.verify(person.visit().tenant)


@dataclass
class Later(Person):
    """The same person, so many days after."""

    days: int = 0

    @property
    def place(self) -> Place:
        return replace(super().place, now=super().place.now + timedelta(days=self.days))


def later(person: Person, days: int) -> Later:
    return Later(person.google, person.sub, person.settings, days)


def moved(person: Person, goal: str) -> Tenant:
    """Moves a log with one event, and answers where it was before."""
    old = person.visit().tenant
    person.add("Before")
    assert person.account.use(person.visit(), person.place, "database", Url(goal)).ok
    return old


def test_after_a_week_nothing_is_left_on_the_trial(person: Person, own: str) -> None:
    old = moved(person, own)
    later(person, 6).visit(anew=True)
    assert head(person.stores.log, old) is not None
    after = later(person, 8)
    after.visit(anew=True)
    assert head(person.stores.log, old) is None
    assert after.titles() == ["Before"]
    assert after.visit(anew=True).lease.storage.value == Url(own)


def test_the_only_log_at_hand_is_never_the_one_that_was_left(person: Person, own: str) -> None:
    """Somebody deletes the row of their database in Vault by hand: the trial's copy is all that NuMirror can see."""
    old = moved(person, own)
    spreadsheet = Spreadsheet(person.settings.sheets_url, person.google.token, person.google.sheet_id)
    apply(spreadsheet, read_map(spreadsheet), [PutEntry("database", "")])
    after = later(person, 8)
    assert after.visit(anew=True).lease.storage.source == "trial"
    assert head(person.stores.log, old) is not None


def test_a_database_of_their_own_that_was_left_keeps_what_it_has(person: Person, own: str, stack: Any) -> None:
    moved(person, own)
    before = person.visit().tenant
    assert person.account.use(person.visit(), person.place, "database", Url(stack.addresses.database)).ok
    after = later(person, 8)
    after.visit(anew=True)
    assert after.titles() == ["Before"]
    assert head(person.stores.log, before) is not None


def add() -> tuple[Any, Any]:
    from uuid import uuid4

    from numirror import catalog
    from numirror.domains.tasks.commands import AddTask
    from tests.account.conftest import NOW

    return catalog.HOME, AddTask(command_id=uuid4(), now=NOW, zone="Etc/UTC", title="Too late")


def test_a_log_too_long_for_one_go_is_copied_in_several(
    person: Person, own: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.visit()
    for number in range(3):
        person.add(f"Task {number}")
    monkeypatch.setattr(switching, "REST", 0)
    with monkeypatch.context() as patch:
        patch.setattr(switching, "COPY_SECONDS", 0.0)
        with pytest.raises(switching.Unfinished, match="Copied 0 of 3 steps"):
            person.account.use(person.visit(), person.place, "database", Url(own))
    person.add("Meanwhile")
    assert person.account.use(person.visit(), person.place, "database", Url(own)).ok
    assert len(person.titles()) == 4
