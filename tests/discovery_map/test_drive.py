"""Which Sheet is the map: found through Drive, by a mark that only this app sees."""

import socket

import pytest

from numirror.shell.google import drive
from numirror.shell.google.errors import GoogleAway, SheetClosed, TokenExpired
from tests.discovery_map.sheet import Sheet
from tests.simulator.running import Account, Simulator


@pytest.fixture
def person(google: Simulator, request: pytest.FixtureRequest) -> Account:
    """Somebody new with one Sheet, given to the add-on."""
    email = f"{request.node.name.replace('_', '-')[:50]}@example.com"
    made = google.post("/sim/users", {"email": email})
    account = Account(google, email, made["user"]["accessToken"], made["spreadsheet"]["id"])
    account.grant()
    return account


def _found(person: Account) -> list[str]:
    return [file.id for file in drive.find_maps(person.simulator.url, person.token)]


def _another(person: Account) -> str:
    made = person.call("POST", "/v4/spreadsheets", {"properties": {"title": "Another"}}).json()
    return str(made["spreadsheetId"])


def test_a_map_is_found_once_it_is_marked_and_until_it_is_unmarked(person: Account) -> None:
    url, token = person.simulator.url, person.token
    assert _found(person) == []
    drive.mark_map(url, token, person.sheet)
    (found,) = drive.find_maps(url, token)
    assert found == drive.describe_file(url, token, person.sheet)
    assert (found.id, found.owned, found.trashed, found.is_map) == (person.sheet, True, False, True)
    assert found.url == f"https://docs.google.com/spreadsheets/d/{person.sheet}/edit"
    assert found.modified.utcoffset() is not None
    drive.unmark_map(url, token, person.sheet)
    assert _found(person) == []


def test_the_map_that_changed_last_comes_first(person: Account) -> None:
    another = _another(person)
    for sheet in (another, person.sheet):
        drive.mark_map(person.simulator.url, person.token, sheet)
    assert _found(person) == [person.sheet, another]


def test_marking_twice_is_marking_once_and_other_marks_stay(person: Account) -> None:
    person.call("PATCH", f"/drive/v3/files/{person.sheet}", {"appProperties": {"other": "x"}})
    for _ in range(2):
        drive.mark_map(person.simulator.url, person.token, person.sheet)
    answer = person.call("GET", f"/drive/v3/files/{person.sheet}", fields="appProperties").json()
    assert answer == {"appProperties": {"other": "x", "numirror": "map"}}


def test_a_map_in_the_bin_is_none(person: Account) -> None:
    drive.mark_map(person.simulator.url, person.token, person.sheet)
    person.call("PATCH", f"/drive/v3/files/{person.sheet}", {"trashed": True})
    assert _found(person) == []
    assert drive.describe_file(person.simulator.url, person.token, person.sheet).trashed


def test_the_map_of_somebody_else_is_never_ones_own(person: Account, owner: Account, sheet: Sheet) -> None:
    theirs = sheet.account.sheet
    drive.mark_map(owner.simulator.url, owner.token, theirs)
    body = {"type": "user", "role": "writer", "emailAddress": person.email}
    owner.call("POST", f"/drive/v3/files/{theirs}/permissions", body)
    person.grant(theirs)
    assert _found(person) == []
    assert not drive.describe_file(person.simulator.url, person.token, theirs).owned


def test_a_file_that_was_not_given_to_us_is_closed(person: Account, sheet: Sheet) -> None:
    for ask in (drive.describe_file, drive.mark_map, drive.mark_erased):
        with pytest.raises(SheetClosed):
            ask(person.simulator.url, person.token, sheet.account.sheet)


def test_a_token_that_has_run_out_says_so_and_is_told_nobody(person: Account) -> None:
    with pytest.raises(TokenExpired) as refused:
        drive.find_maps(person.simulator.url, "ya29.old")
    assert "ya29" not in repr(refused.getrepr(chain=True).reprcrash)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


def test_a_drive_that_is_away_says_so() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        with pytest.raises(GoogleAway):
            drive.find_maps(f"http://127.0.0.1:{nobody.getsockname()[1]}", "token")
