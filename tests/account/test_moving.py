"""A log that moves: whoever dies in the middle, at whatever line, nothing is lost and the next visit goes on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import uuid4

import msgspec
import psycopg
import pytest

from numirror.shell import moving
from numirror.shell.account import switching
from numirror.shell.google.sheets import Spreadsheet
from numirror.shell.keeping import Keeper
from numirror.shell.log import Tenant
from numirror.shell.log.errors import LogFrozen, LogNotEmpty
from numirror.shell.log.freeze import freeze, head
from numirror.shell.resources.discovery_map import PutEntry, apply, read_map
from numirror.shell.resources.resolution import Url
from numirror.shell.stores import DatabaseLost
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
        return msgspec.structs.replace(super().place, now=super().place.now + timedelta(days=self.days))


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
    empty(person, "database")
    after = later(person, 8)
    with pytest.raises(DatabaseLost):
        after.visit(anew=True)
    assert head(person.stores.log, old) is not None


@pytest.mark.parametrize("rows", [("database",), ("resource.binding",), ("database", "resource.binding")])
def test_a_lost_address_is_entered_again_and_nothing_was_written_elsewhere(
    person: Person, own: str, rows: tuple[str, ...]
) -> None:
    moved(person, own)
    spoil(person, *rows)
    for _ in range(2):
        with pytest.raises(DatabaseLost):
            person.visit(anew=True)
    here = person.handler.visit(person.visitor, person.place)
    assert here is not None
    assert person.account.overview(here, person.place).of("database").source == "lost"
    with pytest.raises(DatabaseLost):
        person.stores.tenant(here.lease)
    assert person.account.use(here, person.place, "database", Url(own)).ok
    person.add("After")
    assert sorted(person.titles()) == ["After", "Before"]


def test_a_frozen_log_is_no_place_to_come_back_to(person: Person, own: str) -> None:
    moved(person, own)
    freeze(person.stores.log, person.visit().tenant)
    empty(person, "database")
    with pytest.raises(DatabaseLost):
        person.visit(anew=True)
    here = person.handler.visit(person.visitor, person.place)
    assert here is not None
    with pytest.raises(LogFrozen):
        person.account.use(here, person.place, "database", Url(own))


def test_a_database_of_their_own_that_was_left_keeps_what_it_has(person: Person, own: str, stack: Any) -> None:
    moved(person, own)
    before = person.visit().tenant
    assert person.account.use(person.visit(), person.place, "database", Url(stack.addresses.database)).ok
    after = later(person, 8)
    after.visit(anew=True)
    assert after.titles() == ["Before"]
    assert head(person.stores.log, before) is not None


def add() -> tuple[Any, Any]:
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


@pytest.fixture
def another(stack: Any) -> Iterator[str]:
    """The URL of a second empty database of their own."""
    place, name = urlsplit(stack.addresses.database), f"another_{uuid4().hex}"
    with psycopg.connect(stack.addresses.database, autocommit=True) as connection:
        connection.execute(f"create database {name}")
        yield f"postgresql://{place.username}:{quote(place.password or '')}@{place.hostname}:{place.port}/{name}"
        connection.execute(f"drop database {name} with (force)")


@pytest.mark.parametrize("leaves", [False, True])
def test_after_two_moves_nothing_is_left_on_the_trial(person: Person, own: str, another: str, leaves: bool) -> None:
    old = moved(person, own)
    assert person.account.use(person.visit(), person.place, "database", Url(another)).ok
    if leaves:
        person.account.erase(person.visit(), person.place, person.google.user)
    else:
        later(person, 8).visit(anew=True)
    assert head(person.stores.log, old) is None


@pytest.mark.parametrize("is_there", [True, False])
def test_a_database_that_was_left_is_emptied_too_or_named(
    person: Person, own: str, another: str, is_there: bool
) -> None:
    on_trial = moved(person, own)
    before = person.visit().tenant
    assert person.account.use(person.visit(), person.place, "database", Url(another)).ok
    visit = person.visit()
    if not is_there:
        with psycopg.connect(another, autocommit=True) as sql:
            sql.execute(f"drop database {before.storage.dbname} with (force)")
    erased = person.account.erase(visit, person.place, person.google.user)
    assert erased.is_rest_left is not is_there
    assert erased.receipt.count == 3
    if is_there:
        assert head(person.stores.log, before) is None
    else:
        with psycopg.connect(another, autocommit=True) as sql:
            sql.execute(f"create database {before.storage.dbname}")  # which is dropped at the end
    assert head(person.stores.log, visit.tenant) is None
    assert head(person.stores.log, on_trial) is None


def test_who_lost_their_database_is_told_before_anything_is_erased(person: Person, own: str) -> None:
    moved(person, own)
    empty(person, "database")
    with pytest.raises(DatabaseLost):
        person.visit(anew=True)
    lost = person.visits.open(person.visitor, person.place, command=False)
    assert lost is not None
    with pytest.raises(DatabaseLost):
        person.account.erase(lost, person.place, person.google.user)
    assert person.visits.open(person.visitor, person.place, command=False) is not None


def test_a_trial_that_is_not_offered_any_more_shuts_nobody_out(person: Person, own: str) -> None:
    moved(person, own)
    alone = msgspec.structs.replace(person.settings, database_url=None)
    after = Later(person.google, person.sub, alone, 8)
    assert after.visit(anew=True).lease.storage.value == Url(own)
    assert after.titles() == ["Before"]


@pytest.mark.parametrize("days", [1, 8])
def test_whoever_lost_the_entry_comes_back_to_their_database(person: Person, own: str, days: int) -> None:
    """On the trial is what was left there, or nothing at all."""
    old = moved(person, own)
    person.add("In my own")
    lost = later(person, days)
    lost.visit(anew=True)
    forget_entry(person)
    assert lost.visit(anew=True).lease.storage.source == "trial"
    assert lost.account.use(lost.visit(), lost.place, "database", Url(own)).ok
    lost.add("Back")
    assert sorted(lost.titles()) == ["Back", "Before", "In my own"]
    assert lost.visit(anew=True).lease.storage.value == Url(own)
    later(person, 17).visit(anew=True)
    assert head(person.stores.log, old) is None


def test_a_return_that_fails_leaves_the_trial_in_use(person: Person, own: str, monkeypatch: pytest.MonkeyPatch) -> None:
    moved(person, own)
    lost = later(person, 8)
    lost.visit(anew=True)
    forget_entry(person)
    lost.visit(anew=True)
    with monkeypatch.context() as patch:
        patch.setattr(Keeper, "keep", die)
        with pytest.raises(Died):
            lost.account.use(lost.visit(), lost.place, "database", Url(own))
    lost.add("Goes on")
    assert lost.titles() == ["Goes on"]


def test_whoever_wrote_into_the_trial_meanwhile_is_told_and_goes_on(person: Person, own: str) -> None:
    moved(person, own)
    lost = later(person, 8)
    lost.visit(anew=True)
    forget_entry(person)
    lost.visit(anew=True)
    lost.add("In the trial by mistake")
    with pytest.raises(LogNotEmpty):
        lost.account.use(lost.visit(), lost.place, "database", Url(own))
    lost.visit(anew=True)
    lost.add("Goes on")
    assert sorted(lost.titles()) == ["Goes on", "In the trial by mistake"]


def test_a_frozen_log_is_not_taken_for_an_empty_place(person: Person, own: str) -> None:
    """The map must not name it: every visit after that would fail."""
    moved(person, own)
    lost = later(person, 8)
    freeze(person.stores.log, lost.visit(anew=True).tenant)
    forget_entry(person)
    lost.visit(anew=True)
    with pytest.raises(LogNotEmpty):
        lost.account.use(lost.visit(), lost.place, "database", Url(own))
    assert lost.visit(anew=True).lease.storage.source == "trial"


def forget_entry(person: Person) -> None:
    """All that tells of their database is gone: its row, the owner's yes, and what was lent since."""
    person.account.forget(person.visit())
    empty(person, "database", "resource.binding")


def empty(person: Person, *rows: str) -> None:
    """Somebody deletes rows of Vault by hand."""
    spreadsheet = Spreadsheet(person.settings.sheets_url, person.google.token, person.google.sheet_id)
    apply(spreadsheet, read_map(spreadsheet), [PutEntry(row, "") for row in rows])


def spoil(person: Person, *rows: str) -> None:
    """Somebody types into sealed cells of Vault. No lease remembers what stood there."""
    person.account.forget(person.visit())
    spreadsheet = Spreadsheet(person.settings.sheets_url, person.google.token, person.google.sheet_id)
    apply(spreadsheet, read_map(spreadsheet), [PutEntry(row, "nu1.spoilt") for row in rows])
