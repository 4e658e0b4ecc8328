"""What a person does on the page: in one go, undone again, and sent to other pages as little as possible."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator.running import Account

INSERT = {"insertDimension": {"range": {"dimension": "ROWS", "startIndex": 0, "endIndex": 1}}}


def edit(account: Account, *requests: Any, typed: list[Any] | None = None) -> Any:
    return account.simulator.post(f"/sim/sheets/{account.sheet}/edits", {"requests": requests, "typed": typed or []})


def block(row: int, column: int, *values: list[Any], tab: int = 0) -> Any:
    return {"sheetId": tab, "row": row, "column": column, "values": values}


def width(pixels: int) -> Any:
    column = {"dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}
    return {"updateDimensionProperties": {"range": column, "properties": {"pixelSize": pixels}, "fields": "pixelSize"}}


def undo(account: Account, done: Any) -> Any:
    return account.simulator.post(f"/sim/sheets/{account.sheet}/undo", {"edit": done["edit"]})


def view(account: Account, **query: Any) -> Any:
    return account.simulator.get(f"/sim/sheets/{account.sheet}", **query)


def texts(account: Account, tab: int = 0) -> list[list[str]]:
    return [[cell["v"] if cell else "" for cell in row] for row in view(account)["tabs"][tab]["rows"]]


def test_requests_come_first_then_what_was_typed(stranger: Account) -> None:
    grow = {"appendDimension": {"dimension": "ROWS", "length": 1}}
    done = edit(stranger, grow, typed=[block(0, 0, ["1", None], ["2020-01-01", "x"]), block(1000, 0, ["last"])])
    assert texts(stranger)[:2] == [["1"], ["2020-01-01", "x"]]
    assert texts(stranger)[1000] == ["last"]
    assert view(stranger)["revision"] == done["revision"]


def test_one_wrong_cell_and_nothing_is_done(stranger: Account) -> None:
    wrong = edit(stranger, INSERT, typed=[block(0, 25, ["a", "beyond"])])
    assert wrong == {"error": "There is no such cell."}
    assert view(stranger)["revision"] == 1
    assert edit(stranger, {"deleteSheet": {"sheetId": 0}}) == {
        "error": "You can't remove all the sheets in a document."
    }
    assert "Unknown name" in edit(stranger, {"deleteSheet": {"wrong": 0}})["error"]


def test_an_undo_takes_back_mine_and_leaves_what_others_wrote(stranger: Account) -> None:
    mine = edit(stranger, typed=[block(0, 0, ["mine", "both"])])
    edit(stranger, typed=[block(0, 1, ["theirs"]), block(3, 0, ["more"])])
    undone = undo(stranger, mine)
    assert texts(stranger) == [["", "theirs"], [], [], ["more"]]
    assert undo(stranger, undone)["revision"] == undone["revision"] + 1
    assert texts(stranger) == [["mine", "theirs"], [], [], ["more"]]


def test_rows_and_tabs_come_back_whole(stranger: Account) -> None:
    edit(stranger, {"addSheet": {"properties": {"sheetId": 5, "title": "Second"}}}, typed=[block(0, 0, ["a"], ["b"])])
    before = view(stranger)["tabs"]
    lines = {"sheetId": 0, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}
    for requests in (
        [{"deleteDimension": {"range": lines}}],
        [{"deleteSheet": {"sheetId": 0}}],
        [
            {
                "updateSheetProperties": {
                    "properties": {"sheetId": 5, "index": 0, "title": "New"},
                    "fields": "index,title",
                }
            }
        ],
        [{"duplicateSheet": {"sourceSheetId": 0, "insertSheetIndex": 0}}],
    ):
        done = edit(stranger, *requests)
        assert view(stranger)["tabs"] != before
        assert "edit" in undo(stranger, done)
        assert view(stranger)["tabs"] == before


def test_what_was_changed_since_is_not_undone(stranger: Account) -> None:
    insert = edit(stranger, INSERT)
    edit(stranger, typed=[block(0, 0, ["in the new row"])])
    assert "can no longer be undone" in undo(stranger, insert)["error"]
    mine, theirs = edit(stranger, width(30)), edit(stranger, width(40))
    assert "can no longer be undone" in undo(stranger, mine)["error"]
    assert "edit" in undo(stranger, theirs)
    assert view(stranger)["tabs"][0]["columnWidths"] == {"0": 30}
    added = edit(stranger, {"addSheet": {"properties": {"sheetId": 5}}})
    edit(stranger, typed=[block(0, 0, ["theirs"], tab=5)])
    assert "can no longer be undone" in undo(stranger, added)["error"]
    assert texts(stranger) == [["in the new row"]]
    assert texts(stranger, tab=1) == [["theirs"]]


def test_nobody_undoes_in_another_file(person: Account, stranger: Account) -> None:
    done = edit(person, typed=[block(0, 0, ["x"])])
    assert undo(stranger, done) == {"error": "This can no longer be undone."}
    assert texts(person) == [["x"]]


def test_a_page_that_has_a_view_is_sent_what_changed_since(stranger: Account) -> None:
    edit(stranger, typed=[block(0, 0, ["a"], ["b"], ["c"])])
    old = view(stranger)
    edit(stranger, typed=[block(1, 0, ["B"]), block(2, 0, [""])])
    new = view(stranger, since=old["revision"])
    (tab,) = new["tabs"]
    assert (new["since"], tab["rowTotal"], tab["changed"]) == (old["revision"], 2, {"1": [{"v": "B", "t": "s"}]})
    assert "rows" not in tab
    edit(stranger, {"addSheet": {"properties": {"sheetId": 5}}})
    assert [("rows" in tab) for tab in view(stranger, since=new["revision"])["tabs"]] == [False, True]
    assert "rows" in view(stranger, since=0)["tabs"][0]


@pytest.mark.parametrize("kind", ["ONE_OF_LIST", "ONE_OF_RANGE"])
def test_a_strict_list_takes_what_is_on_it(stranger: Account, kind: str) -> None:
    in_front = {"addSheet": {"properties": {"sheetId": 5, "index": 0}}}
    edit(stranger, in_front, typed=[block(0, 3, ["red"], ["blue"], ["red"])])
    values = ["red", "blue"] if kind == "ONE_OF_LIST" else ["=D1:D3"]
    condition = {"type": kind, "values": [{"userEnteredValue": value} for value in values]}
    place = {"startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}
    edit(stranger, {"setDataValidation": {"range": place, "rule": {"condition": condition, "strict": True}}})
    tab = view(stranger)["tabs"][1]
    cell = tab["rows"][0][0]
    assert (cell["options"] if kind == "ONE_OF_LIST" else tab["lists"][cell["list"]]) == ["red", "blue"]
    assert edit(stranger, typed=[block(0, 0, ["green"])]) == {"error": "A1 takes only what is on its list."}
    assert "edit" in edit(stranger, typed=[block(0, 0, ["blue"])])
    assert "edit" in edit(stranger, typed=[block(0, 0, [""])])


def test_the_view_says_how_cells_look(stranger: Account) -> None:
    looks = {
        "textFormat": {"italic": True, "strikethrough": True, "foregroundColor": {"red": 1}},
        "horizontalAlignment": "CENTER",
        "wrapStrategy": "WRAP",
    }
    cell = {"userEnteredValue": {"stringValue": "x"}, "userEnteredFormat": looks}
    rows = {"dimension": "ROWS", "startIndex": 1, "endIndex": 2}
    edit(
        stranger,
        {"updateCells": {"start": {}, "rows": [{"values": [cell]}], "fields": "*"}},
        {"updateDimensionProperties": {"range": rows, "properties": {"pixelSize": 50}, "fields": "pixelSize"}},
    )
    (tab,) = view(stranger)["tabs"]
    shown = {"v": "x", "t": "s", "italic": True, "strikethrough": True, "fg": "#ff0000", "align": "centre"}
    assert tab["rows"] == [[shown | {"wrap": True}]]
    assert tab["rowHeights"] == {"1": 50}
