"""The chart of a mirror tab: made once with its tab, changed in place, and a person's to take away."""

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from numirror.kernel.mirror import Cell, Column, Happened, Row, Tab, TabChart, TabColumn, Table
from numirror.shell.mirrors.sheet import draw
from numirror.shell.resources.discovery_map import ensure_tabs
from tests.discovery_map.sheet import Json, Sheet


def _project(row: Row | None, _: Happened) -> Row | None:
    return row


def _cells(row: Row) -> tuple[Cell, ...]:
    return row["day"], row["done"], row["new"]


CHART = TabChart("Days at a glance", "Day", ("Done", "New"))
TAB = Tab(
    title="Days",
    table=Table("projection_days", "day", (Column("day", "text"),), _project),
    columns=(TabColumn("Day", 90), TabColumn("Done", 70), TabColumn("New", 70)),
    cells=_cells,
    chart=CHART,
)
LINES = replace(TAB, chart=TabChart("What was done", "Day", ("Done",), "LINE"))


def _charts(sheet: Sheet, tab: str = "Days") -> list[Json]:
    found: list[Json] = sheet.resource(tab).get("charts", [])
    return found


def _basic(chart: Json) -> Json:
    found: Json = chart["spec"]["basicChart"]
    return found


def _columns(chart: Json) -> list[Any]:
    """The source ranges of label and series, in order."""
    basic = _basic(chart)
    data = [*(one["domain"] for one in basic["domains"]), *(one["series"] for one in basic["series"])]
    return [source for one in data for source in one["sourceRange"]["sources"]]


@pytest.fixture
def charted(new_sheet: Callable[[], Sheet]) -> Sheet:
    """A new Discovery Map with a tab that has a chart."""
    sheet = new_sheet()
    ensure_tabs(sheet.spreadsheet, [TAB])
    return sheet


def test_the_chart_is_made_with_its_tab_in_one_write(new_sheet: Callable[[], Sheet]) -> None:
    sheet = new_sheet()
    spreadsheet = sheet.spreadsheet
    assert ensure_tabs(spreadsheet, [TAB])
    assert spreadsheet.calls == ["read", "write"]
    assert len(_charts(sheet)) == 1
    assert not ensure_tabs(spreadsheet, [TAB])
    assert spreadsheet.calls == ["read", "write", "read"]
    assert len(_charts(sheet)) == 1


def test_the_chart_shows_whole_columns_and_takes_their_names_from_the_headers(charted: Sheet) -> None:
    (chart,) = _charts(charted)
    tab = {"sheetId": charted.ids["Days"]}
    assert _columns(chart) == [tab | {"startColumnIndex": at, "endColumnIndex": at + 1} for at in (2, 3, 4)]
    assert (_basic(chart)["headerCount"], _basic(chart)["chartType"]) == (1, "COLUMN")
    assert chart["spec"]["title"] == "Days at a glance"
    assert chart["spec"]["altText"] == "Days at a glance. Columns of Done, New by Day."


def test_the_chart_stands_right_of_the_last_column_with_room_to_be_seen_whole(charted: Sheet) -> None:
    (chart,) = _charts(charted)
    overlay = chart["position"]["overlayPosition"]
    assert overlay["anchorCell"] == {"sheetId": charted.ids["Days"], "rowIndex": 1, "columnIndex": 5}
    widths = [column["pixelSize"] for column in charted.resource("Days")["data"][0]["columnMetadata"]]
    assert sum(widths[5:]) >= overlay["offsetXPixels"] + overlay["widthPixels"]


def test_a_tab_without_a_chart_gets_no_columns_for_one(charted: Sheet) -> None:
    ensure_tabs(charted.spreadsheet, [TAB, replace(TAB, title="Bare", chart=None)])
    assert _charts(charted, "Bare") == []
    assert charted.resource("Bare")["properties"]["gridProperties"]["columnCount"] == 5


def test_a_flush_asks_google_nothing_more_and_the_chart_shows_the_rows(charted: Sheet) -> None:
    spreadsheet = charted.spreadsheet
    (before,) = _charts(charted)
    rows: list[tuple[Row, int]] = [({"day": f"d{at}", "done": at, "new": 1}, at) for at in range(1, 1200)]
    draw(spreadsheet, TAB, rows)
    assert spreadsheet.calls == ["read", "write"]
    assert _charts(charted) == [before]
    found = charted.account.simulator.get(f"/sim/sheets/{charted.account.sheet}")["tabs"]
    (drawn,) = next(tab for tab in found if tab["title"] == "Days")["charts"]
    assert (drawn["labels"][0], drawn["labels"][-1]) == ("d1", "d1199")
    assert [one["name"] for one in drawn["series"]] == ["Done", "New"]


def test_another_definition_changes_the_chart_in_place(charted: Sheet) -> None:
    (before,) = _charts(charted)
    spreadsheet = charted.spreadsheet
    assert not ensure_tabs(spreadsheet, [LINES])
    assert spreadsheet.calls == ["read", "write"]
    (after,) = _charts(charted)
    assert (after["chartId"], after["position"]) == (before["chartId"], before["position"])
    assert (after["spec"]["title"], _basic(after)["chartType"]) == ("What was done", "LINE")
    assert [source["startColumnIndex"] for source in _columns(after)] == [2, 3]
    assert not ensure_tabs(spreadsheet, [LINES])
    assert spreadsheet.calls == ["read", "write", "read"]


def test_a_chart_that_a_person_took_away_stays_away(charted: Sheet) -> None:
    charted.change({"deleteEmbeddedObject": {"objectId": _charts(charted)[0]["chartId"]}})
    spreadsheet = charted.spreadsheet
    for tab in (TAB, LINES):
        assert not ensure_tabs(spreadsheet, [tab])
    assert spreadsheet.calls == ["read", "read"]
    assert _charts(charted) == []


def test_what_a_person_made_of_the_chart_stays_theirs(charted: Sheet) -> None:
    (chart,) = _charts(charted)
    spec = chart["spec"] | {"title": "My days"}
    charted.change({"updateChartSpec": {"chartId": chart["chartId"], "spec": spec}})
    assert not ensure_tabs(charted.spreadsheet, [TAB])
    assert _charts(charted)[0]["spec"]["title"] == "My days"


def test_charts_of_the_persons_own_are_let_be(charted: Sheet) -> None:
    (chart,) = _charts(charted)
    own = {"spec": chart["spec"] | {"altText": "mine"}, "position": chart["position"]}
    charted.change({"addChart": {"chart": own}})
    ensure_tabs(charted.spreadsheet, [LINES])
    assert [one["spec"]["altText"] for one in _charts(charted)][1:] == ["mine"]


def test_a_tab_that_is_made_again_has_a_chart_again(charted: Sheet) -> None:
    charted.remove("Days")
    assert ensure_tabs(charted.spreadsheet, [TAB])
    assert len(_charts(charted)) == 1


def test_a_tab_that_is_set_aside_keeps_its_chart_and_the_new_one_has_its_own(charted: Sheet) -> None:
    (old,) = _charts(charted)
    assert ensure_tabs(charted.spreadsheet, [LINES], broken="Days")
    assert _charts(charted, "Days (old)") == [old]
    (new,) = _charts(charted)
    assert new["chartId"] != old["chartId"]
    assert new["spec"]["title"] == "What was done"


def test_a_chart_that_was_moved_elsewhere_is_no_obstacle_to_a_new_tab(charted: Sheet) -> None:
    (chart,) = _charts(charted)
    elsewhere = {"overlayPosition": {"anchorCell": {"sheetId": charted.ids["Sheet1"]}}}
    charted.change({"deleteEmbeddedObject": {"objectId": chart["chartId"]}})
    charted.change({"addChart": {"chart": chart | {"position": elsewhere}}})
    charted.remove("Days")
    assert ensure_tabs(charted.spreadsheet, [TAB])
    assert len(_charts(charted)) == 1
    assert len(_charts(charted, "Sheet1")) == 1


def test_a_tab_that_has_lost_columns_is_no_obstacle_to_the_others(charted: Sheet) -> None:
    size = {"sheetId": charted.ids["Days"], "gridProperties": {"columnCount": 3}}
    charted.change({"updateSheetProperties": {"properties": size, "fields": "gridProperties.columnCount"}})
    charted.remove("README")
    assert ensure_tabs(charted.spreadsheet, [replace(TAB, chart=replace(CHART, title="Another"))])
    assert "README" in charted.ids
