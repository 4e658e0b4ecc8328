"""Charts: made over cells, read back under masks, moved with what they show, and refused in Google's words."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator.running import Account

Json = dict[str, Any]

ROWS: list[list[Any]] = [["Day", "Done", "New"], ["Mon", 2, 1], ["Tue", "", 4], ["Wed", 3, 0]]


def _column(column: int, **more: int) -> Json:
    return {"sourceRange": {"sources": [{"startColumnIndex": column, "endColumnIndex": column + 1, **more}]}}


def _basic(**more: Any) -> Json:
    return {
        "chartType": "COLUMN",
        "headerCount": 1,
        "domains": [{"domain": _column(0)}],
        "series": [{"series": _column(1)}, {"series": _column(2)}],
        **more,
    }


def _spec(**more: Any) -> Json:
    return {"title": "Days", "altText": "What was done", "basicChart": _basic(**more)}


def _over(row: int = 1, column: int = 4, **more: int) -> Json:
    return {"overlayPosition": {"anchorCell": {"rowIndex": row, "columnIndex": column}, **more}}


def _add(spec: Json | None = None, **more: Any) -> Json:
    return {"addChart": {"chart": {"spec": spec or _spec(), "position": _over(), **more}}}


def _made(person: Account, **more: Any) -> Json:
    chart: Json = person.batch(_add(**more))["replies"][0]["addChart"]["chart"]
    return chart


def _charts(person: Account, sheet: int = 0) -> list[Json]:
    found: list[Json] = person.resource(fields="sheets.charts")["sheets"][sheet].get("charts", [])
    return found


def _source(chart: Json, number: int = 0) -> Json:
    found: Json = chart["spec"]["basicChart"]["series"][number]["series"]["sourceRange"]["sources"][0]
    return found


def _anchor(chart: Json) -> Json:
    found: Json = chart["position"]["overlayPosition"]["anchorCell"]
    return found


def _drawn(person: Account, tab: int = 0) -> list[Json]:
    """The charts as the page gets them."""
    found: list[Json] = person.simulator.get(f"/sim/sheets/{person.sheet}")["tabs"][tab]["charts"]
    return found


def _dimension(kind: str, axis: str, start: int, end: int) -> Json:
    return {kind: {"range": {"sheetId": 0, "dimension": axis, "startIndex": start, "endIndex": end}}}


def test_a_chart_reads_back_as_it_was_made_with_googles_defaults(person: Account) -> None:
    chart = _made(person)
    assert chart["chartId"] > 0
    assert chart["position"] == _over(widthPixels=600, heightPixels=371)
    assert chart["spec"].items() >= _spec().items()
    assert chart["spec"]["hiddenDimensionStrategy"] == "SKIP_HIDDEN_ROWS_AND_COLUMNS"
    assert _charts(person) == [chart]
    assert person.resource()["sheets"][0]["charts"] == [chart]


def test_a_mask_reaches_into_charts(person: Account) -> None:
    _made(person, chartId=7)
    found = person.resource(fields="sheets(properties.sheetId,charts(chartId,spec.altText))")
    expected = {"chartId": 7, "spec": {"altText": "What was done"}}
    assert found == {"sheets": [{"properties": {"sheetId": 0}, "charts": [expected]}]}


def test_a_chart_has_the_id_it_was_given_unless_another_has_it(person: Account) -> None:
    assert _made(person, chartId=7)["chartId"] == 7
    assert person.batch(_add(chartId=7))["error"]["code"] == 400
    person.batch({"deleteEmbeddedObject": {"objectId": 7}})
    assert _charts(person) == []
    assert _made(person, chartId=7)["chartId"] == 7


def test_another_spec_takes_the_place_of_the_whole_old_one(person: Account) -> None:
    _made(person, chartId=7, position=_over(2, 5, widthPixels=300, offsetXPixels=4))
    lines = {"title": "Lines", "basicChart": _basic(chartType="LINE")}
    assert person.batch({"updateChartSpec": {"chartId": 7, "spec": lines}})["replies"] == [{}]
    (chart,) = _charts(person)
    assert (chart["spec"]["title"], chart["spec"]["basicChart"]["chartType"]) == ("Lines", "LINE")
    assert "altText" not in chart["spec"]
    assert chart["position"] == _over(2, 5, widthPixels=300, offsetXPixels=4, heightPixels=371)


def test_unmodified_gspread_and_googles_client_see_the_chart(person: Account) -> None:
    book = person.gspread().open_by_key(person.sheet)
    reply = book.batch_update({"requests": [_add(chartId=7)]})["replies"][0]
    assert reply["addChart"]["chart"]["chartId"] == 7
    assert book.fetch_sheet_metadata({"fields": "sheets.charts.chartId"}) == {"sheets": [{"charts": [{"chartId": 7}]}]}
    sheets = person.google("sheets", "v4").spreadsheets()
    change = {"requests": [{"updateChartSpec": {"chartId": 7, "spec": _spec(chartType="LINE")}}]}
    sheets.batchUpdate(spreadsheetId=person.sheet, body=change).execute()
    found = sheets.get(spreadsheetId=person.sheet, fields="sheets.charts").execute()
    assert found["sheets"][0]["charts"][0]["spec"]["basicChart"]["chartType"] == "LINE"


_WIDE = {"sourceRange": {"sources": [{"startColumnIndex": 0, "endColumnIndex": 2}]}}
_NO_KIND = "One of basicChart, pieChart, bubbleChart, candelstickChart, histogramChart, or orgChart must be set"
_NO_PLACE = "One of EmbeddedObjectPosition.overlayPosition or EmbeddedObjectPosition.sheetId must be set"


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (_add(spec={"title": "Nothing"}), f"Invalid requests[0].addChart: {_NO_KIND}"),
        (_add(spec=_spec(series=[{"series": _WIDE}])), "ChartSourceRange ranges require all rows or all columns to"),
        (_add(spec=_spec(series=[{"series": {}}])), "one source range"),
        (_add(spec=_spec(series=[{"series": _column(0, sheetId=9)}])), "No grid with id: 9"),
        (_add(spec=_spec(series=[{"series": _column(26)}])), "exceeds grid limits"),
        (_add(spec=_spec(series=[{"series": _column(1), "targetAxis": "RIGHT_AXIS"}])), "LEFT_AXIS only"),
        (_add(spec=_spec(series=[{"series": _column(1, startRowIndex=0, endRowIndex=1), "type": "LINE"}])), "type"),
        (_add(spec=_spec(domains=[{"domain": _column(0)}] * 2)), "Only a single domain"),
        (_add(spec=_spec(axis=[{"position": "LEFT_AXIS"}] * 2)), "more than one axis per axis position"),
        (_add(spec=_spec(axis=[{"position": "LEFT_AXIS", "viewWindowOptions": {}}])), "viewWindowOptions"),
        (_add(spec=_spec(chartType="SCATTER")), "COLUMN, BAR, LINE and AREA charts only"),
        (_add(spec=_spec(chartType="BAR", series=[{"series": _column(1), "targetAxis": "LEFT_AXIS"}])), "BOTTOM_AXIS"),
        (_add(spec={"pieChart": {"domain": _column(0), "series": _WIDE}}), "ChartSourceRange ranges require"),
        (_add(spec={"pieChart": {"domain": _column(0), "threeDimensional": True}}), "does not keep threeDimensional"),
        (_add(spec=_spec(chartType="CAKE")), "Invalid value at 'requests[0].addChart.chart.spec.basicChart.chartType'"),
        (_add(spec=_spec(headerCount=-1)), "may not be negative"),
        (_add(spec=_spec(threeDimensional=True)), "does not keep threeDimensional"),
        (_add(spec=_spec() | {"maximized": True}), "does not keep maximized"),
        (_add(spec=_spec() | {"colour": "red"}), 'Unknown name "colour"'),
        (_add(border={}), "does not keep border"),
        (_add(chartId=-1), "not positive"),
        (_add(position={}), f"Invalid requests[0].addChart: {_NO_PLACE}"),
        (_add(position={"overlayPosition": {}}), _NO_PLACE),
        (
            _add(position={"sheetId": 0}),
            "Cannot add chart to new sheet with ID: 0, a sheet with that ID already exists.",
        ),
        (_add(position={"newSheet": True}), "not on sheets of their own"),
        (_add(position=_over(0, 26)), "exceeds grid limits"),
        (_add(position=_over(widthPixels=-1)), "may not be negative"),
        (_add(position={"overlayPosition": {"anchorCell": {"sheetId": 9}}}), "No grid with id: 9"),
        ({"updateChartSpec": {"chartId": 9, "spec": _spec()}}, "No chart with id: 9"),
        ({"deleteEmbeddedObject": {"objectId": 9}}, "No embedded object with id: 9"),
    ],
)
def test_a_wrong_chart_is_refused(person: Account, request_: Json, words: str) -> None:
    error = person.batch(request_)["error"]
    assert (error["code"], error["status"]) == (400, "INVALID_ARGUMENT")
    assert words in error["message"]
    assert _charts(person) == []


def test_a_chart_of_nothing_is_googles_own_fault(person: Account) -> None:
    error = person.batch(_add(spec=_spec(domains=[], series=[])))["error"]
    assert (error["code"], error["status"]) == (500, "INTERNAL")


def test_a_chart_follows_rows_and_columns(person: Account) -> None:
    _made(person, spec=_spec(series=[{"series": _column(1, startRowIndex=2, endRowIndex=6)}]))
    person.batch(_dimension("insertDimension", "ROWS", 0, 2), _dimension("insertDimension", "COLUMNS", 1, 2))
    (chart,) = _charts(person)
    assert _source(chart) == {"startRowIndex": 4, "endRowIndex": 8, "startColumnIndex": 2, "endColumnIndex": 3}
    assert _anchor(chart) == {"rowIndex": 3, "columnIndex": 5}
    person.batch(_dimension("deleteDimension", "ROWS", 3, 6), _dimension("deleteDimension", "COLUMNS", 1, 2))
    (chart,) = _charts(person)
    assert _source(chart) == {"startRowIndex": 3, "endRowIndex": 5, "startColumnIndex": 1, "endColumnIndex": 2}
    assert _anchor(chart) == {"rowIndex": 3, "columnIndex": 4}


def test_a_whole_column_stays_a_whole_column(person: Account) -> None:
    _made(person)
    append = {"appendDimension": {"sheetId": 0, "dimension": "ROWS", "length": 5}}
    person.batch(_dimension("insertDimension", "ROWS", 0, 3), _dimension("deleteDimension", "ROWS", 0, 1), append)
    assert _source(_charts(person)[0]) == {"startColumnIndex": 1, "endColumnIndex": 2}


def test_a_series_goes_with_its_column_and_the_chart_stays(person: Account) -> None:
    _made(person)
    person.batch(_dimension("deleteDimension", "COLUMNS", 1, 2))
    (chart,) = _charts(person)
    assert len(chart["spec"]["basicChart"]["series"]) == 1
    assert _source(chart) == {"startColumnIndex": 1, "endColumnIndex": 2}


def test_an_anchor_never_leaves_the_grid(person: Account) -> None:
    _made(person, position=_over(999, 25))
    person.batch(_dimension("deleteDimension", "ROWS", 10, 1000), _dimension("deleteDimension", "COLUMNS", 5, 26))
    assert _anchor(_charts(person)[0]) == {"rowIndex": 9, "columnIndex": 4}


def test_a_chart_goes_with_its_tab_and_loses_what_it_showed_of_another(person: Account) -> None:
    person.batch({"addSheet": {"properties": {"title": "B", "sheetId": 5}}})
    _made(person, chartId=1, spec=_spec(series=[{"series": _column(1, sheetId=5)}, {"series": _column(2)}]))
    there = {"overlayPosition": {"anchorCell": {"sheetId": 5}}}
    assert _anchor(_made(person, chartId=2, position=there)) == {"sheetId": 5}
    person.batch({"deleteSheet": {"sheetId": 5}})
    (chart,) = _charts(person)
    assert chart["chartId"] == 1
    assert [_source(chart, 0)] == [{"startColumnIndex": 2, "endColumnIndex": 3}]


def test_a_copied_tab_shows_its_own_cells(person: Account) -> None:
    _made(person, chartId=7)
    person.batch({"duplicateSheet": {"sourceSheetId": 0, "newSheetId": 5, "insertSheetIndex": 1}})
    (old,), (new,) = _charts(person), _charts(person, 1)
    assert (old["chartId"], new["chartId"] == 7) == (7, False)
    assert (_source(old).get("sheetId"), _source(new)["sheetId"], _anchor(new)["sheetId"]) == (None, 5, 5)


def test_a_refused_batch_leaves_the_charts_as_they_were(person: Account) -> None:
    _made(person, chartId=7)
    before = _charts(person)
    update = {"updateChartSpec": {"chartId": 7, "spec": _spec(chartType="LINE")}}
    person.batch(update, {"deleteEmbeddedObject": {"objectId": 7}}, {"deleteSheet": {"sheetId": 9}})
    assert _charts(person) == before


def test_the_page_gets_what_the_cells_say_now(person: Account) -> None:
    person.put("A1", ROWS)
    _made(person)
    (chart,) = _drawn(person)
    assert chart["labels"] == ["Mon", "Tue", "Wed"]
    assert chart["series"] == [{"name": "Done", "values": [2, None, 3]}, {"name": "New", "values": [1, 4, 0]}]
    assert (chart["bottomTitle"], chart["leftTitle"], chart["kind"]) == ("Day", "", "COLUMN")
    person.put("A5", [["Thu", 9]])
    (chart,) = _drawn(person)
    assert (chart["labels"][-1], chart["series"][0]["values"][-1]) == ("Thu", 9)
    assert chart["series"][1]["values"][-1] is None


def test_a_pie_is_kept_drawn_and_follows_its_cells(person: Account) -> None:
    person.put("A1", ROWS)
    pie = {"domain": _column(0), "series": _column(2), "pieHole": 0.5}
    assert _made(person, spec={"title": "Days", "pieChart": pie})["spec"]["pieChart"] == pie
    (drawn,) = _drawn(person)
    assert (drawn["kind"], drawn["hole"], drawn["labels"]) == ("PIE", 0.5, ["Mon", "Tue", "Wed"])
    assert drawn["series"] == [{"name": "New", "values": [1, 4, 0]}]
    person.batch(_dimension("insertDimension", "COLUMNS", 1, 2))
    assert _drawn(person)[0]["series"] == drawn["series"]
    person.batch(_dimension("deleteDimension", "COLUMNS", 3, 4))
    assert _drawn(person)[0]["series"] == []


def test_the_page_shows_no_hidden_row_or_column(person: Account) -> None:
    person.put("A1", ROWS)
    _made(person)
    for axis, index in (("ROWS", 2), ("COLUMNS", 1)):
        span = {"dimension": axis, "startIndex": index, "endIndex": index + 1}
        hide = {"range": span, "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}
        person.batch({"updateDimensionProperties": hide})
    (chart,) = _drawn(person)
    assert chart["labels"] == ["Mon", "Wed"]
    assert chart["series"] == [{"name": "New", "values": [1, 0]}]


def test_an_empty_chart_is_drawn_without_data(person: Account) -> None:
    _made(person)
    (chart,) = _drawn(person)
    assert (chart["labels"], [one["values"] for one in chart["series"]]) == ([], [[], []])
