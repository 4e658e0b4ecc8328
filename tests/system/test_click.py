"""The way of a click, through every room, on real parts."""

from typing import Any

import psycopg
import pytest

from tests.system.google import Google, button, call, notification, parameters, texts
from tests.waiting import eventually


@pytest.fixture
def today(ada: Google) -> dict[str, Any]:
    """Ada's Today card, after she allowed the use of her Sheet."""
    return ada.event("granted")


def add(google: Google, card: dict[str, Any], title: str) -> dict[str, Any]:
    return google.click(card, "tasks.add_task", {"title": title})


def row(sql: psycopg.Connection, title: str) -> Any:
    # The owner of the database is no tenant: row-level security is forced, so this reads as the tenant.
    with sql.transaction():
        sql.execute("select nu.enter('ada@example.com')")
        return sql.execute("select status from nu.projection_tasks where title = %s", [title]).fetchone()


def test_a_task_goes_all_the_way_to_sql_and_sheet_and_back_on_the_card(
    ada: Google, today: dict[str, Any], sql: psycopg.Connection
) -> None:
    answer = add(ada, today, "Water the plants")
    assert notification(answer) == "Added: Water the plants"
    assert "Water the plants" in texts(answer)
    eventually(lambda: row(sql, "Water the plants") == ("open",))
    eventually(lambda: [False, "Water the plants"] in [line[:2] for line in ada.rows("Tasks")])

    task = open_task(answer, "Water the plants")
    answer = ada.click(answer, "tasks.complete_task", task_id=task)
    eventually(lambda: row(sql, "Water the plants") == ("done",))
    eventually(lambda: [True, "Water the plants"] in [line[:2] for line in ada.rows("Tasks")])

    answer = ada.click(answer, "tasks.reopen_task", task_id=task)
    answer = ada.click(answer, "tasks.show", task_id=task)
    answer = ada.click(answer, "tasks.rename_task", {"title": "Water the garden"}, task_id=task)
    assert "Water the garden" in texts(answer)
    answer = ada.click(ada.click(answer, "tasks.show", task_id=task), "tasks.delete_task", task_id=task)
    eventually(lambda: row(sql, "Water the garden") == ("deleted",))
    eventually(lambda: "Water the garden" not in [line[1] for line in ada.rows("Tasks")])


def open_task(card: Any, title: str) -> str:
    widget = next(w for w in widgets(card) if w.get("decoratedText", {}).get("text") == title)
    return parameters(button(widget, "tasks.show"))["task_id"]


def widgets(answer: Any) -> list[dict[str, Any]]:
    action = answer.get("action") or answer["renderActions"]["action"]
    card = next(iter(action["navigations"][-1].values()))
    return [widget for section in card["sections"] for widget in section["widgets"]]


def test_a_double_click_is_one_command(ada: Google, today: dict[str, Any]) -> None:
    first, second = (add(ada, today, "Only once") for _ in range(2))
    assert texts(first).count("Only once") == texts(second).count("Only once") == 1


def test_a_refusal_leaves_the_card_and_what_was_typed(ada: Google, today: dict[str, Any]) -> None:
    answer = add(ada, today, "   ")
    assert notification(answer) == "A task needs a title. Type what is to be done."
    assert "navigations" not in answer["renderActions"]["action"]


def test_a_button_of_one_person_is_worthless_to_another(ada: Google, bob: Google, today: dict[str, Any]) -> None:
    answer = add(bob, today, "Stolen")
    assert "does not belong to this card" in str(answer)
    assert "Stolen" not in texts(ada.event("home"))


def test_nobody_sees_what_is_anothers(ada: Google, bob: Google, today: dict[str, Any]) -> None:
    add(ada, today, "Only for Ada")
    mine = bob.event("granted")
    add(bob, mine, "Only for Bob")
    assert "Only for Ada" not in str(bob.event("home"))
    assert "Only for Bob" not in str(ada.event("home"))
    eventually(lambda: "Only for Bob" in str(bob.rows("Tasks")))
    assert "Only for Ada" not in str(bob.rows("Tasks"))


def test_a_sheet_of_somebody_else_is_never_written(ada: Google, bob: Google, today: dict[str, Any]) -> None:
    fresh = call(f"{ada.url}/v4/spreadsheets", {"properties": {"title": "Ada's plans"}}, token=ada.token)
    share = {"type": "user", "role": "writer", "emailAddress": bob.user}
    call(f"{ada.url}/drive/v3/files/{fresh['spreadsheetId']}/permissions", share, token=ada.token)
    call(f"{ada.url}/sim/users", {"email": "carol@example.com", "name": "Carol"})
    share = {"type": "user", "role": "writer", "emailAddress": "carol@example.com"}
    call(f"{ada.url}/drive/v3/files/{fresh['spreadsheetId']}/permissions", share, token=ada.token)
    carol = Google(ada.url, "carol@example.com")
    answer = carol.event("granted", spreadsheetId=fresh["spreadsheetId"])
    assert "somebody else" in str(answer)
    tabs = call(f"{ada.url}/v4/spreadsheets/{fresh['spreadsheetId']}", token=ada.token)["sheets"]
    assert [tab["properties"]["title"] for tab in tabs] == ["Sheet1"]


def test_a_universal_action_explains_and_refreshes(ada: Google, today: dict[str, Any]) -> None:
    assert "Changed your mind?" in str(ada.event("Help"))
    assert "Today" in str(ada.event("Refresh"))
