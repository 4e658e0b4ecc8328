"""Charts of a spreadsheet: as they read back, and how they follow the cells that they show."""

import secrets
from collections.abc import Callable, Iterator

import msgspec

from simulator.sheets.area import Axis, Moved
from simulator.sheets.model import Chart, Spreadsheet, Tab
from simulator.wire import Json

_Change = Callable[[Json], Json | None]
"""What becomes of a source range; None: its cells are gone."""

_EDGES = {"ROWS": ("startRowIndex", "endRowIndex"), "COLUMNS": ("startColumnIndex", "endColumnIndex")}
_UNBOUNDED = 2**31


def resource(tab: Tab, chart: Chart) -> Json:
    """An EmbeddedChart. Numbers that are 0 are left out, but for the edges of ranges."""
    anchor = {"sheetId": tab.id, "rowIndex": chart.row, "columnIndex": chart.column}
    overlay = {
        "anchorCell": {name: number for name, number in anchor.items() if number},
        "offsetXPixels": chart.x,
        "offsetYPixels": chart.y,
        "widthPixels": chart.width,
        "heightPixels": chart.height,
    }
    position = {"overlayPosition": {name: value for name, value in overlay.items() if value != 0}}
    return {"chartId": chart.id, "spec": chart.spec, "position": position}


def free_id(spreadsheet: Spreadsheet) -> int:
    """A random id that no chart has."""
    taken = {chart.id for tab in spreadsheet.tabs for chart in tab.charts}
    return next(number for number in iter(lambda: secrets.randbelow(2**31 - 1) + 1, 0) if number not in taken)


def follow(spreadsheet: Spreadsheet, tab: Tab, axis: Axis, moved: Moved) -> None:
    """Rows or columns of `tab` went where `moved` says. A series that has lost all its cells goes too."""

    def change(source: Json) -> Json | None:
        if source.get("sheetId", 0) != tab.id:
            return source
        first, last = _EDGES[axis]
        low, high = moved(source.get(first, 0), source.get(last, _UNBOUNDED))
        if low >= high:
            return None
        return source | {name: edge for name, edge in ((first, low), (last, high)) if name in source}

    _change(spreadsheet, change)
    most = tab.grid.span(axis)[1] - 1
    name = "row" if axis == "ROWS" else "column"
    tab.charts = [
        msgspec.structs.replace(chart, **{name: min(moved(at, at + 1)[0], most)})
        for chart in tab.charts
        for at in [getattr(chart, name)]
    ]


def forget(spreadsheet: Spreadsheet, gone: Tab) -> None:
    """A tab went: what charts of others showed of it goes too."""
    _change(spreadsheet, lambda source: None if source.get("sheetId", 0) == gone.id else source)


def copied(chart: Chart, source: Tab, target: Tab) -> Chart:
    """The chart under an id of its own, showing the cells of `target` where it showed those of `source`."""

    def change(old: Json) -> Json:
        return old | {"sheetId": target.id} if old.get("sheetId", 0) == source.id else old

    spec = _with_sources(chart.spec, change)
    return msgspec.structs.replace(chart, id=secrets.randbelow(2**31 - 1) + 1, spec=spec)


def _change(spreadsheet: Spreadsheet, change: _Change) -> None:
    for tab in spreadsheet.tabs:
        tab.charts = [msgspec.structs.replace(chart, spec=_with_sources(chart.spec, change)) for chart in tab.charts]


def _with_sources(spec: Json, change: _Change) -> Json:
    if "pieChart" in spec:
        return spec | {"pieChart": _with_pie_sources(spec["pieChart"], change)}
    basic = spec["basicChart"]
    domains = list(_changed(basic["domains"], "domain", change))
    series = list(_changed(basic["series"], "series", change))
    return spec | {"basicChart": basic | {"domains": domains, "series": series}}


def _with_pie_sources(pie: Json, change: _Change) -> Json:
    rest = {name: value for name, value in pie.items() if name not in {"domain", "series"}}
    for name in pie.keys() & {"domain", "series"}:
        for column in _changed([{name: pie[name]}], name, change):
            rest |= column
    return rest


def _changed(columns: list[Json], name: str, change: _Change) -> Iterator[Json]:
    for column in columns:
        (source,) = column[name]["sourceRange"]["sources"]
        after = change(source)
        if after is not None:
            yield column | {name: {"sourceRange": {"sources": [after]}}}
