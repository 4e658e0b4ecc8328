"""Values: ranges, rendering, counting, appending."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator.running import Account


@pytest.mark.parametrize(
    ("asked", "resolved"),
    [
        ("Sheet1", "Sheet1!A1:Z1000"),
        ("'Sheet1'", "Sheet1!A1:Z1000"),
        ("sheet1", "Sheet1!A1:Z1000"),
        ("A1:1", "Sheet1!A1:Z1"),
        ("A1:C", "Sheet1!A1:C1000"),
        ("B:C", "Sheet1!B1:C1000"),
        ("2:3", "Sheet1!A2:Z3"),
        ("D4:A1", "Sheet1!A1:D4"),
        ("$B$2", "Sheet1!B2"),
        ("A1:A1", "Sheet1!A1"),
        ("Y999:AB1002", "Sheet1!Y999:Z1000"),
        ("'Sheet1'!b2:c3", "Sheet1!B2:C3"),
    ],
)
def test_a_range_is_echoed_resolved_and_clipped(person: Account, asked: str, resolved: str) -> None:
    assert person.values(asked) == {"range": resolved, "majorDimension": "ROWS"}


@pytest.mark.parametrize(
    ("title", "written"),
    [("Plain_1x", "Plain_1x"), ("D3", "'D3'"), ("two words", "'two words'"), ("it's", "'it''s'"), ("🌵", "'🌵'")],
)
def test_a_title_is_quoted_when_it_must(person: Account, title: str, written: str) -> None:
    person.batch({"addSheet": {"properties": {"title": title, "gridProperties": {"rowCount": 2, "columnCount": 2}}}})
    quoted = "'" + title.replace("'", "''") + "'"
    assert person.values(quoted)["range"] == f"{written}!A1:B2"
    assert person.values(f"{title}!A1")["range"] == f"{written}!A1"


@pytest.mark.parametrize("asked", ["Nowhere!A1", "Nowhere", "Sheet1!", "Sheet1!A1:B2:C3", "A0", "Sheet1!!A1", "A1:"])
def test_a_range_that_cannot_be_read_is_refused(person: Account, asked: str) -> None:
    error = person.values(asked)["error"]
    assert (error["code"], error["status"]) == (400, "INVALID_ARGUMENT")
    assert error["message"] == f"Unable to parse range: {asked}"


def test_a_range_outside_the_grid_is_refused_with_the_limits(person: Account) -> None:
    expected = "Range (Sheet1!AA1) exceeds grid limits. Max rows: 1000, max columns: 26"
    assert person.values("Sheet1!AA1")["error"]["message"] == expected
    assert person.put("AA1", [["x"]])["error"]["message"] == expected


def test_inner_empty_cells_are_kept_and_outer_ones_cut(person: Account) -> None:
    person.put("B2", [["x", "", "y"], [], ["z"]])
    assert person.values("A1:F9")["values"] == [[], ["", "x", "", "y"], [], ["", "z"]]
    assert person.values("A1:F9", majorDimension="COLUMNS")["values"] == [
        [],
        ["", "x", "", "z"],
        [],
        ["", "y"],
    ]


def test_raw_keeps_the_json_types(person: Account) -> None:
    person.put("A1", [["12", 12, True, 0.1, "=1+1", "'a"]])
    assert person.values("A1:F1", valueRenderOption="UNFORMATTED_VALUE")["values"] == [
        ["12", 12, True, 0.1, "=1+1", "'a"]
    ]
    assert person.values("A1:F1")["values"] == [["12", "12", "TRUE", "0.1", "=1+1", "'a"]]


@pytest.mark.parametrize(
    ("typed", "value", "shown"),
    [
        ("2020-01-01", 43831, "2020-01-01"),
        ("1999-01-02", 36162, "1999-01-02"),
        ("1/2/2020", 43832, "1/2/2020"),
        ("2020-01-01 12:00", 43831.5, "2020-01-01 12:00"),
        ("9:30", 0.3958333333333333, "9:30"),
        ("2020-13-01", "2020-13-01", "2020-13-01"),
        ("true", True, "TRUE"),
        ("'text", "text", "text"),
        ("12%", 0.12, "12%"),
        ("12.5%", 0.125, "12.50%"),
        ("$1,234.50", 1234.5, "$1,234.50"),
        ("-3", -3, "-3"),
        ("1e3", 1000, "1.00E+03"),
        ("=2*(3+4)", 14, "14"),
        ("=1/3", 1 / 3, "0.3333333333"),
        ("=1/0", "#DIV/0!", "#DIV/0!"),
        ("=NOSUCH(1)", "#NAME?", "#NAME?"),
        ("=A1", "#REF!", "#REF!"),
        ("(12.5)", -12.5, "-12.5"),
        ("Jan 5, 2024", 45296, "Jan 5, 2024"),
        ("1:05 PM", 0.5451388888888888, "1:05 PM"),
        ("=1+", "#ERROR!", "#ERROR!"),
        ("=", "=", "="),
        ("hello", "hello", "hello"),
    ],
)
def test_typed_text_gets_its_meaning(person: Account, typed: str, value: Any, shown: str) -> None:
    person.put("A1", [[typed]], "USER_ENTERED")
    assert person.values("A1", valueRenderOption="UNFORMATTED_VALUE")["values"] == [[value]]
    assert person.values("A1")["values"] == [[shown]]


def test_dates_are_serials_or_text_as_asked(person: Account) -> None:
    person.put("A1", [["2020-01-01"]], "USER_ENTERED")
    shown = person.values("A1", valueRenderOption="UNFORMATTED_VALUE", dateTimeRenderOption="FORMATTED_STRING")
    assert shown["values"] == [["2020-01-01"]]
    assert person.values("A1", valueRenderOption="FORMULA")["values"] == [[43831]]


def test_null_leaves_a_cell_and_an_empty_text_clears_it(person: Account) -> None:
    person.put("A1", [["a", "b", "c"]])
    answer = person.put("A1", [[None, "", "C"]])
    assert answer["updatedCells"] == 2
    assert person.values("A1:C1")["values"] == [["a", "", "C"]]


def test_the_update_answer_counts_what_was_written(person: Account) -> None:
    rows: list[list[Any]] = [[None] * 4 for _ in range(6)]
    rows[1][2], rows[4][0] = "x", "y"
    answer = person.put("A1", rows)
    assert answer == {
        "spreadsheetId": person.sheet,
        "updatedRange": "Sheet1!A1:D6",
        "updatedRows": 2,
        "updatedColumns": 2,
        "updatedCells": 2,
    }
    assert person.put("A1:B2", [["only", "one row"]])["updatedRange"] == "Sheet1!A1:B1"


def test_data_larger_than_the_range_is_refused_and_nothing_is_written(person: Account) -> None:
    error = person.put("A1:B1", [["a"], ["b"]])["error"]
    assert error["message"] == "Requested writing within range [Sheet1!A1:B1], but tried writing to row [2]"
    error = person.put("A1:B1", [["a", "b", "c"]])["error"]
    assert error["message"] == "Requested writing within range [Sheet1!A1:B1], but tried writing to column [C]"
    assert "values" not in person.values("Sheet1")


def test_an_update_without_an_input_option_is_refused(person: Account) -> None:
    answer = person.call("PUT", f"/v4/spreadsheets/{person.sheet}/values/A1", {"values": [["x"]]})
    assert answer.status_code == 400
    assert answer.json()["error"]["message"] == "'valueInputOption' is required but not specified"


@pytest.mark.parametrize("values", [[["a", {"b": 1}]], ["no row"], "text", [[["deep"]]]])
def test_what_no_cell_can_hold_is_refused(person: Account, values: Any) -> None:
    assert person.put("A1", values)["error"]["code"] == 400
    assert "values" not in person.values("Sheet1")


def test_a_text_longer_than_a_cell_is_refused(person: Account) -> None:
    assert "maximum of 50000 characters" in person.put("A1", [["x" * 50_001]])["error"]["message"]


def test_many_ranges_are_written_together_or_not_at_all(person: Account) -> None:
    path = f"/v4/spreadsheets/{person.sheet}/values:batchUpdate"
    good = {"range": "A1:D1", "values": [["a", "b", "c", "d"]]}
    body = {"valueInputOption": "RAW", "data": [good, {"range": "A2:D2", "values": [["e", "f", "g", "h"]]}]}
    answer = person.call("POST", path, body).json()
    totals = ("totalUpdatedRows", "totalUpdatedColumns", "totalUpdatedCells", "totalUpdatedSheets")
    assert [answer[name] for name in totals] == [2, 4, 8, 1]
    bad = {"valueInputOption": "RAW", "data": [{"range": "A9", "values": [["no"]]}, {"range": "?", "values": [[1]]}]}
    assert person.call("POST", path, bad).status_code == 400
    assert "values" not in person.values("A9")


def _append(person: Account, range_: str, values: list[list[Any]], **query: Any) -> Any:
    path = f"/v4/spreadsheets/{person.sheet}/values/{range_}:append"
    return person.call("POST", path, {"values": values}, valueInputOption="RAW", **query).json()


def test_append_finds_the_last_table_of_the_range(person: Account) -> None:
    person.put("A1", [["x", "", "y"]])
    answer = _append(person, "Sheet1", [["1", "2", "3"]])
    assert (answer["tableRange"], answer["updates"]["updatedRange"]) == ("Sheet1!C1", "Sheet1!C2:E2")


def test_append_uses_the_table_that_holds_the_cell(person: Account) -> None:
    person.put("A1", [["x", "", "y"]])
    answer = _append(person, "A1", [["1", "2", "3"]])
    assert (answer["tableRange"], answer["updates"]["updatedRange"]) == ("Sheet1!A1", "Sheet1!A2:C2")


def test_append_outside_any_table_writes_in_place(person: Account) -> None:
    person.put("A1", [["x"], [], ["y"]])
    answer = _append(person, "A2", [["between"]])
    assert "tableRange" not in answer
    assert answer["updates"]["updatedRange"] == "Sheet1!A2"


def test_the_tables_of_googles_guide_are_found(person: Account) -> None:
    person.put("A1", [["x", "y", "z"], ["x", "y", "z"], [], ["", "x", "y"], ["", "", "y", "z"], ["", "x", "y", "z"]])
    path = f"/v4/spreadsheets/{person.sheet}/values/Sheet1!B7:D7:clear"
    starts = {}
    for asked in ("Sheet1", "B4", "C5:D5", "B2:D4", "A3:G10", "A1", "E4", "A4"):
        starts[asked] = _append(person, asked, [["?"]])["updates"]["updatedRange"].partition("!")[2]
        person.call("POST", path)
        for cell in ("A3", "E4", "A4"):
            person.call("POST", f"/v4/spreadsheets/{person.sheet}/values/Sheet1!{cell}:clear")
    assert starts == {
        "Sheet1": "B7",
        "B4": "B7",
        "C5:D5": "B7",
        "B2:D4": "B7",
        "A3:G10": "B7",
        "A1": "A3",
        "E4": "E4",
        "A4": "A4",
    }


def test_a_block_within_the_rectangle_of_another_is_part_of_its_table(person: Account) -> None:
    person.put("A1", [["x", "", "y"], ["x"], ["x"], ["x", "x", "x"]])
    answer = _append(person, "C1", [["below"]])
    assert (answer["tableRange"], answer["updates"]["updatedRange"]) == ("Sheet1!A1:C4", "Sheet1!A5")


def test_append_can_push_rows_down_and_grow_the_grid(person: Account) -> None:
    person.put("A1", [["a"], [], ["far"]])
    _append(person, "A1", [["b"]], insertDataOption="INSERT_ROWS")
    assert person.values("A1:A4")["values"] == [["a"], ["b"], [], ["far"]]
    person.put("A1001", [["last"]])
    answer = _append(person, "A1001", [["beyond"]], includeValuesInResponse=True)
    assert answer["updates"]["updatedRange"].endswith("A1002")
    assert answer["updates"]["updatedData"]["values"] == [["beyond"]]


def test_clear_keeps_formats_and_notes(person: Account) -> None:
    cell = {"note": "n", "userEnteredValue": {"numberValue": 1}}
    person.batch({"updateCells": {"start": {}, "rows": [{"values": [cell]}], "fields": "note,userEnteredValue"}})
    path = f"/v4/spreadsheets/{person.sheet}/values/Sheet1!A1:B2:clear"
    assert person.call("POST", path).json() == {"spreadsheetId": person.sheet, "clearedRange": "Sheet1!A1:B2"}
    assert "values" not in person.values("Sheet1")
    data = person.resource(fields="sheets.data.rowData.values.note")["sheets"][0]["data"]
    assert data == [{"rowData": [{"values": [{"note": "n"}]}]}]
