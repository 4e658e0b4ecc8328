"""Requests about whole tabs and about the spreadsheet itself."""

import secrets
import zoneinfo

import msgspec

from simulator.sheets import a1, changing, charts, formats, gridrange
from simulator.sheets.errors import Invalid
from simulator.sheets.formulas import references
from simulator.sheets.kinds import masks
from simulator.sheets.mask import merged
from simulator.sheets.model import COLUMNS, ROWS, Spreadsheet, Tab, new_tab
from simulator.wire import Json

_LONGEST_TITLE = 100


def add(spreadsheet: Spreadsheet, body: Json) -> Json:
    """addSheet: reply with the full properties; without an index the tab comes last."""
    given = body.get("properties", {})
    if given.get("sheetType", "GRID") != "GRID":
        raise Invalid("The simulator makes GRID sheets only.")
    size = given.get("gridProperties", {})
    title = given.get("title") or _free_title(spreadsheet, "Sheet")
    _check_title(spreadsheet, title, None)
    index = _checked_index(spreadsheet, given.get("index", len(spreadsheet.tabs)))
    tab = new_tab(
        _free_id(spreadsheet, given.get("sheetId")),
        title,
        index,
        size.get("rowCount", ROWS),
        size.get("columnCount", COLUMNS),
    )
    tab.properties = formats.kept(given | tab.properties | {"gridProperties": size | tab.properties["gridProperties"]})
    _check_grid(tab)
    spreadsheet.tabs.insert(index, tab)
    _number(spreadsheet)
    changing.check_size(spreadsheet)
    return {"addSheet": {"properties": formats.read_back(tab.properties)}}


def delete(spreadsheet: Spreadsheet, body: Json) -> Json:
    """deleteSheet."""
    tab = gridrange.tab_of(spreadsheet, body.get("sheetId", 0))
    if len(spreadsheet.tabs) == 1:
        raise Invalid("You can't remove all the sheets in a document.")
    spreadsheet.tabs = [other for other in spreadsheet.tabs if other is not tab]
    spreadsheet.metadata = [one for one in spreadsheet.metadata if one.tab != tab.id]
    spreadsheet.names = [one for one in spreadsheet.names if one.tab != tab.id]
    charts.forget(spreadsheet, tab)
    _check_one_visible(spreadsheet)
    _number(spreadsheet)
    return {}


def duplicate(spreadsheet: Spreadsheet, body: Json) -> Json:
    """duplicateSheet: values, formats, merges, protections and charts come along."""
    source = gridrange.tab_of(spreadsheet, body.get("sourceSheetId", 0))
    title = body.get("newSheetName") or _free_title(spreadsheet, f"Copy of {source.title} ")
    _check_title(spreadsheet, title, None)
    index = _checked_index(spreadsheet, body.get("insertSheetIndex", 0))
    tab = source.copy()
    tab.protections = [msgspec.structs.replace(one, id=secrets.randbelow(2**31 - 1) + 1) for one in tab.protections]
    tab.properties = source.properties | {
        "sheetId": _free_id(spreadsheet, body.get("newSheetId")),
        "title": title,
    }
    tab.charts = [charts.copied(one, source, tab) for one in tab.charts]
    spreadsheet.tabs.insert(index, tab)
    _number(spreadsheet)
    changing.check_size(spreadsheet)
    return {"duplicateSheet": {"properties": formats.read_back(tab.properties)}}


def copy_to(source: Tab, target: Spreadsheet) -> Tab:
    """sheets.copyTo: a tab of another spreadsheet comes last, under a title that is free there."""
    tab = source.copy()
    tab.protections = [msgspec.structs.replace(one, id=secrets.randbelow(2**31 - 1) + 1) for one in tab.protections]
    title = _free_title(target, f"Copy of {source.title} ")
    tab.properties = source.properties | {"sheetId": _free_id(target, None), "title": title}
    tab.charts = [charts.copied(one, source, tab) for one in tab.charts]
    target.tabs = [*target.tabs, tab]
    _number(target)
    changing.check_size(target)
    return tab


def update(spreadsheet: Spreadsheet, body: Json) -> Json:
    """updateSheetProperties: title, index, hidden, colour, size, frozen rows and columns."""
    mask = masks.required(body, "SheetProperties")
    given = body.get("properties", {})
    tab = gridrange.tab_of(spreadsheet, given.get("sheetId", 0))
    old = tab.properties
    new = merged(old, formats.kept(given), formats.kept_mask(mask))
    new |= {name: old[name] for name in ("sheetId", "sheetType")}
    size = {"rowCount": tab.grid.bottom, "columnCount": tab.grid.right} | new.get("gridProperties", {})
    index = new.get("index", 0)
    tab.properties = new | {"gridProperties": _without_zeros(size), "index": old["index"]}
    _check_title(spreadsheet, str(new.get("title", "")), tab)
    references.renamed(spreadsheet, str(old["title"]), a1.quoted(tab.title))
    _resize(spreadsheet, tab, old, size)
    _check_grid(tab)
    _check_one_visible(spreadsheet)
    _move(spreadsheet, tab, index)
    return {}


def update_spreadsheet(spreadsheet: Spreadsheet, body: Json) -> Json:
    """updateSpreadsheetProperties: title, locale, time zone."""
    mask = masks.required(body, "SpreadsheetProperties")
    given = body.get("properties", {})
    names = {"title", "locale", "timeZone"} if "*" in mask else mask.keys()
    if unknown := names - {"title", "locale", "timeZone"}:
        raise Invalid(f"The simulator does not keep {min(unknown)} of a spreadsheet yet.")
    if "title" in names:
        spreadsheet.title = given.get("title") or _required("title")
    if "locale" in names:
        spreadsheet.locale = given.get("locale") or _required("locale")
    if "timeZone" in names:
        spreadsheet.time_zone = _zone(given.get("timeZone", ""))
    return {}


def _required(name: str) -> str:
    raise Invalid(f"The {name} may not be empty.")


def _zone(name: str) -> str:
    try:
        return zoneinfo.ZoneInfo(name).key
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError) as error:
        raise Invalid(f"Invalid time zone: {name}") from error


def _check_title(spreadsheet: Spreadsheet, title: str, own: Tab | None) -> None:
    if not title or len(title) > _LONGEST_TITLE:
        raise Invalid(f"A sheet's title has 1 to {_LONGEST_TITLE} characters.")
    if any(tab is not own and tab.title.casefold() == title.casefold() for tab in spreadsheet.tabs):
        raise Invalid(f'A sheet with the name "{title}" already exists. Please enter another name.')


def _free_title(spreadsheet: Spreadsheet, start: str) -> str:
    names = {tab.title.casefold() for tab in spreadsheet.tabs}
    plain = start.strip()
    if plain != start and plain.casefold() not in names:
        return plain
    number = 1 + len(names)
    while f"{start}{number}".casefold() in names:
        number += 1
    return f"{start}{number}"


def _free_id(spreadsheet: Spreadsheet, wanted: int | None) -> int:
    taken = {tab.id for tab in spreadsheet.tabs}
    if wanted is None:
        return next(number for number in iter(lambda: secrets.randbelow(2**31 - 1) + 1, 0) if number not in taken)
    if wanted in taken or wanted < 0:
        raise Invalid(f"Sheet id {wanted} is already taken or negative.")
    return wanted


def _checked_index(spreadsheet: Spreadsheet, index: int) -> int:
    if not 0 <= index <= len(spreadsheet.tabs):
        raise Invalid(f"Sheet index {index} is out of range: there are {len(spreadsheet.tabs)} sheets.")
    return index


def _check_grid(tab: Tab) -> None:
    size = tab.properties["gridProperties"]
    if size["rowCount"] < 1 or size["columnCount"] < 1:
        raise Invalid("The grid must have at least one row and one column.")
    if size.get("frozenRowCount", 0) >= size["rowCount"]:
        raise Invalid("You can't freeze all visible rows on the sheet.")
    if size.get("frozenColumnCount", 0) >= size["columnCount"]:
        raise Invalid("You can't freeze all visible columns on the sheet.")


def _check_one_visible(spreadsheet: Spreadsheet) -> None:
    if all(tab.properties.get("hidden") for tab in spreadsheet.tabs):
        raise Invalid("You can't hide all the sheets in a document.")


def _resize(spreadsheet: Spreadsheet, tab: Tab, old: Json, size: Json) -> None:
    """Cut what lies outside the new size; the frozen counts are those asked for."""
    asked = tab.properties["gridProperties"]
    before = old["gridProperties"]
    tab.properties = tab.properties | {
        "gridProperties": asked | {"rowCount": before["rowCount"], "columnCount": before["columnCount"]}
    }
    changing.resize(spreadsheet, tab, size["rowCount"], size["columnCount"])
    tab.properties = tab.properties | {"gridProperties": asked}


def _without_zeros(size: Json) -> Json:
    return {name: value for name, value in size.items() if value}


def _move(spreadsheet: Spreadsheet, tab: Tab, index: int) -> None:
    """Google counts the index before the move: the present place and the one behind it change nothing."""
    now = spreadsheet.tabs.index(tab)
    _checked_index(spreadsheet, index)
    others = [other for other in spreadsheet.tabs if other is not tab]
    others.insert(index - 1 if index > now else index, tab)
    spreadsheet.tabs = others
    _number(spreadsheet)


def _number(spreadsheet: Spreadsheet) -> None:
    for index, tab in enumerate(spreadsheet.tabs):
        tab.properties = tab.properties | {"index": index}
