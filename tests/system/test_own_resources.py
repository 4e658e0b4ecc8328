"""Bringing one's own: from the Connections card to a log in another database, and back out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

import psycopg
import pytest

from local.stack import Stack
from tests.system.google import Google, call, notification
from tests.waiting import eventually

Json = dict[str, Any]


@pytest.fixture
def own(stack: Stack) -> Iterator[str]:
    """The URL of an empty database on the stack's server, with a role of its own; gone afterwards."""
    place = urlsplit(stack.addresses.database)
    with psycopg.connect(stack.addresses.database, autocommit=True) as connection:
        connection.execute("create database own_1")
        yield f"postgresql://{place.username}:{quote(place.password or '')}@{place.hostname}:{place.port}/own_1"
        connection.execute("drop database own_1 with (force)")


@pytest.fixture
def eve(stack: Stack) -> Google:
    """A person whom no other test knows."""
    call(f"{stack.addresses.page_url}/sim/users", {"email": "eve@example.com"})
    return Google(stack.addresses.page_url, "eve@example.com")


@pytest.fixture
def frank(stack: Stack) -> Google:
    """Who has a database of his own."""
    call(f"{stack.addresses.page_url}/sim/users", {"email": "frank@example.com"})
    return Google(stack.addresses.page_url, "frank@example.com")


def sheet(google: Google, tab: str) -> list[list[Any]]:
    """All values of a tab."""
    found: list[list[Any]] = call(f"{values_url(google)}/{tab}", token=google.token).get("values", [])
    return found


def write(google: Google, tab: str, key: str, value: str) -> None:
    """Types a value beside a key, as its owner would."""
    row = 1 + [line[0] for line in sheet(google, tab)].index(key)
    url = f"{values_url(google)}/{tab}!B{row}?valueInputOption=RAW"
    call(url, {"values": [[value]]}, google.token, "PUT")


def values_url(google: Google) -> str:
    return f"{google.url}/v4/spreadsheets/{google.sheet_id}/values"


def connections(google: Google) -> Json:
    return google.event("Connections")


def page(google: Google, name: str) -> Json:
    return google.click(connections(google), "house.show", page=name)


def test_the_first_card_says_that_it_is_a_trial_and_connections_shows_each_source(eve: Google) -> None:
    assert "Trial" in str(eve.event("granted"))
    shown = str(connections(eve))
    assert all(
        word in shown for word in ("Database", "Read models", "AI account", "Google", "trial, shared", "none yet")
    )


def test_an_own_redis_is_checked_used_and_let_go(eve: Google, stack: Stack) -> None:
    eve.event("granted")
    report = eve.click(
        page(eve, "redis"), "house.use_redis", {"address": stack.addresses.redis.rpartition("/")[0] + "/3"}
    )
    assert notification(report) == "In use from now on."
    assert "yours (vault), checked just now" in str(connections(eve))
    answer = eve.click(eve.event("home"), "tasks.add_task", {"title": "Kept in my own Redis"})
    assert "Kept in my own Redis" in str(answer) and "Kept in my own Redis" in str(eve.event("home"))
    assert notification(eve.click(page(eve, "redis"), "house.stop_using")) == "Not used any more."
    assert "Kept in my own Redis" in str(eve.event("home"))


def test_an_own_ai_account_is_checked_and_sealed(eve: Google) -> None:
    eve.event("granted")
    report = eve.click(page(eve, "ai"), "house.use_ai", {"key": "sk-eve-0123456789"})
    assert notification(report) == "In use from now on.", str(report)
    rows = {row[0]: row for row in sheet(eve, "Vault")}
    assert rows["ai"][1].startswith("nu1.") and "sk-eve" not in str(rows)


def test_what_is_typed_in_meta_is_not_used_before_the_owner_said_yes(eve: Google, stack: Stack) -> None:
    eve.event("granted")
    address = stack.addresses.redis.rpartition("/")[0] + "/4"
    write(eve, "Meta", "REDIS_URL", address)
    card = connections(eve)
    assert "It is not used before you say yes" in str(card) and "trial, shared" in str(card)
    report = eve.click(card, "house.accept_override", kind="redis")
    assert notification(report) == "In use from now on.", str(report)
    assert "yours (meta)" in str(connections(eve))
    report = eve.click(connections(eve), "house.move_key", kind="redis")
    assert notification(report) == "In use from now on.", str(report)
    assert "yours (vault)" in str(connections(eve)) and address not in str(sheet(eve, "Meta"))


def test_a_yes_is_for_what_was_shown(eve: Google, stack: Stack) -> None:
    eve.event("granted")
    base = stack.addresses.redis.rpartition("/")[0]
    write(eve, "Meta", "REDIS_URL", base + "/5")
    card = connections(eve)
    write(eve, "Meta", "REDIS_URL", base + "/6")
    answer = eve.click(card, "house.accept_override", kind="redis")
    assert "Meta says something else now" in str(answer)
    write(eve, "Meta", "REDIS_URL", "")


def test_forgetting_takes_everything_back_and_the_next_visit_begins_anew(eve: Google, stack: Stack) -> None:
    eve.click(eve.event("granted"), "tasks.add_task", {"title": "Still in my log"})
    answer = eve.click(eve.click(connections(eve), "house.show", page="forget"), "house.forget_me")
    assert notification(answer) == "Forgotten."
    assert "Still in my log" in str(eve.event("home"))


def test_a_whole_log_is_told_so(eve: Google) -> None:
    eve.click(eve.event("granted"), "tasks.add_task", {"title": "One more"})
    assert "events are as they were written" in notification(eve.click(connections(eve), "house.verify_log"))


def test_what_is_broken_in_the_map_is_named_and_repaired(eve: Google) -> None:
    eve.event("granted")
    write(eve, "Meta", "AI_MODEL", "")
    row = 1 + [line[0] for line in sheet(eve, "Meta")].index("AI_MODEL")
    call(f"{values_url(eve)}/Meta!A{row}:clear", {}, eve.token)
    card = connections(eve)
    assert "AI_MODEL" in str(card)
    repaired = eve.click(card, "house.repair_map")
    assert "AI_MODEL" in notification(repaired)
    assert "AI_MODEL" in [line[0] for line in sheet(eve, "Meta") if line]


@dataclass(frozen=True)
class InSheet(Google):
    """The same person in front of another of their Sheets."""

    sheet: str = ""

    @property
    def sheet_id(self) -> str:
        return self.sheet


def test_in_another_own_sheet_the_map_is_offered_or_moved_with_its_settings(eve: Google) -> None:
    eve.event("granted")
    write(eve, "Meta", "LANGUAGE", "de-AT")
    url = f"{eve.url}/v4/spreadsheets"
    made = call(url, {"properties": {"title": "Another Sheet"}}, eve.token)["spreadsheetId"]
    there = InSheet(eve.url, eve.user, made)
    assert "Your Discovery Map is another Sheet" in str(there.event("granted"))
    card = there.event("Refresh")
    assert "Open it" in str(card) and "Meta" not in tabs(there)
    moved = there.click(card, "house.move_here")
    assert notification(moved) == "This Sheet is your Discovery Map now."
    assert ["LANGUAGE", "de-AT"] in [line[:2] for line in sheet(there, "Meta")]
    assert "another Sheet" in str(eve.event("home")) and "another Sheet" not in str(there.event("home"))
    eve.click(eve.event("Refresh"), "house.move_here")


def tabs(google: Google) -> list[str]:
    found = call(f"{google.url}/v4/spreadsheets/{google.sheet_id}?fields=sheets.properties.title", token=google.token)
    return [one["properties"]["title"] for one in found["sheets"]]


def test_in_somebody_elses_sheet_nothing_is_shown_and_nothing_written(eve: Google, ada: Google) -> None:
    shared = call(f"{eve.url}/v4/spreadsheets", {"properties": {"title": "Shared"}}, eve.token)["spreadsheetId"]
    share = {"type": "user", "role": "writer", "emailAddress": "zoe@example.com"}
    call(f"{eve.url}/drive/v3/files/{shared}/permissions", share, eve.token)
    call(f"{eve.url}/sim/users", {"email": "zoe@example.com"})
    zoe = InSheet(eve.url, "zoe@example.com", shared)
    assert "somebody else" in str(zoe.event("granted"))
    assert tabs(InSheet(eve.url, eve.user, shared)) == ["Sheet1"]


def test_a_log_moves_to_an_own_database_and_nothing_is_lost(frank: Google, own: str) -> None:
    frank.click(frank.event("granted"), "tasks.add_task", {"title": "From the trial"})
    report = frank.click(page(frank, "database"), "house.use_database", {"address": own})
    assert notification(report) == "In use from now on.", str(report)
    home = frank.event("home")
    assert "From the trial" in str(home) and "Trial" not in str(home)
    frank.click(home, "tasks.add_task", {"title": "In my own"})
    eventually(lambda: in_table(own) >= {("From the trial", "open"), ("In my own", "open")})
    assert "yours (vault)" in str(connections(frank))
    assert "events are as they were written" in notification(frank.click(connections(frank), "house.verify_log"))


def in_table(own: str) -> set[tuple[str, str]]:
    with psycopg.connect(own, autocommit=True) as sql, sql.transaction():
        sql.execute("select nu.enter('frank@example.com')")
        return set(sql.execute("select title, status from nu.projection_tasks").fetchall())
