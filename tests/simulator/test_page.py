"""The page's doors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.simulator.running import Account, Simulator


@pytest.fixture
def changes(simulator: Simulator) -> Iterator[Iterator[dict[str, Any]]]:
    """The stream of changes, already listening."""
    with requests.get(f"{simulator.url}/sim/changes", stream=True, timeout=15) as stream:
        assert stream.headers["Content-Type"] == "text/event-stream"
        lines = stream.iter_lines(chunk_size=1, decode_unicode=True)
        assert next(lines) == ": listening"
        yield (json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: "))


def _next_of(changes: Iterator[dict[str, Any]], account: Account) -> int:
    return next(int(change["revision"]) for change in changes if change["id"] == account.sheet)


def _view(account: Account) -> Any:
    return account.simulator.get(f"/sim/sheets/{account.sheet}")


def _type(account: Account, row: int, column: int, value: Any, tab: int = 0) -> Any:
    cell = {"sheetId": tab, "row": row, "column": column, "value": value}
    return account.simulator.post(f"/sim/sheets/{account.sheet}/cells", cell)


def test_what_a_person_types_is_seen_and_means_what_it_says(stranger: Account) -> None:
    _type(stranger, 1, 1, "2020-01-01")
    _type(stranger, 1, 2, "=1+1")
    answer = _type(stranger, 2, 0, "TRUE")
    view = _view(stranger)
    assert answer["revision"] == view["revision"]
    assert view["title"] == "My Discovery Map"
    assert view["tabs"][0]["rows"] == [
        [],
        [None, {"v": "2020-01-01", "t": "d"}, {"v": "2", "t": "n", "formula": "=1+1"}],
        [{"v": "TRUE", "t": "b"}],
    ]


def test_the_view_has_the_looks_of_the_tab(person: Account) -> None:
    cell = {
        "userEnteredValue": {"boolValue": False},
        "userEnteredFormat": {"textFormat": {"bold": True}, "backgroundColor": {"red": 1, "blue": 0.5}},
        "note": "n",
        "dataValidation": {"condition": {"type": "BOOLEAN"}},
    }
    column = {"dimension": "COLUMNS", "startIndex": 2, "endIndex": 3}
    frozen = {"properties": {"gridProperties": {"frozenRowCount": 1}}, "fields": "gridProperties.frozenRowCount"}
    person.batch(
        {"updateCells": {"start": {}, "rows": [{"values": [cell]}], "fields": "*"}},
        {"updateSheetProperties": frozen},
        {
            "updateDimensionProperties": {
                "range": column,
                "properties": {"hiddenByUser": True, "pixelSize": 33},
                "fields": "*",
            }
        },
    )
    (tab,) = _view(person)["tabs"]
    assert (tab["rowCount"], tab["columnCount"], tab["frozenRowCount"], tab["hidden"]) == (1000, 26, 1, False)
    assert (tab["hiddenColumns"], tab["columnWidths"]) == ([2], {"2": 33})
    shown = {"v": "FALSE", "t": "b", "bold": True, "bg": "#ff007f", "note": "n", "checkbox": True}
    assert tab["rows"] == [[shown]]


@pytest.mark.parametrize(("row", "column", "tab"), [(1000, 0, 0), (0, 26, 0), (-1, 0, 0), (0, 0, 7)])
def test_a_cell_that_there_is_not_takes_nothing(stranger: Account, row: int, column: int, tab: int) -> None:
    assert _type(stranger, row, column, "x", tab) == {"error": "There is no such cell."}
    assert _view(stranger)["revision"] == 1


def test_an_unknown_spreadsheet_is_not_found(simulator: Simulator) -> None:
    assert requests.get(f"{simulator.url}/sim/sheets/unknown", timeout=10).status_code == 404
    cell = {"sheetId": 0, "row": 0, "column": 0, "value": "x"}
    assert requests.post(f"{simulator.url}/sim/sheets/unknown/cells", json=cell, timeout=10).status_code == 404


def test_every_change_is_told(person: Account, changes: Iterator[dict[str, Any]]) -> None:
    person.put("A1", [["by the API"]])
    first = _next_of(changes, person)
    _type(person, 0, 0, "by a person")
    assert _next_of(changes, person) == first + 1
    person.call("PATCH", f"/drive/v3/files/{person.sheet}", {"name": "by Drive"})
    assert _next_of(changes, person) == first + 2


def test_a_refused_change_is_not_told(person: Account, changes: Iterator[dict[str, Any]]) -> None:
    before = _view(person)["revision"]
    person.batch({"deleteSheet": {"sheetId": 9}})
    person.put("A1", [["x"]])
    assert _next_of(changes, person) == before + 1


def test_the_page_and_its_files_are_served(simulator: Simulator) -> None:
    page = requests.get(f"{simulator.url}/", timeout=10)
    assert (page.status_code, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert requests.get(f"{simulator.url}/static/index.html", timeout=10).status_code == 200


@pytest.mark.parametrize("path", ["nothing.js", "..%2fapp.py", "%2e%2e/app.py", "%2fetc%2fpasswd", "vendor"])
def test_nothing_else_is_served(simulator: Simulator, path: str) -> None:
    request = requests.Request("GET", simulator.url).prepare()
    request.url = f"{simulator.url}/static/{path}"
    assert requests.Session().send(request, timeout=10).status_code == 404
