"""Developer metadata, data filters, and what is searched, moved or drawn by requests, through Google's own client."""

from __future__ import annotations

from typing import Any

import pytest
from googleapiclient.errors import HttpError

from tests.simulator.running import Account


@pytest.fixture
def sheets(person: Account) -> Any:
    person.put("A1", [["id", "title"], ["t1", "one"], ["t2", "two"], ["t3", "three"]])
    return person.google("sheets", "v4").spreadsheets()


def _row(index: int) -> dict[str, Any]:
    return {"dimensionRange": {"sheetId": 0, "dimension": "ROWS", "startIndex": index, "endIndex": index + 1}}


def _mark(key: str, location: dict[str, Any], **more: Any) -> dict[str, Any]:
    made = {"metadataKey": key, "visibility": "DOCUMENT", "location": location, **more}
    return {"createDeveloperMetadata": {"developerMetadata": made}}


def _by(**lookup: Any) -> dict[str, Any]:
    return {"developerMetadataLookup": lookup}


def _found(sheets: Any, person: Account, *filters: Any) -> list[str]:
    answer = (
        sheets.developerMetadata().search(spreadsheetId=person.sheet, body={"dataFilters": list(filters)}).execute()
    )
    return [one["developerMetadata"]["metadataValue"] for one in answer.get("matchedDeveloperMetadata", [])]


@pytest.fixture
def marked(sheets: Any, person: Account) -> Any:
    person.batch(
        _mark("row", _row(1), metadataValue="t1", metadataId=11),
        _mark("row", _row(2), metadataValue="t2", metadataId=12),
        _mark("tab", {"sheetId": 0}, metadataValue="tasks", metadataId=13),
        _mark("file", {"spreadsheet": True}, metadataValue="map", metadataId=14, visibility="PROJECT"),
    )
    return sheets


def test_metadata_is_found_by_all_that_is_asked(marked: Any, person: Account) -> None:
    assert _found(marked, person, _by(metadataKey="row")) == ["t1", "t2"]
    assert _found(marked, person, _by(metadataKey="row", metadataValue="t2")) == ["t2"]
    assert _found(marked, person, _by(metadataId=14), _by(locationType="SHEET")) == ["tasks", "map"]
    assert _found(marked, person, _by(visibility="PROJECT")) == ["map"]
    assert _found(marked, person, _by(metadataLocation={"sheetId": 0})) == ["tasks"]
    crossing = _by(metadataLocation=_row(2), locationMatchingStrategy="INTERSECTING_LOCATION")
    assert _found(marked, person, crossing) == ["t2", "tasks", "map"]
    assert _found(marked, person, {"a1Range": "A2:Z2"}) == ["t1"]
    assert _found(marked, person, _by(metadataKey="none")) == []


def test_metadata_of_rows_goes_where_its_row_goes(marked: Any, person: Account) -> None:
    person.batch(
        {"insertDimension": {"range": {"dimension": "ROWS", "startIndex": 0, "endIndex": 2}}},
        {"moveDimension": {"source": {"dimension": "ROWS", "startIndex": 3, "endIndex": 4}, "destinationIndex": 6}},
    )
    values = marked.values()
    body = {"dataFilters": [_by(metadataValue="t1"), _by(metadataValue="t2")]}
    found = values.batchGetByDataFilter(spreadsheetId=person.sheet, body=body).execute()["valueRanges"]
    assert [(one["valueRange"]["range"], one["valueRange"]["values"]) for one in found] == [
        ("Sheet1!A6:Z6", [["t1", "one"]]),
        ("Sheet1!A4:Z4", [["t2", "two"]]),
    ]
    person.batch({"deleteDimension": {"range": {"dimension": "ROWS", "startIndex": 5, "endIndex": 6}}})
    assert _found(marked, person, _by(metadataKey="row")) == ["t2"]


def test_values_are_written_and_cleared_by_filters(marked: Any, person: Account) -> None:
    data = [{"dataFilter": _by(metadataId=12), "values": [[None, "TWO"]]}]
    body = {"valueInputOption": "RAW", "data": data}
    answer = marked.values().batchUpdateByDataFilter(spreadsheetId=person.sheet, body=body).execute()
    assert answer["totalUpdatedCells"] == 1
    assert answer["responses"][0]["dataFilter"] == _by(metadataId=12)
    assert person.values("A3:B3")["values"] == [["t2", "TWO"]]
    body = {"dataFilters": [_by(metadataId=11), {"gridRange": {"startRowIndex": 3, "endRowIndex": 4}}]}
    answer = marked.values().batchClearByDataFilter(spreadsheetId=person.sheet, body=body).execute()
    assert answer["clearedRanges"] == ["Sheet1!A2:Z2", "Sheet1!A4:Z4"]
    assert person.values("A:B")["values"] == [["id", "title"], [], ["t2", "TWO"]]
    body = {"dataFilters": [_by(metadataId=12)], "includeGridData": True}
    (sheet,) = marked.getByDataFilter(spreadsheetId=person.sheet, body=body).execute()["sheets"]
    assert sheet["data"][0]["startRow"] == 2


def test_metadata_is_read_changed_and_taken_away(marked: Any, person: Account) -> None:
    one = marked.developerMetadata().get(spreadsheetId=person.sheet, metadataId=12).execute()
    assert (one["metadataValue"], one["location"]["locationType"]) == ("t2", "ROW")
    change = {
        "dataFilters": [_by(metadataId=12)],
        "developerMetadata": {"metadataValue": "new"},
        "fields": "metadataValue",
    }
    (reply,) = person.batch({"updateDeveloperMetadata": change})["replies"]
    assert reply["updateDeveloperMetadata"]["developerMetadata"] == [one | {"metadataValue": "new"}]
    (reply,) = person.batch({"deleteDeveloperMetadata": {"dataFilter": _by(metadataKey="row")}})["replies"]
    assert len(reply["deleteDeveloperMetadata"]["deletedDeveloperMetadata"]) == 2
    with pytest.raises(HttpError, match="Requested entity was not found"):
        marked.developerMetadata().get(spreadsheetId=person.sheet, metadataId=12).execute()


def test_a_filter_that_means_two_things_is_refused(marked: Any, person: Account) -> None:
    with pytest.raises(HttpError, match="Exactly one of a1Range"):
        _found(marked, person, {"a1Range": "A1"} | _by(metadataId=11))


def test_found_text_is_replaced(sheets: Any, person: Account) -> None:
    person.put("D1", [['=LEN("t1")', "t1 and t1"]], "USER_ENTERED")
    (reply,) = person.batch({"findReplace": {"find": "T1", "replacement": "x", "allSheets": True}})["replies"]
    assert reply["findReplace"] == {"valuesChanged": 2, "occurrencesChanged": 3, "rowsChanged": 2, "sheetsChanged": 1}
    assert person.values("A1:E2")["values"] == [["id", "title", "", "2", "x and x"], ["x", "one"]]
    by_pattern = {"find": "t([23])", "replacement": "$1", "searchByRegex": True, "range": {"endColumnIndex": 1}}
    person.batch({"findReplace": by_pattern | {"matchCase": True}})
    assert person.values("A3:A4", valueRenderOption="UNFORMATTED_VALUE")["values"] == [[2], [3]]


def test_conditional_formats_keep_their_order(sheets: Any, person: Account) -> None:
    def rule(color: float, row: int) -> dict[str, Any]:
        condition = {"type": "NUMBER_GREATER", "values": [{"userEnteredValue": "5"}]}
        form = {"backgroundColor": {"red": color}}
        return {
            "ranges": [{"sheetId": 0, "startRowIndex": row, "endRowIndex": row + 2}],
            "booleanRule": {"condition": condition, "format": form},
        }

    def starts() -> list[int]:
        known = person.resource()["sheets"][0].get("conditionalFormats", [])
        return [one["ranges"][0]["startRowIndex"] for one in known]

    person.batch(*({"addConditionalFormatRule": {"rule": rule(1, row), "index": 0}} for row in (1, 2, 3)))
    assert starts() == [3, 2, 1]
    (reply,) = person.batch({"updateConditionalFormatRule": {"index": 0, "newIndex": 2}})["replies"]
    assert starts() == [2, 1, 3]
    assert reply["updateConditionalFormatRule"]["newIndex"] == 2
    (reply,) = person.batch({"updateConditionalFormatRule": {"index": 1, "rule": rule(0.5, 7)}})["replies"]
    assert reply["updateConditionalFormatRule"]["oldRule"]["ranges"][0]["startRowIndex"] == 1
    person.batch({"insertDimension": {"range": {"dimension": "ROWS", "startIndex": 0, "endIndex": 1}}})
    assert starts() == [3, 8, 4]
    person.batch({"deleteConditionalFormatRule": {"index": 0}})
    assert starts() == [8, 4]
    form = person.resource()["sheets"][0]["conditionalFormats"][0]["booleanRule"]["format"]
    assert form["backgroundColorStyle"] == {"rgbColor": {"red": 0.49803922}}
    wrong = rule(1, 1)
    wrong["booleanRule"]["format"]["wrapStrategy"] = "WRAP"
    assert "wrapStrategy" in person.batch({"addConditionalFormatRule": {"rule": wrong}})["error"]["message"]


def test_borders_are_drawn_around_and_between_and_taken_away(sheets: Any, person: Account) -> None:
    def borders() -> Any:
        fields = "sheets.data.rowData.values.userEnteredFormat.borders"
        data = person.resource(fields=fields, ranges="A1:B2")["sheets"][0]["data"][0]
        rows = data.get("rowData", [])
        return [[sorted(cell["userEnteredFormat"]["borders"]) for cell in row["values"]] for row in rows]

    area = {"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}
    person.batch({"updateBorders": {"range": area, "top": {"style": "SOLID"}, "innerVertical": {"style": "DOTTED"}}})
    assert borders() == [[["right", "top"], ["left", "top"]], [["right"], ["left"]]]
    gone = {side: {"style": "NONE"} for side in ("top", "innerVertical")}
    person.batch({"updateBorders": {"range": area, **gone}})
    assert borders() == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("R2C1", "Sheet1!A2"),
        ("Sheet1!R1C1:R2C2", "Sheet1!A1:B2"),
        ("R[1]C[1]", "Sheet1!B2"),
        ("'Sheet1'!r3c2:r2c1", "Sheet1!A2:B3"),
    ],
)
def test_ranges_may_be_written_by_numbers(sheets: Any, person: Account, text: str, written: str) -> None:
    assert person.values(text)["range"] == written
