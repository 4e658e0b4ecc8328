"""Requests about charts. A chart keeps its id for good, and follows the cells that it shows."""

from typing import NoReturn

import msgspec

from simulator.sheets import a1, chart_spec, charts, gridrange
from simulator.sheets.area import Area
from simulator.sheets.errors import Invalid, beyond_grid
from simulator.sheets.kinds import masks
from simulator.sheets.mask import merged
from simulator.sheets.model import Chart, Spreadsheet, Tab
from simulator.wire import Json

_WIDTH, _HEIGHT = 600, 371


def add(spreadsheet: Spreadsheet, body: Json) -> Json:
    """addChart: over the cells of a tab; reply with the whole chart."""
    given = body.get("chart", {})
    if unknown := given.keys() - {"chartId", "spec", "position"}:
        raise Invalid(f"The simulator does not keep {min(unknown)} of a chart yet.")
    spec = chart_spec.kept(spreadsheet, given.get("spec", {}))
    tab, chart = _placed(spreadsheet, given.get("position", {}), _id(spreadsheet, given.get("chartId")), spec)
    tab.charts = [*tab.charts, chart]
    return {"addChart": {"chart": charts.resource(tab, chart)}}


def update(spreadsheet: Spreadsheet, body: Json) -> Json:
    """updateChartSpec: the new spec takes the place of the whole old one; the chart stays where it is."""
    wanted = body.get("chartId", 0)
    tab = _holder(spreadsheet, wanted)
    if tab is None:
        raise Invalid(f"No chart with id: {wanted}")
    spec = chart_spec.kept(spreadsheet, body.get("spec", {}))
    tab.charts = [msgspec.structs.replace(one, spec=spec) if one.id == wanted else one for one in tab.charts]
    return {}


def move(spreadsheet: Spreadsheet, body: Json) -> Json:
    """updateEmbeddedObjectPosition: another place; what the mask does not name of it stays."""
    wanted = body.get("objectId", 0)
    tab = _holder(spreadsheet, wanted)
    if tab is None:
        raise Invalid(f"No embedded object with id: {wanted}")
    mask = masks.required(body, "OverlayPosition") if body.get("fields") != "*" else {"*": {}}
    old = next(one for one in tab.charts if one.id == wanted)
    given = body.get("newPosition", {}).get("overlayPosition", {})
    known = charts.resource(tab, old)["position"]["overlayPosition"]
    position = {"overlayPosition": merged(known, given, mask)}
    target, new = _placed(spreadsheet, position, wanted, old.spec)
    tab.charts = [one for one in tab.charts if one is not old]
    target.charts = [*target.charts, new]
    return {"updateEmbeddedObjectPosition": {"position": charts.resource(target, new)["position"]}}


def delete(spreadsheet: Spreadsheet, body: Json) -> Json:
    """deleteEmbeddedObject."""
    wanted = body.get("objectId", 0)
    tab = _holder(spreadsheet, wanted)
    if tab is None:
        raise Invalid(f"No embedded object with id: {wanted}")
    tab.charts = [one for one in tab.charts if one.id != wanted]
    return {}


def _holder(spreadsheet: Spreadsheet, chart_id: int) -> Tab | None:
    return next((tab for tab in spreadsheet.tabs if any(one.id == chart_id for one in tab.charts)), None)


def _id(spreadsheet: Spreadsheet, wanted: int | None) -> int:
    if wanted is None:
        return charts.free_id(spreadsheet)
    if wanted < 1 or _holder(spreadsheet, wanted):
        raise Invalid(f"The embedded object id {wanted} is taken or not positive.")
    return wanted


def _placed(spreadsheet: Spreadsheet, position: Json, chart_id: int, spec: Json) -> tuple[Tab, Chart]:
    overlay = position.get("overlayPosition", {})
    anchor = overlay.get("anchorCell")
    if anchor is None:
        _refuse_own_sheet(spreadsheet, position)
    tab = gridrange.tab_of(spreadsheet, anchor.get("sheetId", 0))
    row, column = anchor.get("rowIndex", 0), anchor.get("columnIndex", 0)
    cell = Area(row, column, row + 1, column + 1)
    if not tab.grid.covers(cell):
        raise beyond_grid(a1.written(tab, cell), tab.grid.bottom, tab.grid.right)
    pixels = (
        overlay.get("offsetXPixels", 0),
        overlay.get("offsetYPixels", 0),
        overlay.get("widthPixels") or _WIDTH,
        overlay.get("heightPixels") or _HEIGHT,
    )
    if min(pixels) < 0:
        raise Invalid("Offsets and sizes of an embedded object may not be negative.")
    return tab, Chart(chart_id, spec, row, column, *pixels)


def _refuse_own_sheet(spreadsheet: Spreadsheet, position: Json) -> NoReturn:
    sheet_id = position.get("sheetId")
    if sheet_id is None and not position.get("newSheet"):
        raise Invalid("One of EmbeddedObjectPosition.overlayPosition or EmbeddedObjectPosition.sheetId must be set")
    if sheet_id is not None and spreadsheet.tab(sheet_id):
        raise Invalid(f"Cannot add chart to new sheet with ID: {sheet_id}, a sheet with that ID already exists.")
    raise Invalid("The simulator puts charts over cells only, not on sheets of their own.")
