"""Leaving: a file of everything behind a link that ends, and erasing with a receipt."""

import io
import json
import zipfile
from datetime import timedelta

import psycopg
import pytest

from local.stack import Stack
from numirror.shell.account import account
from numirror.shell.account.leaving import LinkOver, NotTyped
from numirror.shell.account.links import VALID_FOR
from numirror.shell.account.switching import Switch
from numirror.shell.entrance import Erased
from numirror.shell.google.drive import mark_erased
from numirror.shell.letters import mailboxes, ways
from numirror.shell.log.restore_file import restore_file
from numirror.shell.resources.resolution import Url
from tests.account.conftest import Person
from tests.system.google import notification


def link(person: Person) -> tuple[str, int, str]:
    """The parts of a fresh link."""
    _, _, tenant_hash, expires, seal = person.account.export_path(person.visit(), person.place.now).split("/")
    return tenant_hash, int(expires), seal


def file(person: Person) -> bytes:
    tenant_hash, expires, seal = link(person)
    return b"".join(person.account._exports.file(tenant_hash, expires, seal, person.place.now))


def rows_of(url: str, tenant: str) -> int:
    """The rows of a tenant in all tables."""
    with psycopg.connect(url, autocommit=True) as sql, sql.transaction():
        sql.execute("select nu.enter(%s)", [tenant])
        names = [name for (name,) in sql.execute("select tablename from pg_tables where schemaname = 'nu'").fetchall()]
        counts = [
            sql.execute(f'select count(*) from nu."{name}" where tenant_id = %s', [tenant]).fetchone()
            for name in names
            if name != "migration"
        ]
    return sum(one[0] for one in counts if one)


def test_an_export_holds_the_log_and_the_tabs_and_comes_back_with_the_same_hash(person: Person, own: str) -> None:
    person.visit()
    person.add("One")
    person.add("Two")
    whole = person.stores.log.verify(person.visit().tenant)
    content = file(person)
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert json.loads(opened.read("manifest.json"))["head_hash"] == whole.head_hash.hex()
        assert {"log.ndjson", "tabs/Tasks.csv"} <= set(opened.namelist())
    goal = Switch(person.stores, person.visits).goal(person.visit(), Url(own))
    restored = restore_file(person.stores.log, goal, io.BytesIO(content))
    assert (restored.count, restored.head_hash) == (whole.count, whole.head_hash)
    assert person.stores.log.verify(goal) == whole


@pytest.mark.parametrize("part", [0, 1, 2])
def test_a_link_holds_for_one_person_and_ten_minutes(person: Person, part: int) -> None:
    person.visit()
    parts = list(link(person))
    now = person.place.now
    person.account._exports.file(parts[0], parts[1], parts[2], now)
    other = {0: "0" * 32, 1: parts[1] + 1, 2: "ü" * 64}
    forged = [other[part] if n == part else value for n, value in enumerate(parts)]
    with pytest.raises(LinkOver):
        person.account._exports.file(forged[0], forged[1], forged[2], now)
    with pytest.raises(LinkOver):
        person.account._exports.file(parts[0], parts[1], parts[2], now + VALID_FOR + timedelta(seconds=1))


def test_the_wrong_address_erases_nothing(person: Person, stack: Stack) -> None:
    person.visit()
    person.add("Stays")
    before = rows_of(stack.addresses.database, person.google.user)
    with pytest.raises(NotTyped):
        person.account.erase(person.visit(), person.place, "somebody@example.com")
    assert rows_of(stack.addresses.database, person.google.user) >= before > 0


def test_erasing_leaves_no_row_in_any_database(person: Person, own: str, stack: Stack) -> None:
    person.visit()
    person.add("Gone soon")
    assert person.account.use(person.visit(), person.place, "database", Url(own)).ok
    person.add("This too")
    receipt = person.account.erase(person.visit(), person.place, f" {person.google.user.upper()} ").receipt
    assert receipt.count == 3  # two tasks, and the move
    assert rows_of(own, person.google.user) == rows_of(stack.addresses.database, person.google.user) == 0
    assert person.stores.lease(person.stores.tenant_hash(person.google.user)) is None


def test_nothing_begins_anew_unasked(person: Person, stack: Stack) -> None:
    person.visit()
    person.add("Gone")
    person.account.erase(person.visit(), person.place, person.google.user)
    answer = person.google.event("home")
    (card,) = [one["pushCard"] for one in answer["action"]["navigations"]]
    assert "erased" in card["header"]["subtitle"]
    with pytest.raises(Erased):
        person.visit()
    assert rows_of(stack.addresses.database, person.google.user) == 0
    assert notification(person.google.click(card, "house.move_here"))
    assert person.titles() == []
    person.add("Anew")
    assert person.titles() == ["Anew"]


def test_letters_that_wait_are_forgotten_too(person: Person) -> None:
    person.visit()
    mine = person.stores.tenant_hash(person.google.user)
    for name in (mailboxes.key(mine), ways.done_key(mine)):
        person.stores.platform.set(name, b"something")
    person.account.forget(person.visit())
    assert not person.stores.platform.exists(mailboxes.key(mine), ways.done_key(mine))


def test_who_returns_can_verify_the_new_log(person: Person) -> None:
    person.visit()
    person.add("One")
    person.add("Two")
    assert person.account.verify(person.visit(), person.place) == 2
    person.account.erase(person.visit(), person.place, person.google.user)
    person.handler.move_here(person.visitor, person.place)
    person.add("Anew")
    assert person.account.verify(person.visit(), person.place) == 1


def test_a_second_window_begins_nothing_anew(person: Person, stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    person.visit()
    person.add("Gone")

    def between(*place: str) -> None:
        person.add("In the other window")
        mark_erased(*place)

    monkeypatch.setattr(account, "mark_erased", between)
    assert person.account.erase(person.visit(), person.place, person.google.user).receipt.count == 1
    assert rows_of(stack.addresses.database, person.google.user) == 0
    assert person.stores.lease(person.stores.tenant_hash(person.google.user)) is None
