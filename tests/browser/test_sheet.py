"""The spreadsheet beside the sidebar, as a person works in it: by keyboard and by mouse."""

from playwright.sync_api import expect

from tests.browser.worksheet import Worksheet


def test_a_table_is_typed_and_corrected_by_keyboard_alone(work: Worksheet) -> None:
    work.cell("B2").click()
    for text, key in (("Name", "Tab"), ("Amount", "Enter"), ("3", "Shift+Tab"), ("Adam", "ArrowUp")):
        work.page.keyboard.type(text)
        work.keys(key)
    work.shows(B2="Name", C2="Amount", C3="3", B3="Adam")
    work.is_at("B2")
    work.keys("ArrowDown", "F2", "Backspace", "Backspace", "Enter")
    work.shows(B3="Ad")
    work.keys("Shift+Enter", "x", "y", "Escape")
    work.shows(B3="Ad")
    work.keys("Control+ArrowRight")
    work.is_at("C3")
    work.keys("Control+ArrowUp")
    work.is_at("C2")
    work.keys("Home")
    work.is_at("A2")
    work.keys("Control+End")
    work.is_at("C3")
    work.keys("Shift+ArrowUp", "Shift+Home")
    work.is_at("A2:C3")
    work.keys("Delete")
    work.shows(B2="", C2="", B3="", C3="")
    work.keys("Control+z")
    work.shows(B2="Name", C2="Amount", B3="Ad", C3="3")
    work.keys("Control+y")
    work.shows(B2="")
    work.keys("Control+a")
    work.is_at("A1:Z1000")


def test_an_undo_leaves_what_somebody_else_wrote(work: Worksheet) -> None:
    work.window.type("A1", "mine")
    work.window.type("A2", "mine too")
    work.edit(values=[["theirs"]])
    work.shows(A1="theirs")
    work.keys("Control+z", "Control+z", "Control+z")
    work.shows(A1="theirs", A2="")
    expect(work.window.toast).to_have_text("There is nothing to undo.")


def test_a_block_goes_to_other_programs_and_comes_from_them(work: Worksheet) -> None:
    work.edit(values=[["1", 'say "x"'], ["2", "two\nlines"]])
    work.shows(A2="2")
    work.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    work.select("A1", "B2")
    work.keys("Control+c")
    assert work.page.evaluate("navigator.clipboard.readText()") == '1\t"say ""x"""\n2\t"two\nlines"'
    work.page.evaluate("text => navigator.clipboard.writeText(text)", 'a\t"b\nc ""d"""\r\n\t5%\r\n')
    work.cell("C4").click()
    work.keys("Control+v")
    work.shows(C4="a", C5="", D5="5%")
    assert work.view()["rows"][3][3]["v"] == 'b\nc "d"'
    work.is_at("C4:D5")
    work.page.evaluate("navigator.clipboard.writeText('all')")
    work.select("F1", "G2")
    work.keys("Control+v")
    work.shows(F1="all", G1="all", F2="all", G2="all")


def test_rows_and_columns_come_go_and_hide(work: Worksheet) -> None:
    work.edit(values=[["a", "b", "c"], ["d", "e", "f"]])
    work.shows(C2="f")
    work.choose(work.cell("A2"), "Insert a row above")
    work.shows(A2="", A3="d")
    work.choose(work.column("B"), "Delete column B")
    work.shows(B1="c", B3="f")
    work.choose(work.column("A"), "Hide column A")
    expect(work.column("A")).to_have_count(0)
    work.choose(work.column("B"), "Show column A")
    work.shows(A1="a")
    work.choose(work.cell("A3"), "Sort the tab by column A, Z to A")
    work.shows(A1="d", A2="a", B2="c")
    work.keys("Control+z", "Control+z", "Control+z", "Control+z", "Control+z")
    work.shows(A1="a", B1="b", C2="f")


def test_columns_are_frozen_and_resized_by_keyboard(work: Worksheet) -> None:
    work.cell("B2").click()
    work.keys("Control+Space", "Shift+F10")
    work.page.get_by_role("menuitem", name="Freeze up to column B").click()
    expect(work.cell("A1")).to_have_css("position", "sticky")
    expect(work.cell("C1")).not_to_have_css("position", "sticky")
    work.keys("ContextMenu")
    work.page.get_by_role("menuitem", name="Resize column B…").click()
    work.page.get_by_label("Pixels").fill("140")
    work.keys("Enter")
    expect(work.column("B")).to_have_css("width", "140px")


def test_one_stays_where_one_looks_when_the_table_changes(work: Worksheet) -> None:
    work.page.get_by_label("Name box").fill("T700")
    work.keys("Enter")
    here = work.cell("T700").bounding_box()
    assert here
    column = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 24, "endIndex": 25}
    hidden = {"range": column, "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}
    work.edit({"updateDimensionProperties": hidden})
    expect(work.column("Y")).to_have_count(0)
    assert work.cell("T700").bounding_box() == here


def test_a_column_is_made_wider_by_its_edge(work: Worksheet) -> None:
    head = work.column("B").bounding_box()
    assert head
    x, y = head["x"] + head["width"] - 1, head["y"] + 10
    work.page.mouse.move(x, y)
    work.page.mouse.down()
    work.page.mouse.move(x + 60, y)
    work.page.mouse.up()
    expect(work.column("B")).to_have_css("width", "160px")
    assert work.view()["columnWidths"] == {"1": 160}


def test_notes_lists_boxes_and_merges_by_menu(work: Worksheet) -> None:
    page = work.page
    work.choose(work.cell("B2"), "Insert note…")
    page.get_by_role("textbox", name="Note").fill("Ask Clara")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("note")).to_have_text("Ask Clara")
    work.cell("A1").click()
    expect(page.get_by_role("note")).to_have_count(0)
    work.cell("B2").hover()
    expect(page.get_by_role("note")).to_have_text("Ask Clara")

    work.choose(work.cell("A1"), "Drop-down…")
    page.get_by_label("One choice a line").fill("open\ndone")
    page.get_by_role("button", name="Save").click()
    expect(work.cell("A1").locator(".choose")).to_be_visible()
    work.keys("Alt+ArrowDown")
    page.get_by_role("menuitem", name="done").click()
    work.shows(A1="done")
    page.keyboard.type("else\n")
    expect(work.window.toast).to_have_text("A1 takes only what is on its list.")
    assert work.window.take_complaints()  # the browser's own, of the 400
    work.shows(A1="done")

    work.select("C1", "C2")
    page.get_by_role("button", name="Boxes to tick").click()
    expect(work.cell("C2").get_by_role("checkbox")).to_be_visible()
    work.keys("Space")
    expect(work.cell("C1").get_by_role("checkbox")).to_be_checked()
    expect(work.cell("C2").get_by_role("checkbox")).to_be_checked()
    work.cell("C2").get_by_role("checkbox").click()
    expect(work.page.get_by_text("Saved", exact=True)).to_be_visible()
    expect(work.cell("C2").get_by_role("checkbox")).not_to_be_checked()
    assert [row[2]["v"] for row in work.view()["rows"][:2]] == ["TRUE", "FALSE"]

    work.select("A4", "B5")
    page.get_by_role("button", name="Merge or unmerge").click()
    expect(work.cell("A4")).to_have_attribute("aria-colspan", "2")
    work.cell("A3").click()
    work.keys("ArrowDown", "ArrowDown")
    work.is_at("A6")


def test_tabs_are_added_renamed_moved_hidden_and_deleted(work: Worksheet) -> None:
    page, tabs = work.page, work.page.get_by_role("tab")
    page.get_by_role("button", name="Add a tab").click()
    expect(tabs).to_have_text(["Sheet1", "Sheet2"])
    second = page.get_by_role("tab", name="Sheet2")
    expect(second).to_have_attribute("aria-selected", "true")
    work.choose(second, "Rename…")
    page.get_by_label("Title").fill("Plans")
    page.keyboard.press("Enter")
    expect(tabs).to_have_text(["Sheet1", "Plans"])
    work.choose(page.get_by_role("tab", name="Plans"), "Move left")
    expect(tabs).to_have_text(["Plans", "Sheet1"])
    work.choose(page.get_by_role("tab", name="Plans"), "Hide")
    expect(tabs).to_have_text(["Sheet1"])
    page.get_by_role("button", name="All tabs").click()
    page.get_by_role("menuitem", name="Plans").click()
    expect(tabs).to_have_text(["Plans", "Sheet1"])
    work.choose(page.get_by_role("tab", name="Plans"), "Delete")
    expect(tabs).to_have_text(["Sheet1"])
    page.get_by_role("button", name="Undo").click()
    expect(tabs).to_have_text(["Plans", "Sheet1"])


def test_ten_thousand_rows_are_a_few_in_the_page(work: Worksheet) -> None:
    rows = {"appendDimension": {"dimension": "ROWS", "length": 9000}}
    work.edit(rows, values=[[f"row {number}", number] for number in range(1, 10_001)])
    work.shows(A5="row 5")
    work.cell("B3").click()
    work.keys("Control+ArrowDown")
    work.is_at("B10000")
    work.shows(A10000="row 10000")
    assert work.page.locator("table[data-tab] tr").count() < 100
    work.page.keyboard.type("last")
    work.keys("Enter")
    work.shows(B10000="last")
    work.page.get_by_label("Name box").fill("a5000")
    work.keys("Enter")
    work.shows(A5000="row 5000")
    expect(work.cell("A5000")).to_be_in_viewport()
    expect(work.cell("A5000")).to_have_attribute("aria-selected", "true")


def test_what_is_out_of_sight_is_found(work: Worksheet) -> None:
    work.edit(values=[[f"row {number}"] for number in range(1, 801)])
    work.shows(A1="row 1")
    work.cell("A1").click()
    work.keys("Control+f")
    work.page.keyboard.type("ROW 77")
    expect(work.page.get_by_text("1 of 11")).to_be_visible()
    work.is_at("A77")
    work.keys("Enter")
    work.is_at("A770")
    work.keys("Shift+Enter", "Shift+Enter")
    work.is_at("A779")
    work.keys("Escape")
    expect(work.page.get_by_role("grid")).to_be_focused()


def test_nobody_is_caught_in_the_table(work: Worksheet) -> None:
    work.cell("A1").click()
    work.keys("Tab")
    work.is_at("B1")
    work.keys("Escape", "Tab")
    expect(work.page.get_by_role("grid")).not_to_be_focused()
    work.is_at("B1")
    work.keys("Shift+Tab", "Escape", "Shift+Tab")
    expect(work.page.get_by_label("Formula bar")).to_be_focused()


def test_a_screen_reader_hears_a_grid_and_the_active_cell(work: Worksheet) -> None:
    grid = work.page.get_by_role("grid", name="Sheet1")
    work.cell("C3").click()
    work.keys("ArrowDown")
    expect(grid).to_be_focused()
    expect(grid).to_have_attribute("aria-activedescendant", "cell-C4")
    expect(grid).to_have_attribute("aria-rowcount", "1001")
    expect(grid.get_by_role("row").nth(4)).to_have_attribute("aria-rowindex", "5")
    expect(grid.locator("#cell-C4")).to_have_attribute("aria-selected", "true")
