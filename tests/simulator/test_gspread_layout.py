"""What gspread lays over cells: names, filters, groups, protection, notes, colours, copies of cells and of tabs."""

from __future__ import annotations

import gspread
import pytest
from gspread.utils import MergeType, PasteType, ValueInputOption, ValueRenderOption

from tests.simulator.running import Account


@pytest.fixture
def book(person: Account) -> gspread.Spreadsheet:
    return person.gspread().open_by_key(person.sheet)


@pytest.fixture
def tab(book: gspread.Spreadsheet) -> gspread.Worksheet:
    return book.sheet1


def test_a_name_means_its_cells_and_follows_them(book: gspread.Spreadsheet, tab: gspread.Worksheet) -> None:
    tab.update([["a", "b"], ["c", "d"]], "B2")
    made = tab.define_named_range("B2:C3", "Goals")["replies"][0]["addNamedRange"]["namedRange"]
    assert tab.get("Goals") == [["a", "b"], ["c", "d"]]
    assert [[cell.value for cell in row] for row in [book.named_range("goals")]] == [["a", "b", "c", "d"]]
    tab.insert_row([], 1)
    tab.insert_cols([[]], 3)
    (known,) = book.list_named_ranges()
    assert (known["name"], known["namedRangeId"]) == ("Goals", made["namedRangeId"])
    assert book.values_get("Goals")["range"] == "Sheet1!B3:D4"
    rename = {"namedRange": {"namedRangeId": made["namedRangeId"], "name": "Aims"}, "fields": "name"}
    book.batch_update({"requests": [{"updateNamedRange": rename}]})
    assert book.values_get("Aims")["values"] == [["a", "", "b"], ["c", "", "d"]]
    tab.delete_named_range(made["namedRangeId"])
    assert book.list_named_ranges() == []
    with pytest.raises(gspread.exceptions.APIError, match="Unable to parse range"):
        book.values_get("Aims")


@pytest.mark.parametrize("name", ["A1", "two words", "R1C1", "1st", "TRUE", ""])
def test_a_name_that_could_be_something_else_is_refused(tab: gspread.Worksheet, name: str) -> None:
    with pytest.raises(gspread.exceptions.APIError, match="name of the named range is invalid"):
        tab.define_named_range("A1", name)


def test_two_names_are_never_the_same(tab: gspread.Worksheet) -> None:
    tab.define_named_range("A1", "Goals")
    with pytest.raises(gspread.exceptions.APIError, match="already exists"):
        tab.define_named_range("B1", "GOALS")


def test_a_tab_has_one_basic_filter(book: gspread.Spreadsheet, tab: gspread.Worksheet) -> None:
    tab.set_basic_filter()
    assert book.fetch_sheet_metadata()["sheets"][0]["basicFilter"]["range"]["endRowIndex"] == 1000
    tab.set_basic_filter("A1:B5")
    tab.insert_row([], 1)
    assert book.fetch_sheet_metadata()["sheets"][0]["basicFilter"]["range"] == {
        "startRowIndex": 1,
        "endRowIndex": 6,
        "startColumnIndex": 0,
        "endColumnIndex": 2,
    }
    tab.clear_basic_filter()
    assert "basicFilter" not in book.fetch_sheet_metadata()["sheets"][0]


def test_groups_nest_and_go_one_by_one(book: gspread.Spreadsheet, tab: gspread.Worksheet) -> None:
    tab.add_dimension_group_rows(1, 4)
    tab.add_dimension_group_rows(2, 5)
    found = [
        (one["range"]["startIndex"], one["range"]["endIndex"], one["depth"]) for one in tab.list_dimension_group_rows()
    ]
    assert found == [(1, 5, 1), (2, 4, 2)]
    tab.insert_row([], 1)
    assert tab.list_dimension_group_rows()[0]["range"]["startIndex"] == 2
    tab.delete_dimension_group_rows(2, 6)
    assert [one["depth"] for one in tab.list_dimension_group_rows()] == [1]
    tab.delete_dimension_group_rows(3, 5)
    assert tab.list_dimension_group_rows() == []
    tab.add_dimension_group_columns(0, 2)
    assert [one["depth"] for one in tab.list_dimension_group_columns()] == [1]
    size = book.fetch_sheet_metadata()["sheets"][0]["properties"]["gridProperties"]
    assert size["rowGroupControlAfter"] is size["columnGroupControlAfter"] is True
    with pytest.raises(gspread.exceptions.APIError, match="No groups"):
        tab.delete_dimension_group_rows(1, 2)
    for _ in range(8):
        tab.add_dimension_group_rows(1, 2)
    with pytest.raises(gspread.exceptions.APIError, match="more than 8 deep"):
        tab.add_dimension_group_rows(1, 2)


def test_a_copy_shifts_its_formulas_and_a_cut_does_not(tab: gspread.Worksheet) -> None:
    tab.update([[1, "=A1*10", "=$A$1+A1"], [2]], "A1", value_input_option=ValueInputOption.user_entered)
    tab.copy_range("B1:C1", "B2:C2")
    assert tab.get("B1:C2", value_render_option=ValueRenderOption.formula) == [
        ["=A1*10", "=$A$1+A1"],
        ["=A2*10", "=$A$1+A2"],
    ]
    assert tab.get("B2:C2") == [["20", "3"]]
    tab.copy_range("B2", "E1:F2", PasteType.values)
    assert tab.get("E1:F2") == [["20", "20"], ["20", "20"]]
    tab.cut_range("B2:C2", "D9")
    assert tab.get("D9:E9", value_render_option=ValueRenderOption.formula) == [["=A2*10", "=$A$1+A2"]]
    assert tab.get("B2:C2") == [[]]
    with pytest.raises(gspread.exceptions.APIError, match="do not fit"):
        tab.cut_range("A1:C1", "Y1")


def test_notes_are_kept_changed_and_taken_away(tab: gspread.Worksheet) -> None:
    tab.insert_notes({"A1": "one", "C2": "two"})
    tab.update_notes({"A1": "changed"})
    assert tab.get_notes() == [["changed"], ["", "", "two"]]
    tab.clear_notes(["A1"])
    tab.clear_note("C2")
    assert tab.get_notes() == [[]]


def test_colours_gridlines_and_hidden_lines_of_a_tab(book: gspread.Spreadsheet, tab: gspread.Worksheet) -> None:
    tab.update_tab_color("#8040ff")
    tab.hide_gridlines()
    tab.hide_rows(1, 3)
    again = book.sheet1
    assert again.get_tab_color() == "#8040FF"
    assert again.is_gridlines_hidden
    tab.clear_tab_color()
    tab.show_gridlines()
    tab.unhide_rows(1, 3)
    tab.unhide_columns(0, 1)
    tab.columns_auto_resize(0, 2)
    tab.rows_auto_resize(0, 2)
    again = book.sheet1
    assert again.get_tab_color() is None
    assert not again.is_gridlines_hidden


def test_formats_and_merges_come_many_at_once(tab: gspread.Worksheet) -> None:
    tab.batch_format(
        [
            {"range": "A1:B1", "format": {"textFormat": {"bold": True}}},
            {"range": "A1", "format": {"textFormat": {"italic": True}}},
        ]
    )
    tab.batch_merge([{"range": "A3:B4"}, {"range": "C3:D4", "mergeType": MergeType.merge_rows}])
    sheet = tab.spreadsheet.fetch_sheet_metadata({"includeGridData": "true"})["sheets"][0]
    own = sheet["data"][0]["rowData"][0]["values"][0]["userEnteredFormat"]
    assert own["textFormat"] == {"italic": True}
    assert len(sheet["merges"]) == 3


def test_protected_ranges_are_listed_changed_and_taken_away(book: gspread.Spreadsheet, tab: gspread.Worksheet) -> None:
    tab.add_protected_range("A1:A3", warning_only=True, description="head")
    (known,) = book.list_protected_ranges(tab.id)
    assert known["warningOnly"] is True
    change = {
        "protectedRange": {"protectedRangeId": known["protectedRangeId"], "description": "top"},
        "fields": "description",
    }
    book.batch_update({"requests": [{"updateProtectedRange": change}]})
    (changed,) = book.list_protected_ranges(tab.id)
    assert changed == known | {"description": "top"}
    tab.delete_protected_range(known["protectedRangeId"])
    assert book.list_protected_ranges(tab.id) == []


def test_cells_are_read_and_written_as_objects(tab: gspread.Worksheet) -> None:
    cells = tab.range("A1:B2")
    for number, cell in enumerate(cells):
        cell.value = number
    tab.update_cells(cells)
    tab.update_cell(3, 1, "c")
    tab.update_acell("B3", "d")
    assert tab.cell(2, 2).value == "3"
    assert [cell.value for cell in tab.get_all_cells() if cell.value] == ["0", "1", "2", "3", "c", "d"]
    assert [cell.address for cell in tab.findall("3")] == ["B2"]
    assert tab.expand("A1") == [["0", "1"], ["2", "3"], ["c", "d"]]
    assert tab.get_values("A:A", major_dimension="COLUMNS") == [["0", "2", "c"]]


def test_rows_and_columns_come_and_go(tab: gspread.Worksheet) -> None:
    tab.update([["a", "b"], ["c", "d"]], "A1")
    tab.insert_cols([["x", "y"]], 2)
    tab.insert_rows([["r1"], ["r2"]], 2)
    assert tab.get_all_values() == [["a", "x", "b"], ["r1", "", ""], ["r2", "", ""], ["c", "y", "d"]]
    tab.delete_columns(2)
    tab.delete_rows(2, 3)
    assert tab.get_all_values() == [["a", "b"], ["c", "d"]]
    tab.add_rows(5)
    tab.add_cols(2)
    assert (tab.row_count, tab.col_count) == (1005, 28)


def test_a_tab_is_copied_into_another_spreadsheet(person: Account, tab: gspread.Worksheet) -> None:
    tab.update([["kept"]], "A1")
    tab.add_protected_range("A1")
    other = person.gspread().create("Other")
    made = tab.copy_to(other.id)
    assert made["title"] == "Copy of Sheet1"
    copy = other.get_worksheet_by_id(made["sheetId"])
    assert (copy.acell("A1").value, copy.index) == ("kept", 1)
    twin = tab.spreadsheet.duplicate_sheet(tab.id, insert_sheet_index=1, new_sheet_name="Twin")
    assert twin.acell("A1").value == "kept"
    tab.spreadsheet.del_worksheet_by_id(twin.id)
    assert [one.title for one in tab.spreadsheet.worksheets()] == ["Sheet1"]


def test_locale_and_time_zone_are_kept(person: Account, book: gspread.Spreadsheet) -> None:
    book.update_locale("de_DE")
    book.update_timezone("Europe/Berlin")
    again = person.gspread().open_by_key(book.id)
    assert (again.locale, again.timezone) == ("de_DE", "Europe/Berlin")
