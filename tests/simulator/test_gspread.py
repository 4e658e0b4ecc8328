"""The simulator through unmodified gspread."""

from __future__ import annotations

import gspread
import pytest
from gspread.utils import ValidationConditionType, ValueInputOption, ValueRenderOption

from tests.simulator.running import Account


@pytest.fixture
def book(person: Account) -> gspread.Spreadsheet:
    return person.gspread().open_by_key(person.sheet)


def test_a_new_sheet_is_empty(book: gspread.Spreadsheet) -> None:
    (tab,) = book.worksheets()
    assert (tab.title, tab.id, tab.row_count, tab.col_count) == ("Sheet1", 0, 1000, 26)
    assert tab.get_all_values() == [[]]


def test_what_is_written_is_read(book: gspread.Spreadsheet) -> None:
    tab = book.sheet1
    tab.update([["id", "title", "done"], ["t1", "Büro 🌵", True], ["t2", "=1+1", 2.5]], "A1")
    assert tab.get_all_values() == [["id", "title", "done"], ["t1", "Büro 🌵", "TRUE"], ["t2", "=1+1", "2.5"]]
    assert tab.get_all_records()[1] == {"id": "t2", "title": "=1+1", "done": 2.5}
    assert tab.row_values(1) == ["id", "title", "done"]
    assert tab.col_values(1) == ["id", "t1", "t2"]
    assert tab.acell("C3", value_render_option=ValueRenderOption.unformatted).value == 2.5


def test_find_finds(book: gspread.Spreadsheet) -> None:
    book.sheet1.update([["a", "b"], ["c", "needle"]], "B2")
    found = book.sheet1.find("needle")
    assert found is not None
    assert found.address == "C3"
    assert book.sheet1.find("nothing") is None


def test_rows_are_appended_below_the_table(book: gspread.Spreadsheet) -> None:
    tab = book.sheet1
    tab.append_row(["a", "b"])
    tab.append_rows([["c"], ["d", "e"]])
    assert tab.get("A1:B3") == [["a", "b"], ["c"], ["d", "e"]]


def test_many_ranges_are_written_read_and_cleared_at_once(book: gspread.Spreadsheet) -> None:
    tab = book.sheet1
    tab.batch_update([{"range": "A1:B1", "values": [["x", "y"]]}, {"range": "D4", "values": [["z"]]}])
    assert [list(map(list, part)) for part in tab.batch_get(["A1:B1", "D4", "F9"])] == [[["x", "y"]], [["z"]], []]
    tab.batch_clear(["A1", "D4"])
    assert tab.get_all_values() == [["", "y"]]
    tab.clear()
    assert tab.get_all_values() == [[]]


def test_tabs_come_and_go(book: gspread.Spreadsheet) -> None:
    tab = book.add_worksheet("Tasks", rows=50, cols=5)
    assert (tab.row_count, tab.col_count) == (50, 5)
    assert [one.title for one in book.worksheets()] == ["Sheet1", "Tasks"]
    assert book.worksheet("Tasks").id == tab.id
    book.del_worksheet(tab)
    with pytest.raises(gspread.WorksheetNotFound):
        book.worksheet("Tasks")


def test_tabs_are_renamed_reordered_resized_hidden_and_copied(book: gspread.Spreadsheet) -> None:
    second = book.add_worksheet("Second", 10, 10)
    second.update_title("Zweites Blatt")
    second.resize(20, 4)
    book.reorder_worksheets([second, book.get_worksheet(0)])
    assert [one.title for one in book.worksheets()] == ["Zweites Blatt", "Sheet1"]
    assert book.worksheet("Zweites Blatt").row_count == 20
    second.hide()
    assert book.worksheet("Zweites Blatt").isSheetHidden
    second.show()
    second.update([["kept"]], "A1")
    copy = second.duplicate(new_sheet_name="Copy")
    assert copy.acell("A1").value == "kept"


def test_a_title_with_a_slash_a_quote_and_a_colon_is_a_title(book: gspread.Spreadsheet) -> None:
    tab = book.add_worksheet("it's a/b:clear", 10, 10)
    tab.update([["here"]], "B2")
    assert tab.get_all_values() == [["", ""], ["", "here"]]
    tab.append_row(["more"])
    tab.clear()
    assert tab.get_all_values() == [[]]


def test_formats_notes_frozen_rows_and_hidden_columns_are_kept(book: gspread.Spreadsheet) -> None:
    tab = book.sheet1
    tab.format("A1:B1", {"textFormat": {"bold": True}, "backgroundColor": {"red": 0.5}})
    tab.freeze(rows=1)
    tab.hide_columns(0, 1)
    tab.update_note("B2", "a note")
    assert tab.get_note("B2") == "a note"
    assert tab.get_notes() == [[], ["", "a note"]]
    assert book.sheet1.frozen_row_count == 1
    fields = "sheets.data(columnMetadata.hiddenByUser,rowData.values.userEnteredFormat)"
    data = book.fetch_sheet_metadata({"fields": fields, "ranges": "Sheet1!A1:B1"})["sheets"][0]["data"][0]
    assert data["columnMetadata"] == [{"hiddenByUser": True}, {}]
    own = data["rowData"][0]["values"][0]["userEnteredFormat"]
    assert own["textFormat"] == {"bold": True}
    assert own["backgroundColor"] == {"red": 0.49803922}
    assert own["backgroundColorStyle"] == {"rgbColor": {"red": 0.49803922}}


def test_rows_are_inserted_deleted_and_sorted(book: gspread.Spreadsheet) -> None:
    tab = book.sheet1
    tab.update([["b", 2], ["a", 10], ["c", 1]], "A1")
    tab.sort((1, "asc"), range="A1:B3")
    assert tab.col_values(1) == ["a", "b", "c"]
    tab.sort((2, "des"), range="A1:B3")
    assert tab.col_values(2) == ["10", "2", "1"]
    tab.insert_row(["new"], 2)
    assert tab.col_values(1) == ["a", "new", "b", "c"]
    tab.delete_rows(1, 2)
    assert tab.col_values(1) == ["b", "c"]


def test_merges_protection_and_validation_are_kept(book: gspread.Spreadsheet) -> None:
    tab = book.sheet1
    tab.merge_cells("A1:B2")
    tab.add_protected_range("C1:C2", description="mine")
    tab.add_validation("D1", ValidationConditionType.boolean, [])
    sheet = book.fetch_sheet_metadata({"includeGridData": "true"})["sheets"][0]
    assert sheet["merges"] == [{"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}]
    assert sheet["protectedRanges"][0]["editors"]["users"][0].endswith("@example.com")
    assert sheet["data"][0]["rowData"][0]["values"][3]["dataValidation"]["condition"] == {"type": "BOOLEAN"}
    tab.unmerge_cells("A1:B2")
    tab.delete_protected_range(sheet["protectedRanges"][0]["protectedRangeId"])
    sheet = book.fetch_sheet_metadata()["sheets"][0]
    assert not sheet.keys() & {"merges", "protectedRanges"}


def test_a_spreadsheet_is_made_renamed_found_copied_and_deleted(person: Account) -> None:
    client = person.gspread()
    book = client.create("Made by the add-on")
    book.update_title("Renamed")
    assert client.open("Renamed").id == book.id
    assert {file["id"] for file in client.list_spreadsheet_files()} == {book.id, person.sheet}
    copy = client.copy(book.id, title="Second")
    assert client.open_by_key(copy.id).title == "Second"
    client.del_spreadsheet(book.id)
    with pytest.raises(gspread.SpreadsheetNotFound):
        client.open_by_key(book.id)


def test_sharing_is_listed_and_taken_back(book: gspread.Spreadsheet) -> None:
    book.share("friend@example.com", perm_type="user", role="reader", notify=False)
    assert {(one["emailAddress"], one["role"]) for one in book.list_permissions()} >= {("friend@example.com", "reader")}
    book.remove_permissions("friend@example.com")
    assert [one["role"] for one in book.list_permissions()] == ["owner"]


def test_user_entered_text_is_read_as_typed(book: gspread.Spreadsheet) -> None:
    tab = book.sheet1
    tab.update(
        [["= 1 / 1024", "2,000,000.01", "0042", "3_1_0"]], "A1", value_input_option=ValueInputOption.user_entered
    )
    assert tab.get("A1:D1") == [["0.0009765625", "2,000,000.01", "42", "3_1_0"]]
    assert tab.get("A1:D1", value_render_option=ValueRenderOption.unformatted) == [
        [0.0009765625, 2000000.01, 42, "3_1_0"]
    ]
    assert tab.get("A1:D1", value_render_option=ValueRenderOption.formula)[0][0] == "= 1 / 1024"
