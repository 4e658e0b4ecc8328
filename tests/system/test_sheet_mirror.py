"""The Tasks tab survives what people do to a Sheet."""

import itertools
from typing import Any

import pytest

from local.stack import Stack
from tests.system.google import Google, call
from tests.waiting import eventually

_numbers = itertools.count(1)


@pytest.fixture
def eve(stack: Stack) -> Google:
    """A new person with two tasks in her Sheet."""
    person = Google(stack.addresses.page_url, f"eve{next(_numbers)}@example.com")
    call(f"{person.url}/sim/users", {"email": person.user, "name": "Eve"})
    card = add(person, person.event("granted"), "One")
    add(person, card, "Two")
    eventually(lambda: titles(person) == ["One", "Two"])
    return person


def add(person: Google, card: Any, title: str) -> Any:
    return person.click(card, "tasks.add_task", {"title": title})


def titles(person: Google) -> list[str]:
    return [row[1] for row in person.rows("Tasks")]


def tabs(person: Google) -> dict[str, int]:
    sheets = call(f"{person.url}/v4/spreadsheets/{person.sheet_id}", token=person.token)["sheets"]
    return {one["properties"]["title"]: one["properties"]["sheetId"] for one in sheets}


def change(person: Google, kind: str, **fields: Any) -> None:
    """One request of a batch, as the person themselves would make it by hand."""
    url = f"{person.url}/v4/spreadsheets/{person.sheet_id}:batchUpdate"
    call(url, {"requests": [{kind: fields}]}, token=person.token)


def test_a_deleted_tab_is_made_again_with_all_that_was_in_it(eve: Google) -> None:
    change(eve, "deleteSheet", sheetId=tabs(eve)["Tasks"])
    add(eve, eve.event("home"), "Three")
    eventually(lambda: "Tasks" in tabs(eve) and titles(eve) == ["One", "Two", "Three"])


def test_a_renamed_tab_is_left_alone_and_a_new_one_is_drawn(eve: Google) -> None:
    change(eve, "updateSheetProperties", properties={"sheetId": tabs(eve)["Tasks"], "title": "Mine"}, fields="title")
    add(eve, eve.event("home"), "Three")
    eventually(lambda: "Tasks" in tabs(eve) and titles(eve) == ["One", "Two", "Three"])
    assert "Mine" in tabs(eve)


def test_a_tab_renamed_in_case_only_is_still_ours(eve: Google) -> None:
    change(eve, "updateSheetProperties", properties={"sheetId": tabs(eve)["Tasks"], "title": "tasks"}, fields="title")
    add(eve, eve.event("home"), "Three")
    eventually(lambda: [row[1] for row in eve.rows("tasks")] == ["One", "Two", "Three"])
    assert "Tasks" not in tabs(eve)


@pytest.mark.parametrize("dimension", ["COLUMNS", "ROWS"])
def test_a_tab_that_lost_its_ids_or_headers_is_set_aside_and_drawn_anew(eve: Google, dimension: str) -> None:
    first = {"sheetId": tabs(eve)["Tasks"], "dimension": dimension, "startIndex": 0, "endIndex": 1}
    change(eve, "deleteDimension", range=first)
    add(eve, eve.event("home"), "Three")
    eventually(lambda: "Tasks (old)" in tabs(eve) and titles(eve) == ["One", "Two", "Three"])


def test_a_sheet_that_is_gone_gives_way_to_the_next_one(eve: Google) -> None:
    call(f"{eve.url}/v4/spreadsheets", {"properties": {"title": "New map"}}, token=eve.token)
    call(f"{eve.url}/drive/v3/files/{eve.sheet_id}", token=eve.token, method="DELETE")
    add(eve, eve.event("home"), "Three")

    def drawn() -> bool:
        eve.event("granted")  # what the welcome card leads to, once the worker has found the old Sheet gone
        return "Tasks" in tabs(eve) and titles(eve) == ["One", "Two", "Three"]

    eventually(drawn)


def test_a_tab_of_the_persons_own_is_never_written_into(eve: Google) -> None:
    change(eve, "deleteSheet", sheetId=tabs(eve)["Tasks"])
    change(eve, "addSheet", properties={"title": "Tasks"})
    own = tabs(eve)["Tasks"]
    add(eve, eve.event("home"), "Three")
    eventually(lambda: tabs(eve).get("Tasks (old)") == own and titles(eve) == ["One", "Two", "Three"])
    held = call(f"{eve.url}/v4/spreadsheets/{eve.sheet_id}/values/Tasks%20(old)", token=eve.token)
    assert "values" not in held
