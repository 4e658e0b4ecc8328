"""A spreadsheet as `spreadsheets.get` answers it. Defaults and empty things are left out, as the real server does."""

from typing import Any

import msgspec

from simulator.sheets import a1, cell_data, charts, formats, gridrange, laid
from simulator.sheets.area import Area
from simulator.sheets.mask import Mask, select
from simulator.sheets.model import Mark, Metadata, Protection, Spreadsheet, Tab
from simulator.wire import Json

_PIXELS = {"ROWS": 21, "COLUMNS": 100}
_THEME = {
    "TEXT": (0, 0, 0),
    "BACKGROUND": (255, 255, 255),
    "ACCENT1": (66, 133, 244),
    "ACCENT2": (234, 67, 53),
    "ACCENT3": (251, 188, 4),
    "ACCENT4": (52, 168, 83),
    "ACCENT5": (255, 109, 1),
    "ACCENT6": (70, 189, 198),
    "LINK": (17, 85, 204),
}


class Wish(msgspec.Struct, frozen=True):
    """What the caller wants to see: ranges (none: everything), cells or not, a mask that overrules the latter."""

    ranges: tuple[str, ...] = ()
    cells: bool = False
    mask: Mask | None = None

    @property
    def with_cells(self) -> bool:
        if self.mask is None:
            return self.cells
        return not self.mask or "*" in self.mask or _reaches_data(self.mask.get("sheets"))


def spreadsheet_resource(spreadsheet_id: str, owner: str, spreadsheet: Spreadsheet, wish: Wish) -> Json:
    """The Spreadsheet resource, under the wish's mask. Raises `Invalid` for a range that cannot be read."""
    asked = [a1.resolve(spreadsheet, text) for text in wish.ranges]
    tabs = [tab for tab in spreadsheet.tabs if not asked or any(ref.tab is tab for ref in asked)]
    whole: Json = {
        "spreadsheetId": spreadsheet_id,
        "properties": _properties(spreadsheet),
        "sheets": [
            tab_resource(spreadsheet, tab, owner, [ref.area for ref in asked if ref.tab is tab], wish) for tab in tabs
        ],
        "spreadsheetUrl": f"https://docs.google.com/spreadsheets/d/{spreadsheet_id}/edit",
    }
    if spreadsheet.names:
        whole["namedRanges"] = [laid.named_range(one) for one in spreadsheet.names]
    if own := [metadata_resource(one) for one in spreadsheet.metadata if one.tab is None]:
        whole["developerMetadata"] = own
    return whole if wish.mask is None else _trimmed(select(whole, wish.mask))


def tab_resource(spreadsheet: Spreadsheet, tab: Tab, owner: str, areas: list[Area], wish: Wish) -> Json:
    """One Sheet resource, with a `data` entry for each area (none: one for the whole tab) when cells are wanted."""
    found: Json = {"properties": formats.read_back(tab.properties)}
    if wish.with_cells:
        found["data"] = [_grid_data(spreadsheet, tab, area) for area in areas or [tab.grid]]
    if tab.merges:
        found["merges"] = [gridrange.write(tab.id, area) for area in tab.merges]
    if tab.protections:
        found["protectedRanges"] = [protection_resource(tab, one, owner) for one in tab.protections]
    if tab.charts:
        found["charts"] = [charts.resource(tab, one) for one in tab.charts]
    if own := [metadata_resource(one) for one in spreadsheet.metadata if one.tab == tab.id and one.axis is None]:
        found["developerMetadata"] = own
    return found | laid.resources(tab)


def protection_resource(tab: Tab, protection: Protection, owner: str | None) -> Json:
    """A ProtectedRange. With an owner: as it reads back; without: as the reply to its making."""
    users = [owner, *(email for email in protection.editors if email != owner)] if owner else []
    found: Json = {"protectedRangeId": protection.id, "range": gridrange.write(tab.id, protection.area)}
    if protection.description:
        found["description"] = protection.description
    if protection.warning_only:
        found["warningOnly"] = True
    else:
        found["editors"] = {"users": users} if users else {}
    return found | {"requestingUserCanEdit": True}


def metadata_resource(one: Metadata) -> Json:
    """A DeveloperMetadata resource; the type of its place is computed."""
    location: Json = {"locationType": "SPREADSHEET", "spreadsheet": True}
    if one.axis is not None:
        lines: Json = {"sheetId": one.tab} if one.tab else {}
        lines |= {"dimension": one.axis, "startIndex": one.index, "endIndex": one.index + 1}
        location = {"locationType": one.axis.removesuffix("S"), "dimensionRange": lines}
    elif one.tab is not None:
        location = {"locationType": "SHEET", "sheetId": one.tab}
    found = {"metadataId": one.id, "metadataKey": one.key, "location": location, "visibility": one.visibility}
    return found | ({"metadataValue": one.value} if one.value is not None else {})


def _properties(spreadsheet: Spreadsheet) -> Json:
    return {
        "title": spreadsheet.title,
        "locale": spreadsheet.locale,
        "autoRecalc": "ON_CHANGE",
        "timeZone": spreadsheet.time_zone,
        "defaultFormat": formats.read_back(formats.DEFAULT),
        "spreadsheetTheme": {
            "primaryFontFamily": "Arial",
            "themeColors": [
                {"colorType": kind, "color": {"rgbColor": _rgb(*channels)}} for kind, channels in _THEME.items()
            ],
        },
    }


def _rgb(red: int, green: int, blue: int) -> Json:
    channels = {"red": red, "green": green, "blue": blue}
    return {name: formats.eight_bit(part / 255) for name, part in channels.items() if part}


def _grid_data(spreadsheet: Spreadsheet, tab: Tab, area: Area) -> Json:
    rows: list[Json] = []
    for row in range(area.top, min(area.bottom, len(tab.rows))):
        cells = [cell_data.write(tab.cell(row, column)) for column in range(area.left, _width(tab, row, area))]
        rows.append({"values": cells} if cells else {})
    found: Json = {}
    if area.top:
        found["startRow"] = area.top
    if area.left:
        found["startColumn"] = area.left
    found |= {"rowData": rows} if rows else {}
    found["rowMetadata"] = _marks(spreadsheet, tab, "ROWS", tab.row_marks, area)
    found["columnMetadata"] = _marks(spreadsheet, tab, "COLUMNS", tab.column_marks, area)
    return found


def _width(tab: Tab, row: int, area: Area) -> int:
    return min(area.right, len(tab.rows[row]))


def _marks(spreadsheet: Spreadsheet, tab: Tab, axis: str, marks: list[Mark | None], area: Area) -> list[Json]:
    low, high = area.span("ROWS" if axis == "ROWS" else "COLUMNS")
    found = [_mark(marks[line] if line < len(marks) else None, _PIXELS[axis]) for line in range(low, high)]
    for one in spreadsheet.metadata:
        if one.tab == tab.id and one.axis == axis and low <= one.index < high:
            found[one.index - low].setdefault("developerMetadata", []).append(metadata_resource(one))
    return found


def _mark(mark: Mark | None, default: int) -> Json:
    known = mark or Mark()
    size = {"pixelSize": default if known.pixels is None else known.pixels}
    return ({"hiddenByUser": True} if known.hidden else {}) | size


def _reaches_data(sheets: Mask | None) -> bool:
    return sheets is not None and (not sheets or "*" in sheets or "data" in sheets)


def _trimmed(resource: Json) -> Json:
    """Rows and cells that have nothing under the mask are cut from the end."""
    for sheet in resource.get("sheets", []):
        for data in sheet.get("data", []):
            _trim_data(data)
    return resource


def _trim_data(data: Any) -> None:
    rows = data.get("rowData", [])
    for row in rows:
        _cut(row, "values")
    _cut(data, "rowData")


def _cut(holder: Json, name: str) -> None:
    items = holder.get(name, [])
    while items and not items[-1]:
        items.pop()
    if not items:
        holder.pop(name, None)
