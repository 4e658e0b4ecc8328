"""Filters, colours by rule, blocks that move, and several people in one Sheet."""

from typing import Any

from playwright.sync_api import Locator, Route, expect

from tests.browser.conftest import OpenWindow
from tests.browser.worksheet import Worksheet
from tests.waiting import eventually

PEOPLE = [["Name", "Status", "Amount"], ["Ada", "open", "5"], ["Bob", "done", "1"], ["Cy", "open", "9"]]


def place(top: int, left: int, bottom: int, right: int) -> Any:
    return {"startRowIndex": top, "startColumnIndex": left, "endRowIndex": bottom, "endColumnIndex": right}


def near(one: Locator, other: Locator) -> bool:
    """Whether both begin at the same place, but for the width of a frame."""
    here, there = one.bounding_box(), other.bounding_box()
    if not here or not there:
        return False
    return abs(here["x"] - there["x"]) < 3 and abs(here["y"] - there["y"]) < 3


def test_a_filter_leaves_rows_out_until_it_is_taken_away(work: Worksheet) -> None:
    page = work.page
    work.edit(values=PEOPLE)
    work.shows(B4="open")
    work.cell("B1").click()
    page.get_by_role("button", name="Filter on or off").click()
    expect(work.cell("C1").locator(".sieve")).to_be_visible()
    work.keys("Alt+ArrowDown")
    page.get_by_label("open", exact=True).uncheck()
    page.get_by_role("button", name="Apply").click()
    expect(work.cell("A2")).to_have_count(0)
    expect(work.cell("A4")).to_have_count(0)
    work.cell("A1").click()
    work.keys("ArrowDown")
    work.is_at("A3")
    work.cell("C1").locator(".sieve").click()
    page.get_by_role("button", name="Sort Z to A").click()
    work.shows(A1="Name")
    page.get_by_role("button", name="Filter on or off").click()
    work.shows(A2="Cy", A3="Ada", A4="Bob")


def test_cells_are_coloured_by_rules(work: Worksheet) -> None:
    condition = {"type": "TEXT_EQ", "values": [{"userEnteredValue": "done"}]}
    red = {"backgroundColor": {"red": 1}, "textFormat": {"bold": True}}
    points = {"minpoint": {"type": "MIN", "color": {"blue": 1}}, "maxpoint": {"type": "MAX", "color": {"red": 1}}}
    rules = [
        {"ranges": [place(1, 1, 9, 2)], "booleanRule": {"condition": condition, "format": red}},
        {"ranges": [place(1, 2, 9, 3)], "gradientRule": points},
    ]
    work.edit(*({"addConditionalFormatRule": {"rule": rule}} for rule in rules), values=PEOPLE)
    expect(work.cell("B3")).to_have_css("background-color", "rgb(255, 0, 0)")
    expect(work.cell("B3")).to_have_css("font-weight", "700")
    expect(work.cell("C3")).to_have_css("background-color", "rgb(0, 0, 255)")
    expect(work.cell("C2")).to_have_css("background-color", "rgb(128, 0, 128)")
    expect(work.cell("B2")).not_to_have_css("background-color", "rgb(255, 0, 0)")
    work.window.type("B2", "done")
    expect(work.cell("B2")).to_have_css("background-color", "rgb(255, 0, 0)")
    work.window.type("C2", "9")
    expect(work.cell("C2")).to_have_css("background-color", "rgb(255, 0, 0)")
    work.choose(work.cell("A2"), "Colours by rule…")
    work.page.get_by_label("If").select_option("Text contains")
    work.page.get_by_label("Value").fill("AD")
    work.page.get_by_label("Then").select_option("Yellow")
    work.page.get_by_role("button", name="Save").click()
    expect(work.cell("A2")).to_have_css("background-color", "rgb(255, 242, 204)")
    work.choose(work.cell("A2"), "Remove the colour rules of this tab")
    expect(work.cell("A2")).not_to_have_css("background-color", "rgb(255, 242, 204)")
    expect(work.cell("B3")).not_to_have_css("background-color", "rgb(255, 0, 0)")


def test_a_chart_is_made_of_what_is_selected_moved_and_deleted(work: Worksheet) -> None:
    page, chart = work.page, work.page.get_by_role("img", name="Chart")
    work.edit(values=[["Name", "Open", "Done"], ["Ada", 3, 1], ["Bob", 1, 4]])
    work.shows(C3="4")
    work.select("A1", "C3")
    page.get_by_role("button", name="Insert a chart").click()
    page.get_by_role("menuitem", name="Bar chart").click()
    bars = chart.locator('rect[data-series="Done"]')
    expect(bars).to_have_count(2)
    widths = [box["width"] for bar in bars.all() if (box := bar.bounding_box())]
    assert abs(widths[1] - 4 * widths[0]) < 1
    before = chart.bounding_box()
    assert before
    x, y = before["x"] + 30, before["y"] + 30
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 90, y + 50, steps=3)
    page.mouse.up()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    (moved,) = work.view()["charts"]
    assert (moved["row"], moved["column"], moved["x"]) == (3, 4, 10)
    work.window.type("C2", "8")
    expect(bars.first).to_have_attribute("data-value", "8")
    page.locator(".chart").focus()
    work.keys("Delete")
    expect(chart).to_have_count(0)
    work.keys("Control+z")
    expect(chart).to_be_visible()
    page.get_by_role("button", name="Insert a chart").click()
    page.get_by_role("menuitem", name="Pie chart").click()
    expect(chart.locator("path[data-series]")).to_have_count(2)


def test_a_block_is_moved_and_copied_with_its_looks(work: Worksheet) -> None:
    work.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    work.edit(values=[["bold", "=1+1"]])
    work.shows(B1="2")
    work.cell("A1").click()
    work.keys("Control+b")
    expect(work.cell("A1")).to_have_css("font-weight", "700")
    work.keys("Shift+ArrowRight", "Control+c")
    work.cell("A3").click()
    work.keys("Control+v")
    work.shows(A3="bold", B3="2")
    expect(work.cell("A3")).to_have_css("font-weight", "700")
    work.is_at("A3:B3")
    work.keys("Control+x")
    work.cell("C5").click()
    work.keys("Control+v")
    work.shows(A3="", B3="", C5="bold", D5="2")
    work.cell("C7").click()
    work.keys("Control+v")
    work.shows(C5="bold", C7="bold", D7="2")
    work.keys("Control+z")
    work.shows(C7="")
    work.cell("C5").click()
    expect(work.page.get_by_label("Formula bar")).to_have_value("bold")
    work.keys("Tab")
    expect(work.page.get_by_label("Formula bar")).to_have_value("=1+1")
    work.keys("Control+z", "Control+z")
    work.shows(A3="", C5="", A1="bold")


def test_two_windows_see_each_others_edits_and_places(work: Worksheet, open_window: OpenWindow) -> None:
    other = open_window(work.window.email)
    other.page.goto(other.address())
    work.cell("B2").click()
    expect(other.page.locator(".person")).to_contain_text("New")
    other.cell("D4").click()
    frame, cell = work.page.locator(".person"), work.cell("D4")
    eventually(lambda: near(frame, cell))
    other.page.keyboard.type("from there")
    work.page.keyboard.type("from here")
    work.keys("Enter")
    other.page.keyboard.press("Enter")
    work.shows(B2="from here", D4="from there")
    expect(other.cell("B2")).to_have_text("from here")
    work.choose(work.cell("A1"), "Insert a row above")
    expect(other.cell("D5")).to_have_text("from there")
    other.page.goto("about:blank")
    expect(frame).to_have_count(0)


def test_what_is_being_typed_survives_what_others_do(work: Worksheet) -> None:
    work.cell("A3").click()
    work.page.keyboard.type("half")
    work.edit(values=[["theirs"], [], ["in my cell"]])
    work.shows(A1="theirs")
    work.page.keyboard.type(" done")
    work.keys("Enter")
    work.shows(A3="half done")
    work.cell("B1").click()
    work.page.get_by_label("Formula bar").click()
    work.edit(values=[[None, "not looked at"]])
    work.shows(B1="not looked at")
    work.keys("Enter")
    work.shows(B1="not looked at")
    work.page.get_by_label("Formula bar").fill("mine")
    work.keys("Enter")
    work.shows(B2="mine")
    assert work.view()["rows"][0][1]["v"] == "not looked at"
    work.page.get_by_label("Name box").fill("c9")
    work.edit(values=[["theirs again"]])
    work.shows(A1="theirs again")
    work.keys("Enter")
    work.is_at("C9")


def test_what_is_not_saved_yet_stays_in_sight_and_is_saved_in_order(work: Worksheet) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    work.page.route("**/edits", hold)
    work.cell("D1").click()
    for text in ("soon", "later"):
        work.page.keyboard.type(text)
        work.keys("Enter")
    expect(work.page.get_by_text("Saving…")).to_be_visible()
    work.edit(values=[["theirs"]])
    work.shows(A1="theirs", D1="soon", D2="later")
    work.keys("ArrowUp", "F2", "Escape")
    expect(work.page.get_by_label("Formula bar")).to_have_value("later")
    assert len(held) == 1
    held[0].continue_()
    eventually(lambda: work.page.evaluate("true") and len(held) == 2)
    assert work.view()["rows"][0][3]["v"] == "soon"
    held[1].continue_()
    expect(work.page.get_by_text("Saved", exact=True)).to_be_visible()
    work.keys("Control+z")
    work.shows(D1="soon", D2="")
