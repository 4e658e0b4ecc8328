"""Field masks and what is left out of answers."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.sheets.errors import Invalid
from simulator.sheets.mask import merged, parse, select
from tests.simulator.running import Account


@pytest.mark.parametrize(
    ("text", "mask"),
    [
        ("a", {"a": {}}),
        ("a.b,a/c", {"a": {"b": {}, "c": {}}}),
        ("a(b,c.d),e", {"a": {"b": {}, "c": {"d": {}}}, "e": {}}),
        ("a.b,a", {"a": {}}),
        ("*", {"*": {}}),
        (" a , b ", {"a": {}, "b": {}}),
    ],
)
def test_a_mask_is_read(text: str, mask: Any) -> None:
    assert parse(text) == mask


@pytest.mark.parametrize(
    "text", ["", ",", "a,", "a.", "a(b", "a)b", "a(b))", "a b!", "(a)", "a" + "(a" * 60 + ")" * 60]
)
def test_a_mask_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        parse(text)


def test_select_keeps_the_skeleton_of_what_is_there() -> None:
    whole = {"sheets": [{"properties": {"title": "x"}}], "other": 1}
    assert select(whole, parse("sheets.properties.tabColor")) == {"sheets": [{"properties": {}}]}
    assert select(whole, parse("namedRanges")) == {}


def test_merged_resets_what_is_masked_and_absent() -> None:
    old = {"a": 1, "b": {"c": 2, "d": 3}}
    assert merged(old, {"b": {"c": 5}}, parse("a,b.c")) == {"b": {"c": 5, "d": 3}}
    assert merged(old, {}, parse("b(c,d)")) == {"a": 1}


def test_a_new_spreadsheet_has_what_google_sends_and_nothing_empty(person: Account) -> None:
    resource = person.resource()
    assert resource["spreadsheetUrl"].endswith(f"{person.sheet}/edit")
    assert resource["properties"]["locale"] == "en_US"
    assert len(resource["properties"]["spreadsheetTheme"]["themeColors"]) == 9
    (sheet,) = resource["sheets"]
    assert sheet == {
        "properties": {
            "sheetId": 0,
            "title": "Sheet1",
            "index": 0,
            "sheetType": "GRID",
            "gridProperties": {"rowCount": 1000, "columnCount": 26},
        }
    }


def test_a_mask_overrules_include_grid_data(person: Account) -> None:
    person.put("A1", [["x"]])
    assert person.resource(fields="spreadsheetId", includeGridData="true") == {"spreadsheetId": person.sheet}
    masked = person.resource(fields="sheets.data.rowData.values.formattedValue", includeGridData="false")
    assert masked == {"sheets": [{"data": [{"rowData": [{"values": [{"formattedValue": "x"}]}]}]}]}


def test_rows_and_cells_with_nothing_under_the_mask_are_cut_at_the_end(person: Account) -> None:
    note = {"start": {"rowIndex": 1, "columnIndex": 1}, "rows": [{"values": [{"note": "n"}]}], "fields": "note"}
    person.batch({"updateCells": note})
    person.put("A1", [["a", "b", "c"], [], ["d"]])
    assert person.resource(fields="sheets/data/rowData/values/note")["sheets"][0]["data"] == [
        {"rowData": [{}, {"values": [{}, {"note": "n"}]}]}
    ]


def test_each_range_gets_its_own_data(person: Account) -> None:
    person.put("B2", [["x"]])
    sheet = person.resource(ranges=["B2:C3", "A1"], includeGridData="True")["sheets"][0]
    first, second = sheet["data"]
    assert (first["startRow"], first["startColumn"]) == (1, 1)
    assert first["rowData"][0]["values"][0]["formattedValue"] == "x"
    assert len(first["rowMetadata"]) == len(first["columnMetadata"]) == 2
    assert not second.keys() & {"startRow", "startColumn"}


@pytest.mark.parametrize(
    "query", [{"fields": "colour"}, {"fields": "sheets.colour"}, {"includeGridData": "maybe"}, {"unknown": "1"}]
)
def test_a_wrong_query_is_refused(person: Account, query: dict[str, str]) -> None:
    assert person.resource(**query)["error"]["code"] == 400


def test_a_wrong_mask_stops_a_write(person: Account) -> None:
    assert person.put("A1", [["x"]], fields="colour")["error"]["code"] == 400
    assert "values" not in person.values("Sheet1")
    assert person.put("A1", [["x"]], fields="updatedCells") == {"updatedCells": 1}


def test_json_is_indented_and_keeps_letters(person: Account) -> None:
    person.put("A1", [["é🌵"]])
    answer = person.call("GET", f"/v4/spreadsheets/{person.sheet}/values/A1")
    assert answer.headers["Content-Type"] == "application/json; charset=UTF-8"
    assert b'\n  "range": "Sheet1!A1"' in answer.content
    assert "é🌵".encode() in answer.content
