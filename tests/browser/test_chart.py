"""The chart beside the rows of a tab, as a person sees it."""

from playwright.sync_api import expect

from numirror.domains.reporting.mirrors import REPORTS_TAB
from tests.browser.window import Window


def test_the_chart_of_a_tab_stands_beside_its_rows_and_grows_with_them(window: Window) -> None:
    assert REPORTS_TAB.chart
    window.add("Water the plants")
    window.show_tab("Reports")
    chart = window.page.get_by_role("img", name=REPORTS_TAB.chart.title)
    bars = chart.locator('rect[data-series="New"]')
    expect(bars).to_have_attribute("data-value", "1")
    expect(chart.get_by_text("Done", exact=True)).to_be_visible()
    expect(chart.get_by_text("Day", exact=True)).to_be_visible()
    before = bars.bounding_box()
    window.add("Call home")
    window.tick("Call home")
    expect(bars).to_have_attribute("data-value", "2")
    expect(chart.locator('rect[data-series="Done"]')).to_have_attribute("data-value", "1")
    after, last, whole = bars.bounding_box(), window.cell("F2").bounding_box(), chart.bounding_box()
    assert before and after and last and whole
    assert whole["x"] >= last["x"] + last["width"]
    assert whole["y"] >= last["y"]
    assert after["x"] == before["x"]
    window.show_tab("Tasks")
    expect(chart).to_have_count(0)
