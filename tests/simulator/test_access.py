"""Who may see and change what: tokens, grants for the add-on, roles, protected ranges."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests

from tests.simulator.running import Account

UNAUTHENTICATED = "Request had invalid authentication credentials."


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer ya29.unknown"}, {"Authorization": "Basic eA=="}])
def test_an_unknown_token_is_unauthenticated(person: Account, headers: dict[str, str]) -> None:
    for path in (f"/v4/spreadsheets/{person.sheet}", f"/drive/v3/files/{person.sheet}"):
        answer = requests.get(person.simulator.url + path, headers=headers, timeout=10)
        assert answer.status_code == 401
        assert answer.json()["error"]["message"].startswith(UNAUTHENTICATED)


def test_a_token_may_come_in_the_query(person: Account) -> None:
    path = f"{person.simulator.url}/v4/spreadsheets/{person.sheet}"
    assert requests.get(path, params={"access_token": person.token}, timeout=10).status_code == 200


def test_before_the_grant_a_file_is_not_there(stranger: Account) -> None:
    sheets = stranger.call("GET", f"/v4/spreadsheets/{stranger.sheet}")
    assert (sheets.status_code, sheets.json()["error"]["status"]) == (404, "NOT_FOUND")
    assert stranger.put("A1", [["x"]])["error"]["code"] == 404
    drive = stranger.call("GET", f"/drive/v3/files/{stranger.sheet}")
    assert drive.status_code == 404
    assert drive.json()["error"]["errors"][0]["reason"] == "notFound"
    assert stranger.call("GET", "/drive/v3/files").json()["files"] == []


def test_the_grant_opens_the_file(stranger: Account) -> None:
    stranger.grant()
    assert stranger.resource()["spreadsheetId"] == stranger.sheet


def test_a_grant_is_for_one_person_and_one_file(person: Account, new_person: Callable[[], Account]) -> None:
    other = new_person()
    assert other.call("GET", f"/v4/spreadsheets/{person.sheet}").status_code == 404
    assert "error" in other.simulator.event("granted", user=other.email, spreadsheetId=person.sheet)
    assert other.call("GET", f"/v4/spreadsheets/{person.sheet}").status_code == 404


def _shared(person: Account, friend: Account, role: str) -> Account:
    body = {"type": "user", "role": role, "emailAddress": friend.email}
    assert person.call("POST", f"/drive/v3/files/{person.sheet}/permissions", body).status_code == 200
    friend.grant(person.sheet)
    return Account(friend.simulator, friend.email, friend.token, person.sheet)


def test_a_reader_reads_and_does_not_write(person: Account, stranger: Account) -> None:
    person.put("A1", [["x"]])
    friend = _shared(person, stranger, "reader")
    assert friend.values("A1")["values"] == [["x"]]
    assert friend.put("A1", [["y"]])["error"]["status"] == "PERMISSION_DENIED"
    assert friend.batch({"addSheet": {}})["error"]["code"] == 403
    assert friend.call("PATCH", f"/drive/v3/files/{friend.sheet}", {"name": "mine"}).status_code == 403
    assert friend.call("GET", f"/drive/v3/files/{friend.sheet}/permissions").status_code == 403
    assert person.values("A1")["values"] == [["x"]]


def test_a_writer_writes_and_does_not_delete(person: Account, stranger: Account) -> None:
    friend = _shared(person, stranger, "writer")
    friend.put("A1", [["y"]])
    assert person.values("A1")["values"] == [["y"]]
    assert friend.call("DELETE", f"/drive/v3/files/{friend.sheet}").status_code == 403
    assert friend.call("PATCH", f"/drive/v3/files/{friend.sheet}", {"trashed": True}).status_code == 403


def test_sharing_that_ends_takes_the_access_away(person: Account, stranger: Account) -> None:
    friend = _shared(person, stranger, "writer")
    found = person.call("GET", f"/drive/v3/files/{person.sheet}/permissions", fields="*").json()["permissions"]
    (theirs,) = [one["id"] for one in found if one["emailAddress"] == friend.email]
    assert person.call("DELETE", f"/drive/v3/files/{person.sheet}/permissions/{theirs}").status_code == 204
    assert friend.call("GET", f"/v4/spreadsheets/{friend.sheet}").status_code == 403
    assert friend.call("GET", f"/drive/v3/files/{friend.sheet}").status_code == 404


def _protect(person: Account, **more: Any) -> None:
    protected = {"range": {"endRowIndex": 1}, **more}
    assert "replies" in person.batch({"addProtectedRange": {"protectedRange": protected}})


def test_a_protected_range_is_held_against_others_only(person: Account, stranger: Account) -> None:
    person.put("A1", [["head"]])
    _protect(person)
    friend = _shared(person, stranger, "writer")
    assert "protected cell" in friend.put("A1", [["theirs"]])["error"]["message"]
    assert "protected cell" in friend.batch({"addSheet": {}}, {"deleteSheet": {"sheetId": 0}})["error"]["message"]
    assert "updatedCells" in friend.put("A2", [["free"]])
    assert "updatedCells" in person.put("A1", [["owner"]])


def test_rows_may_be_put_in_above_what_is_protected(person: Account, stranger: Account) -> None:
    person.put("A2", [["kept"]])
    _protect(person, range={"startRowIndex": 1, "endRowIndex": 2})
    friend = _shared(person, stranger, "writer")
    row = {"dimension": "ROWS", "startIndex": 0, "endIndex": 1}
    assert "replies" in friend.batch({"insertDimension": {"range": row}})
    assert "error" in friend.put("A3", [["theirs"]])


@pytest.mark.parametrize("change", [{"editors": {"users": ["{friend}"]}}, {"warningOnly": True}])
def test_who_may_not_edit_a_protected_range_does_not_open_it(
    person: Account, stranger: Account, change: dict[str, Any]
) -> None:
    _protect(person, protectedRangeId=5)
    friend = _shared(person, stranger, "writer")
    (field,) = change
    protected = {"protectedRangeId": 5, "range": {"endRowIndex": 1}, **change}
    answer = friend.batch({"updateProtectedRange": {"protectedRange": protected, "fields": field}})
    assert "protected cell" in answer["error"]["message"]


@pytest.mark.parametrize("allows", ["warning", "editor"])
def test_a_warning_and_an_editors_list_let_others_edit(person: Account, stranger: Account, allows: str) -> None:
    _protect(person, **({"warningOnly": True} if allows == "warning" else {"editors": {"users": [stranger.email]}}))
    friend = _shared(person, stranger, "writer")
    assert "updatedCells" in friend.put("A1", [["theirs"]])
