"""The chart of a mirror tab. It is made with its tab; Google draws it anew as the rows change."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from numirror.kernel.mirror import TabChart
from numirror.shell.google.batch import Request, chart_changed, new_chart
from numirror.shell.google.cells import Grid

COLUMNS = 7
"""Empty columns that a chart needs on its right-hand place: it may only be anchored to a cell that there is."""
_GAP = 20
"""Pixels between the last column and the chart."""
_BELOW_HEADERS = 1
_APART = 10_000
"""Between the id of a tab and that of its chart, so that no number stands for two things in one spreadsheet."""
_SHAPES = {"COLUMN": "Columns", "LINE": "Lines"}


def id_of(sheet_id: int) -> int:
    """The id of the chart that was made with this tab."""
    return sheet_id + _APART


def ids(grids: Iterable[Grid]) -> Mapping[int, str]:
    """The alternative text of every chart of the Sheet, by its id."""
    return {chart_id: text for grid in grids for chart_id, text in grid.charts.items()}


def new(chart: TabChart, headers: Sequence[str], sheet_id: int) -> Request:
    """Makes the chart right of the last column of a tab with these headers."""
    spec = _spec(chart, headers, sheet_id)
    return new_chart(sheet_id, id_of(sheet_id), spec, _BELOW_HEADERS, len(headers), _GAP)


def redrawn(chart: TabChart, headers: Sequence[str], sheet_id: int, grids: Iterable[Grid]) -> Iterator[Request]:
    """Brings the chart of this tab to its definition, wherever it stands, if it was drawn by another one.

    The alternative text tells: it names all that the definition says. What a person changed otherwise stays theirs.
    """
    drawn = ids(grids).get(id_of(sheet_id))
    if drawn not in {None, _words(chart)}:
        yield chart_changed(id_of(sheet_id), _spec(chart, headers, sheet_id))


def _words(chart: TabChart) -> str:
    return f"{chart.title}. {_SHAPES[chart.kind]} of {', '.join(chart.series)} by {chart.label}."


def _spec(chart: TabChart, headers: Sequence[str], sheet_id: int) -> dict[str, object]:
    def column(header: str) -> dict[str, object]:
        start = headers.index(header)
        # Without rows the range is the whole column, however long it grows.
        source = {"sheetId": sheet_id, "startColumnIndex": start, "endColumnIndex": start + 1}
        return {"sourceRange": {"sources": [source]}}

    basic = {
        "chartType": chart.kind,
        "legendPosition": "BOTTOM_LEGEND",
        "headerCount": 1,
        "axis": [{"position": "BOTTOM_AXIS", "title": chart.label}, {"position": "LEFT_AXIS"}],
        "domains": [{"domain": column(chart.label)}],
        "series": [{"series": column(header), "targetAxis": "LEFT_AXIS"} for header in chart.series],
    }
    return {"title": chart.title, "altText": _words(chart), "basicChart": basic}
