"""What can go wrong on demand, as unmodified clients see it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gspread
import openai
import pytest
import requests
from googleapiclient.errors import HttpError

from tests.simulator.addon_double import AddonDouble
from tests.simulator.running import Account, Simulator, write_manifest


@pytest.fixture
def bad_days(simulator: Simulator) -> Iterator[Callable[..., Any]]:
    """Sets them; afterwards the sky is clear."""
    yield lambda *days: simulator.post("/sim/bad-days", list(days))
    simulator.post("/sim/bad-days", [])


def _read(person: Account, cell: str = "A1") -> requests.Response:
    return person.call("GET", f"/v4/spreadsheets/{person.sheet}/values/{cell}")


def _happens(person: Account, deed: str, **more: Any) -> None:
    assert person.simulator.post("/sim/incidents", {"deed": deed, "spreadsheetId": person.sheet, **more}) == {}


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("unauthorized", 401), ("forbidden", 403), ("missing", 404), ("conflict", 409), ("tooMany", 429),
        ("internal", 500), ("unavailable", 503),
    ],
)  # fmt: skip
def test_each_service_refuses_in_its_own_words(
    person: Account, bad_days: Callable[..., Any], kind: str, status: int
) -> None:
    bad_days({"kind": kind})
    with pytest.raises((gspread.exceptions.APIError, PermissionError, gspread.exceptions.SpreadsheetNotFound)):
        person.gspread().open_by_key(person.sheet)
    drive = person.call("GET", "/drive/v3/files")
    assert (drive.status_code, drive.json()["error"]["errors"][0]["domain"]) == (status, "global")
    client = openai.OpenAI(api_key="k", base_url=f"{person.simulator.url}/ai/v1", max_retries=0, timeout=10)
    with pytest.raises(openai.APIStatusError) as said:
        client.models.list()
    assert said.value.status_code == status
    assert said.value.code
    found = _read(person).json()["error"]
    assert (found["code"], bool(found["status"])) == (status, True)


def test_googles_client_tries_again_where_that_may_help(person: Account, bad_days: Callable[..., Any]) -> None:
    files = person.google("drive", "v3").files()
    bad_days({"kind": "unavailable", "api": "drive", "times": 1})
    assert files.list().execute(num_retries=1)["files"]
    bad_days({"kind": "forbidden", "api": "drive"})
    with pytest.raises(HttpError) as refused:
        files.list().execute(num_retries=1)
    assert refused.value.error_details[0]["reason"] == "insufficientFilePermissions"


def test_as_many_calls_as_were_asked_for_go_wrong_and_only_those(person: Account, bad_days: Callable[..., Any]) -> None:
    bad_days({"kind": "unavailable", "api": "sheets", "calls": "reads", "after": 1, "times": 2, "retryAfter": 7})
    seen = [_read(person) for _ in range(4)]
    assert [one.status_code for one in seen] == [200, 503, 503, 200]
    assert [one.headers.get("Retry-After") for one in seen] == [None, "7", "7", None]
    assert person.simulator.get("/sim/bad-days") == []


def test_writes_reads_and_services_are_told_apart(person: Account, bad_days: Callable[..., Any]) -> None:
    bad_days({"kind": "internal", "api": "sheets", "calls": "writes"})
    assert _read(person).status_code == 200
    assert person.call("GET", "/drive/v3/files").status_code == 200
    assert person.put("A1", [["x"]])["error"]["code"] == 500
    assert "values" not in _read(person).json()
    assert person.simulator.get("/sim/state")["users"], "the control door is always fair"


def test_what_was_applied_may_lose_its_answer(person: Account, bad_days: Callable[..., Any]) -> None:
    bad_days({"kind": "lost", "calls": "writes", "times": 1})
    with pytest.raises(requests.ConnectionError):
        person.put("A1", [["kept"]])
    assert _read(person).json()["values"] == [["kept"]]


def test_an_answer_may_break_in_its_middle(person: Account, bad_days: Callable[..., Any]) -> None:
    bad_days({"kind": "reset", "times": 1})
    with pytest.raises((requests.exceptions.ChunkedEncodingError, requests.ConnectionError)):
        _read(person)
    assert _read(person).status_code == 200


def test_who_hangs_goes_on_when_the_day_is_taken_back(person: Account, bad_days: Callable[..., Any]) -> None:
    bad_days({"kind": "slow", "seconds": 600, "times": 1}, {"kind": "hang", "seconds": 600, "times": 1})
    outcomes: list[object] = []

    def ask() -> None:
        try:
            outcomes.append(_read(person).status_code)
        except requests.ConnectionError:
            outcomes.append("cut")

    waiting = [threading.Thread(target=ask) for _ in range(2)]
    for one in waiting:
        one.start()
    while person.simulator.get("/sim/bad-days"):
        assert outcomes == []
    bad_days()
    for one in waiting:
        one.join(10)
    assert sorted(map(str, outcomes)) == ["200", "cut"]


def test_a_stale_read_is_what_the_same_read_was_before(person: Account, bad_days: Callable[..., Any]) -> None:
    person.put("A1", [["old"]])
    bad_days({"kind": "stale", "api": "sheets"})
    assert _read(person).json()["values"] == [["old"]]
    person.put("A1", [["new"]])
    assert _read(person).json()["values"] == [["old"]]
    bad_days({"kind": "stale", "api": "sheets"})
    assert _read(person).json()["values"] == [["new"]], "a new day has seen nothing"


def test_somebody_edits_while_a_write_is_on_its_way(person: Account, bad_days: Callable[..., Any]) -> None:
    edit = {"deed": "edit", "spreadsheetId": person.sheet, "cell": "Sheet1!B1", "value": "12%"}
    bad_days({"kind": "meanwhile", "calls": "writes", "times": 1, "incident": edit})
    person.put("A1", [["mine"]])
    assert person.values("A1:B1", valueRenderOption="UNFORMATTED_VALUE")["values"] == [["mine", 0.12]]


def test_a_sheet_may_go_to_the_bin_its_tab_be_renamed_its_grant_taken_back(person: Account) -> None:
    _happens(person, "trash")
    fields = person.call("GET", f"/drive/v3/files/{person.sheet}", fields="trashed")
    assert fields.json() == {"trashed": True}
    _happens(person, "untrash")
    _happens(person, "renameTab", tab="Sheet1", title="Renamed")
    assert [tab.title for tab in person.gspread().open_by_key(person.sheet).worksheets()] == ["Renamed"]
    _happens(person, "revoke", user=person.email)
    assert _read(person).status_code == 404
    _happens(person, "grant", user=person.email)
    assert _read(person).status_code == 200


@pytest.mark.parametrize(
    "days",
    [
        [{"kind": "rain"}], {"kind": "slow"}, [{"kind": "slow", "seconds": -1}], [{"kind": "slow", "times": 0}],
        [{"kind": "slow", "until": "noon"}], [{"kind": "meanwhile"}], [{"kind": "slow", "after": -1}],
    ],
)  # fmt: skip
def test_a_wish_that_means_nothing_is_refused_and_changes_nothing(
    simulator: Simulator, bad_days: Callable[..., Any], days: Any
) -> None:
    bad_days({"kind": "conflict", "times": 3})
    assert "error" in simulator.post("/sim/bad-days", days)
    assert simulator.get("/sim/bad-days") == [{"kind": "conflict", "times": 3}]


@pytest.mark.parametrize(
    "more", [{"deed": "renameTab", "tab": "None", "title": "x"}, {"deed": "edit", "cell": "ZZZ9"}, {"deed": "burn"}]
)
def test_an_incident_that_can_not_be_is_refused(person: Account, more: dict[str, str]) -> None:
    before = person.resource()
    assert "error" in person.simulator.post("/sim/incidents", {"spreadsheetId": person.sheet, **more})
    assert person.resource() == before


def test_they_can_be_there_from_the_start(tmp_path: Path, addon: AddonDouble) -> None:
    manifest = write_manifest(tmp_path / "manifest.json", addon.manifest())
    running = Simulator(tmp_path / "data", manifest, ("--bad-days", '[{"kind":"unavailable"}]')).start()
    assert requests.get(f"{running.url}/drive/v3/files", timeout=10).status_code == 503
    assert running.stop() == 0
