"""Judges a ChartSpec. The local Google knows columns, bars, lines, areas and pies, over one column of labels."""

from collections.abc import Collection

from simulator.sheets import gridrange
from simulator.sheets.errors import Invalid, SheetsError
from simulator.sheets.model import Spreadsheet
from simulator.wire import Json

_KINDS = frozenset(
    f"{kind}Chart"
    for kind in ("basic", "bubble", "candlestick", "histogram", "org", "pie", "scorecard", "treemap", "waterfall")
)
_NO_KIND = (
    "One of basicChart, pieChart, bubbleChart, candelstickChart, histogramChart, or orgChart must be set on chartSpec."
)
"""Google's words, its misspelling included."""
_TOO_WIDE = "ChartSourceRange ranges require all rows or all columns to have length of 1"
_SPEC = ("title", "altText", "subtitle", "fontName", "hiddenDimensionStrategy", "basicChart", "pieChart")
_BASIC = ("chartType", "legendPosition", "axis", "domains", "series", "headerCount")
_PIE = ("legendPosition", "domain", "series", "pieHole")
_DEFAULTS: Json = {"hiddenDimensionStrategy": "SKIP_HIDDEN_ROWS_AND_COLUMNS", "fontName": "Roboto"}


def kept(spreadsheet: Spreadsheet, given: Json) -> Json:
    """The spec as it reads back. Raises `Invalid`; `SheetsError` for a chart of nothing, as Google does."""
    if not _KINDS & given.keys():
        raise Invalid(_NO_KIND)
    _check_known(given, _SPEC, "a chart")
    if "pieChart" in given:
        return _DEFAULTS | given | {"pieChart": _pie(spreadsheet, given["pieChart"])}
    return _DEFAULTS | given | {"basicChart": _basic(spreadsheet, given["basicChart"])}


def _pie(spreadsheet: Spreadsheet, pie: Json) -> Json:
    _check_known(pie, _PIE, "a pie chart")
    if not pie.get("domain") or not pie.get("series"):
        raise SheetsError
    return pie | {name: _data(spreadsheet, {name: pie[name]}, name) for name in ("domain", "series")}


def _basic(spreadsheet: Spreadsheet, basic: Json) -> Json:
    if not basic.get("domains") and not basic.get("series"):
        raise SheetsError
    _check_basic(basic)
    measured = "BOTTOM_AXIS" if basic["chartType"] == "BAR" else "LEFT_AXIS"
    if any(one.get("targetAxis", measured) != measured for one in basic.get("series", [])):
        raise Invalid(f"The simulator measures series on the {measured} only.")
    return basic | {
        "domains": [{"domain": _data(spreadsheet, one, "domain")} for one in basic.get("domains", [])],
        "series": [one | {"series": _data(spreadsheet, one, "series")} for one in basic.get("series", [])],
    }


def _check_known(given: Json, known: Collection[str], what: str) -> None:
    if unknown := given.keys() - set(known):
        raise Invalid(f"The simulator does not keep {min(unknown)} of {what} yet.")


def _check_basic(basic: Json) -> None:
    _check_known(basic, _BASIC, "a basic chart")
    if basic.get("chartType") not in {"COLUMN", "BAR", "LINE", "AREA"}:
        raise Invalid("The simulator draws COLUMN, BAR, LINE and AREA charts only.")
    if basic.get("headerCount", 0) < 0:
        raise Invalid("The headerCount may not be negative.")
    if len(basic.get("domains", [])) > 1:
        raise Invalid("Only a single domain is supported.")
    places = [axis.get("position") for axis in basic.get("axis", [])]
    if len(places) > len(set(places)):
        raise Invalid("A chart may not have more than one axis per axis position.")
    for axis in basic.get("axis", []):
        _check_known(axis, ("position", "title"), "an axis")


def _data(spreadsheet: Spreadsheet, column: Json, name: str) -> Json:
    """The ChartData of a domain or series: one column of cells, open-ended if it came so."""
    _check_known(column, (name, "targetAxis") if name == "series" else (name,), f"a {name}")
    data = column.get(name, {})
    _check_known(data, ("sourceRange",), "chart data")
    sources = data.get("sourceRange", {}).get("sources", [])
    if len(sources) != 1:
        raise Invalid("The simulator charts one source range for each domain and series.")
    _, area = gridrange.read(spreadsheet, sources[0])
    if area.width > 1 and area.height > 1:
        raise Invalid(_TOO_WIDE)
    if area.width > 1:
        raise Invalid("The simulator charts columns of cells only.")
    source = {edge: value for edge, value in sources[0].items() if edge != "sheetId" or value}
    return {"sourceRange": {"sources": [source]}}
