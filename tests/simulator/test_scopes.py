"""What a token opens by its scopes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.simulator.running import Account

AUTH = "https://www.googleapis.com/auth/"


def _with(account: Account, *scopes: str) -> Account:
    body = {"email": account.email, "scopes": [AUTH + scope for scope in scopes]}
    return replace(account, token=account.simulator.post("/sim/tokens", body)["accessToken"])


def _status(account: Account, method: str, path: str, body: Any = None, **query: Any) -> int:
    return account.call(method, path.replace("ID", account.sheet), body, **query).status_code


@pytest.mark.parametrize(
    ("scope", "reads", "writes", "lists", "shares"),
    [
        ("spreadsheets", 200, 200, 403, 403),
        ("spreadsheets.readonly", 200, 403, 403, 403),
        ("drive", 200, 200, 200, 200),
        ("drive.readonly", 200, 403, 200, 403),
        ("drive.metadata.readonly", 403, 403, 200, 403),
        ("drive.file", 404, 404, 404, 404),
        ("gmail.readonly", 403, 403, 403, 403),
    ],
)
def test_a_scope_opens_what_google_says(
    stranger: Account, scope: str, reads: int, writes: int, lists: int, shares: int
) -> None:
    asked = _with(stranger, scope)
    assert _status(asked, "GET", "/v4/spreadsheets/ID") == reads
    assert _status(asked, "POST", "/v4/spreadsheets/ID/values/A1:clear") == writes
    assert _status(asked, "GET", "/drive/v3/files/ID") == lists
    body = {"type": "user", "role": "reader", "emailAddress": "x@example.com"}
    assert _status(asked, "POST", "/drive/v3/files/ID/permissions", body) == shares


def test_a_token_that_is_too_narrow_is_told_so(stranger: Account) -> None:
    sheets = _with(stranger, "spreadsheets.readonly").put("A1", [["x"]])["error"]
    assert (sheets["status"], sheets["details"][0]["reason"]) == (
        "PERMISSION_DENIED",
        "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
    )
    drive = _with(stranger, "spreadsheets").call("GET", "/drive/v3/files").json()["error"]
    assert drive["errors"][0]["reason"] == "insufficientPermissions"


def test_a_wide_token_opens_no_file_of_another(person: Account, stranger: Account) -> None:
    asked = replace(_with(stranger, "drive", "spreadsheets"), sheet=person.sheet)
    assert _status(asked, "GET", "/v4/spreadsheets/ID") == 403
    assert _status(asked, "GET", "/drive/v3/files/ID") == 404


def test_a_token_whose_scopes_were_changed_is_nothing(stranger: Account) -> None:
    narrow, wide = _with(stranger, "spreadsheets.readonly"), _with(stranger, "spreadsheets")
    head, said, _ = wide.token.rsplit(".", 2)
    forged = replace(narrow, token=f"{head}.{said}.{narrow.token.rpartition('.')[2]}")
    assert _status(wide, "GET", "/v4/spreadsheets/ID") == 200
    assert _status(forged, "GET", "/v4/spreadsheets/ID") == 401
    assert _status(replace(narrow, token="ya29.s.ä.x"), "GET", "/v4/spreadsheets/ID") == 401


@pytest.mark.parametrize("body", [{}, {"email": "none@example.com", "scopes": ["x"]}, {"email": "", "scopes": []}])
def test_a_token_for_nobody_or_nothing_is_refused(stranger: Account, body: Any) -> None:
    assert "error" in stranger.simulator.post("/sim/tokens", body)
