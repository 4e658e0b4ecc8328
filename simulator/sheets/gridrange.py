"""Google's GridRange and DimensionRange: read from requests, written in answers."""

from simulator.sheets import a1
from simulator.sheets.area import Area, Axis
from simulator.sheets.errors import Invalid, beyond_grid
from simulator.sheets.model import Spreadsheet, Tab
from simulator.wire import Json


def tab_of(spreadsheet: Spreadsheet, sheet_id: int) -> Tab:
    """The tab with this id. Raises `Invalid` when there is none."""
    tab = spreadsheet.tab(sheet_id)
    if tab is None:
        raise Invalid(f"No grid with id: {sheet_id}")
    return tab


def read(spreadsheet: Spreadsheet, given: Json) -> tuple[Tab, Area]:
    """Tab and area of a GridRange; a missing edge is the edge of the grid. Raises `Invalid` outside the grid."""
    tab = tab_of(spreadsheet, given.get("sheetId", 0))
    grid = tab.grid
    area = Area(
        given.get("startRowIndex", 0),
        given.get("startColumnIndex", 0),
        given.get("endRowIndex", grid.bottom),
        given.get("endColumnIndex", grid.right),
    )
    if area.empty or area.top < 0 or area.left < 0:
        raise Invalid("Invalid range: the end must lie behind the start.")
    if not grid.covers(area):
        raise beyond_grid(a1.written(tab, area), grid.bottom, grid.right)
    return tab, area


def is_whole_tab(given: Json) -> bool:
    return not given.keys() - {"sheetId"}


def write(sheet_id: int, area: Area | None) -> Json:
    """A GridRange as the server answers: `sheetId` 0 is left out, so is what a whole tab does not need."""
    found: Json = {"sheetId": sheet_id} if sheet_id else {}
    if area is None:
        return found
    return found | {
        "startRowIndex": area.top,
        "endRowIndex": area.bottom,
        "startColumnIndex": area.left,
        "endColumnIndex": area.right,
    }


def read_lines(spreadsheet: Spreadsheet, given: Json) -> tuple[Tab, Axis, int, int]:
    """Tab, axis, start and end of a DimensionRange; a missing edge is the edge of the grid.

    Raises `Invalid` when the rows or columns do not exist."""
    tab = tab_of(spreadsheet, given.get("sheetId", 0))
    axis = read_axis(given)
    _, most = tab.grid.span(axis)
    start, end = given.get("startIndex", 0), given.get("endIndex", most)
    if not 0 <= start < end:
        raise Invalid("Invalid dimension range: the end must lie behind the start.")
    if end > most:
        name = "row" if axis == "ROWS" else "column"
        raise Invalid(
            f"Cannot touch a {name} that doesn't exist. Tried {name} index {end - 1} but there are only {most} {name}s."
        )
    return tab, axis, start, end


def read_axis(given: Json) -> Axis:
    match given.get("dimension"):
        case "ROWS":
            return "ROWS"
        case "COLUMNS":
            return "COLUMNS"
        case _:
            raise Invalid("No dimension specified.")
