"""batchUpdate: all requests or none, and what each kind does."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.sheets.batch import KINDS
from tests.simulator.running import Account


def _titles(person: Account) -> list[str]:
    return [sheet["properties"]["title"] for sheet in person.resource()["sheets"]]


def _refusal(answer: Any) -> str:
    error = answer["error"]
    assert (error["code"], error["status"]) == (400, "INVALID_ARGUMENT")
    message: str = error["message"]
    return message


def _span(top: int, left: int, bottom: int, right: int) -> dict[str, int]:
    return {"startRowIndex": top, "startColumnIndex": left, "endRowIndex": bottom, "endColumnIndex": right}


def _rows(axis: str, start: int, end: int) -> dict[str, Any]:
    return {"sheetId": 0, "dimension": axis, "startIndex": start, "endIndex": end}


def _sized(**size: int) -> dict[str, Any]:
    fields = ",".join(f"gridProperties.{name}" for name in size)
    return {"updateSheetProperties": {"properties": {"gridProperties": size}, "fields": fields}}


def test_one_bad_request_leaves_everything_as_it_was(person: Account) -> None:
    before = person.resource(includeGridData="true")
    answer = person.batch(
        {"addSheet": {"properties": {"title": "New"}}},
        {"updateCells": {"start": {}, "rows": [{"values": [{"note": "n"}]}], "fields": "note"}},
        {"deleteSheet": {"sheetId": 99}},
    )
    assert _refusal(answer) == "Invalid requests[2].deleteSheet: No grid with id: 99"
    assert person.resource(includeGridData="true") == before


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        ({"makeCoffee": {}}, "Unknown name \"makeCoffee\" at 'requests[0]'"),
        ({"addChart": {"chart": {}}}, "Invalid requests[0].addChart"),
        ({}, "No request set"),
        ({"addSheet": {}, "deleteSheet": {"sheetId": 0}}, "Only one kind"),
        ({"addSheet": {"properties": {"titel": "x"}}}, 'Unknown name "titel"'),
        ({"addSheet": {"properties": {"title": 5}}}, "Invalid value at 'requests[0].addSheet.properties.title'"),
        ({"mergeCells": {"range": {}, "mergeType": "MERGE_SOME"}}, "Invalid value at"),
        ({"updateSheetProperties": {"properties": {"title": "x"}}}, "At least one field must be listed"),
        ({"updateSheetProperties": {"properties": {}, "fields": "colour"}}, "Request contains an invalid argument"),
        ({"updateCells": {"rows": [], "fields": "note"}}, "Exactly one of start and range"),
        ({"repeatCell": {"range": {"endRowIndex": 1001}, "cell": {}, "fields": "note"}}, "exceeds grid limits"),
        ({"insertDimension": {"range": {"dimension": "ROWS", "startIndex": 1}}}, "Both startIndex and endIndex"),
        ({"deleteDimension": {"range": {"dimension": "ROWS"}}}, "You can't delete all the rows"),
        ({"deleteProtectedRange": {"protectedRangeId": 5}}, "No protected range with ID: 5"),
        ({"deleteSheet": {"sheetId": True}}, "Invalid value at 'requests[0].deleteSheet.sheetId'"),
        ({"appendDimension": {"dimension": "ROWS", "length": 400_000}}, "above the limit of 10000000 cells"),
        (_sized(rowCount=400_000), "above the limit of 10000000 cells"),
        (_sized(rowCount=0), "at least one row"),
        (_sized(frozenRowCount=1000), "You can't freeze all visible rows"),
        (_sized(frozenColumnCount=26), "You can't freeze all visible columns"),
        ({"deleteSheet": {"sheetId": 0}}, "You can't remove all the sheets in a document."),
        (
            {"updateSheetProperties": {"properties": {"hidden": True}, "fields": "hidden"}},
            "You can't hide all the sheets in a document.",
        ),
        (
            {"setDataValidation": {"range": {}, "rule": {"condition": {"type": "ONE_OF_LIST"}}}},
            "needs at least one value",
        ),
        (
            {"createDeveloperMetadata": {"developerMetadata": {"metadataKey": "k", "location": {"sheetId": 0}}}},
            "visibility",
        ),
    ],
)
def test_a_wrong_request_is_refused_with_its_place(person: Account, request_: Any, words: str) -> None:
    assert words in _refusal(person.batch(request_))


def test_no_request_at_all_is_refused(person: Account) -> None:
    assert "at least one request" in _refusal(person.batch())


def test_replies_stand_beside_their_requests(person: Account) -> None:
    replies = person.batch(
        {"updateSpreadsheetProperties": {"properties": {"title": "T"}, "fields": "title"}},
        {"addSheet": {"properties": {"title": "New", "index": 0}}},
    )["replies"]
    assert replies[0] == {}
    properties = replies[1]["addSheet"]["properties"]
    assert properties["sheetId"] > 0
    assert properties["gridProperties"] == {"rowCount": 1000, "columnCount": 26}
    assert (properties["index"], properties["sheetType"]) == (0, "GRID")
    assert _titles(person) == ["New", "Sheet1"]


def test_two_tabs_never_have_the_same_title(person: Account) -> None:
    answer = person.batch({"addSheet": {"properties": {"title": "sheet1"}}})
    assert 'A sheet with the name "sheet1" already exists.' in _refusal(answer)


@pytest.mark.parametrize(
    ("tab", "index", "order"),
    [(2, 0, "CAB"), (2, 1, "ACB"), (2, 2, "ABC"), (2, 3, "ABC"), (0, 1, "ABC"), (0, 2, "BAC"), (0, 3, "BCA")],
)
def test_a_tab_moves_to_an_index_counted_before_the_move(person: Account, tab: int, index: int, order: str) -> None:
    person.batch({"updateSheetProperties": {"properties": {"title": "A"}, "fields": "title"}})
    person.batch(
        {"addSheet": {"properties": {"title": "B", "sheetId": 1}}},
        {"addSheet": {"properties": {"title": "C", "sheetId": 2}}},
    )
    person.batch({"updateSheetProperties": {"properties": {"sheetId": tab, "index": index}, "fields": "index"}})
    assert "".join(_titles(person)) == order
    assert [sheet["properties"]["index"] for sheet in person.resource()["sheets"]] == [0, 1, 2]


def test_a_masked_field_that_is_absent_is_reset(person: Account) -> None:
    colour = {"tabColorStyle": {"rgbColor": {"green": 1}}, "gridProperties": {"frozenRowCount": 2}}
    fields = "tabColorStyle,gridProperties.frozenRowCount"
    person.batch({"updateSheetProperties": {"properties": colour, "fields": fields}})
    properties = person.resource()["sheets"][0]["properties"]
    assert properties["tabColor"] == {"green": 1}
    assert properties["gridProperties"]["frozenRowCount"] == 2
    person.batch({"updateSheetProperties": {"properties": {"sheetId": 0}, "fields": fields}})
    properties = person.resource()["sheets"][0]["properties"]
    assert not properties.keys() & {"tabColor", "tabColorStyle"}
    assert properties["gridProperties"] == {"rowCount": 1000, "columnCount": 26}


def test_shrinking_the_grid_drops_what_lies_outside(person: Account) -> None:
    person.put("A1", [["a", "b"], ["c", "d"]])
    size = {"gridProperties": {"rowCount": 1, "columnCount": 1}}
    person.batch({"updateSheetProperties": {"properties": size, "fields": "gridProperties(rowCount,columnCount)"}})
    assert person.values("Sheet1") == {"range": "Sheet1!A1", "majorDimension": "ROWS", "values": [["a"]]}


def test_update_cells_clears_what_the_range_covers_and_the_rows_do_not(person: Account) -> None:
    person.put("A1", [["a", "b"], ["c", "d"]])
    rows = [{"values": [{"userEnteredValue": {"numberValue": 7}}]}]
    person.batch({"updateCells": {"range": _span(0, 0, 2, 2), "rows": rows, "fields": "userEnteredValue"}})
    assert person.values("Sheet1")["values"] == [["7"]]


def test_repeat_cell_touches_only_masked_fields(person: Account) -> None:
    person.put("A1", [["kept"]])
    cell = {"userEnteredFormat": {"textFormat": {"bold": True, "italic": True}}}
    repeat = {"range": _span(0, 0, 1, 2), "cell": cell, "fields": "userEnteredFormat.textFormat.bold"}
    person.batch({"repeatCell": repeat})
    cells = person.resource(ranges="A1:B1", includeGridData="true")["sheets"][0]["data"][0]["rowData"][0]["values"]
    assert cells[0]["userEnteredValue"] == {"stringValue": "kept"}
    assert [one["userEnteredFormat"] for one in cells] == [{"textFormat": {"bold": True}}] * 2
    assert cells[0]["effectiveFormat"]["textFormat"]["fontSize"] == 10


def test_cells_are_appended_below_the_last_row_with_a_value(person: Account) -> None:
    person.put("C3", [["x"]])
    rows = [{"values": [{"userEnteredValue": {"boolValue": True}}, {"userEnteredValue": {"formulaValue": "=1+1"}}]}]
    person.batch({"appendCells": {"sheetId": 0, "rows": rows, "fields": "userEnteredValue"}})
    assert person.values("A4:B4")["values"] == [["TRUE", "2"]]


def test_rows_and_columns_are_inserted_appended_and_deleted(person: Account) -> None:
    person.put("A1", [["a", "b"], ["c", "=1"]], "USER_ENTERED")
    person.batch(
        {"insertDimension": {"range": _rows("ROWS", 1, 2)}},
        {"insertDimension": {"range": _rows("COLUMNS", 0, 1)}},
        {"appendDimension": {"sheetId": 0, "dimension": "ROWS", "length": 5}},
    )
    assert person.values("Sheet1")["values"] == [["", "a", "b"], [], ["", "c", "1"]]
    assert person.values("Sheet1")["range"] == "Sheet1!A1:AA1006"
    person.batch(
        {"deleteDimension": {"range": _rows("ROWS", 0, 2)}}, {"deleteDimension": {"range": _rows("COLUMNS", 0, 2)}}
    )
    assert person.values("Sheet1", valueRenderOption="FORMULA")["values"] == [["=1"]]


def test_merges_protections_and_metadata_move_with_their_rows(person: Account) -> None:
    line = {"dimensionRange": _rows("ROWS", 4, 5)}
    mark = {"metadataKey": "row", "metadataValue": "t1", "visibility": "DOCUMENT", "location": line}
    person.batch(
        {"mergeCells": {"range": _span(2, 0, 4, 2), "mergeType": "MERGE_ALL"}},
        {"addProtectedRange": {"protectedRange": {"range": _span(5, 0, 6, 1), "warningOnly": True}}},
        {"createDeveloperMetadata": {"developerMetadata": mark}},
        {"insertDimension": {"range": _rows("ROWS", 1, 3)}},
        {"deleteDimension": {"range": _rows("ROWS", 0, 1)}},
    )
    sheet = person.resource(includeGridData="true")["sheets"][0]
    assert sheet["merges"] == [_span(3, 0, 5, 2)]
    (protection,) = sheet["protectedRanges"]
    assert protection["range"] == _span(6, 0, 7, 1)
    assert protection["warningOnly"] is True
    (found,) = sheet["data"][0]["rowMetadata"][5]["developerMetadata"]
    assert (found["metadataKey"], found["metadataValue"]) == ("row", "t1")
    assert found["location"]["locationType"] == "ROW"
    person.batch({"deleteDimension": {"range": _rows("ROWS", 5, 6)}})
    rows = person.resource(includeGridData="true")["sheets"][0]["data"][0]["rowMetadata"]
    assert not any("developerMetadata" in row for row in rows)


def test_merging_keeps_the_corner_only_and_comes_by_rows_too(person: Account) -> None:
    person.put("A1", [["a", "b"], ["c", "d"]])
    person.batch({"mergeCells": {"range": _span(0, 0, 2, 2), "mergeType": "MERGE_ROWS"}})
    assert person.values("Sheet1")["values"] == [["a"], ["c"]]
    assert person.resource()["sheets"][0]["merges"] == [_span(0, 0, 1, 2), _span(1, 0, 2, 2)]
    answer = person.batch({"unmergeCells": {"range": _span(0, 0, 1, 1)}})
    assert "all cells in a merged range" in _refusal(answer)
    person.batch({"unmergeCells": {"range": _span(0, 0, 2, 2)}})
    assert "merges" not in person.resource()["sheets"][0]


def test_sizes_and_hidden_lines_are_kept_and_fitted(person: Account) -> None:
    person.put("A1", [["a long text in a cell", ""]])
    wide = {"range": _rows("COLUMNS", 1, 2), "properties": {"pixelSize": 40}, "fields": "pixelSize"}
    hide = {"range": _rows("COLUMNS", 1, 3), "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}
    person.batch(
        {"updateDimensionProperties": wide},
        {"updateDimensionProperties": hide},
        {"autoResizeDimensions": {"dimensions": _rows("COLUMNS", 0, 1)}},
    )
    columns = person.resource(fields="sheets.data.columnMetadata")["sheets"][0]["data"][0]["columnMetadata"]
    assert columns[0]["pixelSize"] > 100
    assert columns[1:4] == [
        {"hiddenByUser": True, "pixelSize": 40},
        {"hiddenByUser": True, "pixelSize": 100},
        {"pixelSize": 100},
    ]


def test_validation_is_set_and_taken_away(person: Account) -> None:
    values = [{"userEnteredValue": "open"}, {"userEnteredValue": "done"}]
    rule = {"condition": {"type": "ONE_OF_LIST", "values": values}, "strict": True, "showCustomUi": False}
    person.batch({"setDataValidation": {"range": _span(0, 0, 2, 1), "rule": rule}})
    fields = "sheets.data.rowData.values.dataValidation"
    kept = {"condition": {"type": "ONE_OF_LIST", "values": values}, "strict": True}
    cell = {"values": [{"dataValidation": kept}]}
    assert person.resource(fields=fields) == {"sheets": [{"data": [{"rowData": [cell, cell]}]}]}
    person.batch({"setDataValidation": {"range": _span(0, 0, 2, 1)}})
    assert person.resource(fields=fields) == {"sheets": [{"data": [{}]}]}


def test_sorting_puts_numbers_before_texts_and_empty_cells_last(person: Account) -> None:
    person.put("A1", [["b", 1], ["", 2], [3, 3], ["a", 4], [True, 5], [2, 6]])
    specs = [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}]
    person.batch({"sortRange": {"range": _span(0, 0, 6, 2), "sortSpecs": specs}})
    assert person.values("B1:B6", majorDimension="COLUMNS")["values"] == [["6", "3", "4", "1", "5", "2"]]


def test_deleting_a_range_moves_the_cells_behind_it(person: Account) -> None:
    person.put("A1", [["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"]])
    person.batch({"deleteRange": {"range": _span(0, 0, 1, 1), "shiftDimension": "ROWS"}})
    assert person.values("Sheet1")["values"] == [["d", "b", "c"], ["g", "e", "f"], ["", "h", "i"]]
    person.batch({"deleteRange": {"range": _span(0, 0, 1, 2), "shiftDimension": "COLUMNS"}})
    assert person.values("Sheet1")["values"] == [["c"], ["g", "e", "f"], ["", "h", "i"]]
    person.batch({"insertRange": {"range": _span(0, 0, 1, 1), "shiftDimension": "COLUMNS"}})
    assert person.values("A1:C1")["values"] == [["", "c"]]


def test_the_changed_spreadsheet_comes_back_when_asked_for(person: Account) -> None:
    body = {
        "requests": [{"addSheet": {"properties": {"title": "New"}}}],
        "includeSpreadsheetInResponse": True,
    }
    answer = person.call("POST", f"/v4/spreadsheets/{person.sheet}:batchUpdate", body).json()
    assert len(answer["updatedSpreadsheet"]["sheets"]) == 2


def test_every_kind_that_the_product_needs_is_served() -> None:
    needed = """
        addChart addProtectedRange addSheet appendCells appendDimension autoResizeDimensions createDeveloperMetadata
        deleteDimension deleteProtectedRange deleteRange deleteSheet insertDimension mergeCells repeatCell
        setDataValidation sortRange unmergeCells updateCells updateChartSpec updateDimensionProperties
        updateSheetProperties updateSpreadsheetProperties
    """
    assert set(needed.split()) <= KINDS.keys()
