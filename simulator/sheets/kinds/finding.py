"""findReplace: in a range, on a tab, or everywhere."""

import re
from collections.abc import Iterator

import msgspec

from simulator.sheets import entered, gridrange
from simulator.sheets.area import Area
from simulator.sheets.errors import Invalid
from simulator.sheets.model import Cell, Spreadsheet, Tab
from simulator.sheets.shown import shown
from simulator.wire import Json


def replace(spreadsheet: Spreadsheet, body: Json) -> Json:
    """findReplace: what is found is typed anew; formulas are looked into only when that is asked for."""
    pattern, new = _pattern(body), _replacement(body)
    counts = {"valuesChanged": 0, "formulasChanged": 0, "occurrencesChanged": 0}
    rows: set[tuple[int, int]] = set()
    for tab, area in _places(spreadsheet, body):
        for row, column, cell in list(tab.cells(area)):
            if cell.formula and not body.get("includeFormulas"):
                continue
            text, times = _subn(pattern, new, cell.formula or shown(cell))
            if times:
                tab.put(row, column, _typed(cell, text, spreadsheet.locale))
                counts["formulasChanged" if cell.formula else "valuesChanged"] += 1
                counts["occurrencesChanged"] += times
                rows.add((tab.id, row))
    counts |= {"rowsChanged": len(rows), "sheetsChanged": len({tab for tab, _ in rows})}
    return {"findReplace": {name: count for name, count in counts.items() if count}}


def _pattern(body: Json) -> re.Pattern[str]:
    text = body.get("find", "")
    if not text:
        raise Invalid("find may not be empty.")
    wanted = text if body.get("searchByRegex") else re.escape(text)
    try:
        return re.compile(rf"\A(?:{wanted})\Z" if body.get("matchEntireCell") else wanted, _case(body))
    except re.error as error:
        raise Invalid(f"Invalid regular expression: {text}") from error


def _subn(pattern: re.Pattern[str], new: str, text: str) -> tuple[str, int]:
    try:
        return pattern.subn(new, text)
    except (re.error, IndexError) as error:
        raise Invalid("The replacement names a part that the search has not.") from error


def _case(body: Json) -> re.RegexFlag:
    return re.NOFLAG if body.get("matchCase") else re.IGNORECASE


def _replacement(body: Json) -> str:
    """What `re` takes as the new text: Google writes the parts of a match `$1`."""
    plain: str = body.get("replacement", "").replace("\\", r"\\")
    return re.sub(r"\$(\d)", r"\\g<\1>", plain) if body.get("searchByRegex") else plain


def _places(spreadsheet: Spreadsheet, body: Json) -> Iterator[tuple[Tab, Area]]:
    if len(body.keys() & {"range", "sheetId", "allSheets"}) != 1:
        raise Invalid("Exactly one of range, sheetId and allSheets must be set.")
    if "range" in body:
        yield gridrange.read(spreadsheet, body["range"])
    elif "sheetId" in body:
        tab = gridrange.tab_of(spreadsheet, body["sheetId"])
        yield tab, tab.grid
    else:
        yield from ((tab, tab.grid) for tab in spreadsheet.tabs)


def _typed(cell: Cell, text: str, locale: str) -> Cell:
    return entered.typed(msgspec.structs.replace(cell, value=None, formula=None), text, locale)
