"""A Vault tab that somebody put back from the Sheet's history brings no target back."""

from collections.abc import Callable

import pytest

from numirror.shell.google.sheets import Spreadsheet
from numirror.shell.resources.bindings import FIELD
from numirror.shell.resources.discovery_map import PutEntry, apply, read_map
from numirror.shell.resources.resolution import Url
from numirror.shell.visits import VaultOld
from tests.account.conftest import Person
from tests.system.google import Json, notification


def redis_of(person: Person, number: int) -> Url:
    return Url(person.settings.redis_url.rpartition("/")[0] + f"/{number}")


def sheet_of(person: Person) -> Spreadsheet:
    return Spreadsheet(person.settings.sheets_url, person.google.token, person.google.sheet_id)


def put_back(person: Person) -> None:
    """The Vault tab says what it said before the person chose another Redis."""
    use, spreadsheet = person.account.use, sheet_of(person)
    assert use(person.visit(), person.place, "redis", redis_of(person, 8)).ok
    opened = read_map(spreadsheet)
    before = {name: opened.vault[name] for name in ("redis", FIELD)}
    assert use(person.visit(), person.place, "redis", redis_of(person, 9)).ok
    rows = [PutEntry(name, one.sealed, one.hint, one.checked) for name, one in before.items()]
    apply(spreadsheet, read_map(spreadsheet), rows)


def emptied(person: Person) -> None:
    """Nothing stands in the Vault tab any more."""
    assert person.account.use(person.visit(), person.place, "redis", redis_of(person, 9)).ok
    spreadsheet = sheet_of(person)
    content = read_map(spreadsheet)
    apply(spreadsheet, content, [PutEntry(name, "") for name in content.vault])


def deleted(person: Person) -> None:
    """There is no Vault tab any more."""
    assert person.account.use(person.visit(), person.place, "redis", redis_of(person, 9)).ok
    spreadsheet = sheet_of(person)
    spreadsheet.write([{"deleteSheet": {"sheetId": read_map(spreadsheet).tabs["Vault"].sheet_id}}])


SPOILT = (put_back, emptied, deleted)


@pytest.mark.parametrize("spoil", SPOILT)
def test_nothing_of_another_vault_is_used_until_its_owner_has_said_what_to_do(
    person: Person, spoil: Callable[[Person], None]
) -> None:
    person.visit()
    spoil(person)
    for attempt in (lambda: person.account.overview(person.visit(), person.place), lambda: person.visit(anew=True)):
        with pytest.raises(VaultOld):
            attempt()
    assert person.visit().lease.read_model.value == redis_of(person, 9)


@pytest.mark.parametrize("spoil", SPOILT)
def test_what_is_used_is_put_back(person: Person, own: str, spoil: Callable[[Person], None]) -> None:
    person.visit()
    assert person.account.use(person.visit(), person.place, "database", Url(own)).ok
    person.add("In my own database")
    spoil(person)
    before = person.visit().lease
    person.account.put_back(person.visit(), person.place)
    person.begin()
    after = person.visit(anew=True).lease
    assert after.yeses > before.yeses
    kinds = ("storage", "read_model", "ai", "google")
    assert [getattr(after, kind) for kind in kinds] == [getattr(before, kind) for kind in kinds]
    assert person.titles() == ["In my own database"]
    assert person.account.overview(person.visit(), person.place).unreadable == ()


def test_what_was_let_go_of_since_stays_gone(person: Person) -> None:
    person.visit()
    assert person.account.use(person.visit(), person.place, "redis", redis_of(person, 8)).ok
    spreadsheet = sheet_of(person)
    before = read_map(spreadsheet).vault
    person.account.stop(person.visit(), person.place, "redis")
    rows = [PutEntry(name, one.sealed, one.hint, one.checked) for name, one in before.items()]
    apply(spreadsheet, read_map(spreadsheet), rows)
    person.account.put_back(person.visit(), person.place)
    assert person.visit(anew=True).lease.read_model.source == "trial"
    assert "redis" not in read_map(spreadsheet).vault


def test_a_newer_vault_is_never_written_over(person: Person) -> None:
    """The button of before, pressed late, where Redis was brought back from a backup meanwhile."""
    person.visit()
    assert person.account.use(person.visit(), person.place, "redis", redis_of(person, 8)).ok
    old = person.visit().lease
    assert person.account.use(person.visit(), person.place, "redis", redis_of(person, 9)).ok
    person.stores.lend(old, person.stores.tenant_hash(old.tenant_id))
    person.account.put_back(person.visit(), person.place)
    assert person.visit(anew=True).lease.read_model.value == redis_of(person, 9)


def test_whoever_changed_the_tab_themselves_begins_anew_with_it(person: Person) -> None:
    person.visit()
    put_back(person)
    person.account.forget(person.visit())
    assert person.visit().lease.read_model.value == redis_of(person, 8)


def test_erasing_needs_no_vault(person: Person) -> None:
    person.visit()
    person.add("Gone")
    emptied(person)
    assert person.account.erase(person.visit(), person.place, person.google.user).receipt.count == 1


def test_the_first_card_says_what_can_be_done_and_does_it(person: Person) -> None:
    person.visit()
    person.add("Seen again")
    put_back(person)
    card = updated(person.google.event("Refresh"))
    assert "older" in str(card)
    after = person.google.click(card, "house.put_back_vault")
    assert notification(after).startswith("Put back")
    assert "Seen again" in str(person.google.event("Refresh"))


def updated(answer: Json) -> Json:
    """The card that an answer draws anew."""
    navigations = answer["renderActions"]["action"]["navigations"]
    card: Json = next(one["updateCard"] for one in navigations if "updateCard" in one)
    return card
