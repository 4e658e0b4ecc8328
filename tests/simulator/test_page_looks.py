"""What rules make of the page's view: filtered rows, coloured cells; and where people are."""

from __future__ import annotations

import json
from typing import Any

import pytest
import requests

from tests.simulator.running import Account

PLACE = {"startRowIndex": 0, "endRowIndex": 5, "startColumnIndex": 0, "endColumnIndex": 1}


def edit(account: Account, *requests_: Any, values: list[list[Any]] | None = None) -> None:
    typed = [{"sheetId": 0, "row": 0, "column": 0, "values": values}] if values else []
    done = account.simulator.post(f"/sim/sheets/{account.sheet}/edits", {"requests": requests_, "typed": typed})
    assert "edit" in done, done


def tab(account: Account, **query: Any) -> Any:
    return account.simulator.get(f"/sim/sheets/{account.sheet}", **query)["tabs"][0]


def rule(kind: str, *values: str, **form: Any) -> Any:
    condition = {"type": kind, "values": [{"userEnteredValue": value} for value in values]}
    return {"ranges": [PLACE], "booleanRule": {"condition": condition, "format": form or {"backgroundColor": {}}}}


def add(*rules: Any) -> list[Any]:
    return [{"addConditionalFormatRule": {"rule": one, "index": index}} for index, one in enumerate(rules)]


@pytest.mark.parametrize(
    ("kind", "values", "fitting"),
    [
        ("NUMBER_GREATER", ["2"], ["3", "2020-01-02"]),
        ("NUMBER_LESS_THAN_EQ", ["2"], ["2"]),
        ("NUMBER_BETWEEN", ["2", "3"], ["2", "3"]),
        ("NUMBER_NOT_BETWEEN", ["2", "3"], ["2020-01-02"]),
        ("NUMBER_EQ", ["two"], []),
        ("TEXT_CONTAINS", ["EE"], ["bee"]),
        ("TEXT_NOT_CONTAINS", ["e"], ["2", "3", "2020-01-02", ""]),
        ("TEXT_STARTS_WITH", ["b"], ["bee"]),
        ("TEXT_EQ", ["2"], ["2"]),
        ("DATE_AFTER", ["2020-01-01"], ["2020-01-02"]),
        ("BLANK", [], [""]),
        ("NOT_BLANK", [], ["2", "3", "bee", "2020-01-02"]),
        ("ONE_OF_LIST", ["bee", "3"], ["3", "bee"]),
        ("CUSTOM_FORMULA", ["=A1>1"], []),
    ],
)
def test_a_condition_fits_some_cells(stranger: Account, kind: str, values: list[str], fitting: list[str]) -> None:
    empty = {"range": PLACE | {"startRowIndex": 4}, "rows": [{"values": [{"note": "n"}]}], "fields": "note"}
    edit(stranger, *add(rule(kind, *values)), {"updateCells": empty}, values=[["2"], ["3"], ["bee"], ["2020-01-02"]])
    assert [row[0]["v"] for row in tab(stranger)["rows"] if "bg" in row[0]] == fitting


def test_the_first_rule_that_fits_wins_part_by_part(stranger: Account) -> None:
    first = rule("NOT_BLANK", backgroundColor={"red": 1})
    second = rule("TEXT_EQ", "x", backgroundColor={"blue": 1}, textFormat={"bold": True})
    edit(stranger, *add(first, second), values=[["x"], ["y"]])
    assert tab(stranger)["rows"] == [
        [{"v": "x", "t": "s", "bg": "#ff0000", "bold": True}],
        [{"v": "y", "t": "s", "bg": "#ff0000"}],
    ]


def test_a_gradient_follows_all_its_numbers(stranger: Account) -> None:
    points = {
        "minpoint": {"type": "MIN", "color": {"red": 1}},
        "midpoint": {"type": "PERCENT", "value": "50", "color": {}},
        "maxpoint": {"type": "MAX", "color": {"green": 1}},
    }
    gradient = {"ranges": [PLACE], "gradientRule": points}
    edit(stranger, *add(gradient), values=[["0"], ["5"], ["7.5"], ["10"], ["text"]])
    shown = [row[0].get("bg") for row in tab(stranger)["rows"]]
    assert shown == ["#ff0000", "#000000", "#008000", "#00ff00", None]
    before = stranger.simulator.get(f"/sim/sheets/{stranger.sheet}")["revision"]
    edit(stranger, values=[["0"], ["5"], ["7.5"], ["20"]])
    changed = tab(stranger, since=before)["changed"]
    assert {index: row[0]["bg"] for index, row in changed.items()} == {"1": "#800000", "2": "#400000", "3": "#00ff00"}


def test_a_rule_that_comes_colours_and_one_that_goes_leaves_nothing(stranger: Account) -> None:
    edit(stranger, values=[["x"]])
    assert tab(stranger)["rows"] == [[{"v": "x", "t": "s"}]]
    edit(stranger, *add(rule("NOT_BLANK")))
    assert "bg" in tab(stranger)["rows"][0][0]
    edit(stranger, {"deleteConditionalFormatRule": {"sheetId": 0, "index": 0}})
    assert tab(stranger)["rows"] == [[{"v": "x", "t": "s"}]]


def test_a_filter_hides_rows_by_text_and_by_condition(stranger: Account) -> None:
    values = [["Name", "Count"], ["a", "1"], ["b", "2"], ["a", "3"], ["", "4"]]
    condition = {"type": "NUMBER_LESS", "values": [{"userEnteredValue": "3"}]}
    specs = [
        {"columnIndex": 0, "filterCriteria": {"hiddenValues": ["b"]}},
        {"columnIndex": 1, "filterCriteria": {"condition": condition}},
    ]
    given = {"range": PLACE | {"endColumnIndex": 2}, "filterSpecs": specs}
    edit(stranger, {"setBasicFilter": {"filter": given}}, values=values)
    seen = tab(stranger)
    assert (seen["filteredRows"], seen["hiddenRows"]) == ([2, 3, 4], [])
    assert seen["filter"]["area"] == [0, 0, 5, 2]
    assert seen["filter"]["columns"]["0"] == {"hidden": ["b"], "condition": None}
    edit(stranger, {"clearBasicFilter": {"sheetId": 0}})
    assert (tab(stranger)["filteredRows"], tab(stranger)["filter"]) == ([], None)


def test_a_cursor_is_told_to_every_page(stranger: Account) -> None:
    url = stranger.simulator.url
    cursor = {"window": "w", "name": "Ada", "id": stranger.sheet, "sheetId": 0, "row": 1, "column": 2}
    with requests.get(f"{url}/sim/changes", stream=True, timeout=15) as stream:
        lines = stream.iter_lines(chunk_size=1, decode_unicode=True)
        assert next(lines) == ": listening"
        assert "error" in stranger.simulator.post("/sim/cursors", cursor | {"window": "w" * 41})
        assert stranger.simulator.post("/sim/cursors", cursor) == {}
        assert next(line for line in lines if line.startswith("event:")) == "event: cursor"
        assert json.loads(next(lines).removeprefix("data: ")) == cursor
