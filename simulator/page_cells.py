"""A cell as the page draws it."""

from simulator.page_lists import range_of
from simulator.sheets import formats
from simulator.sheets.model import BLANK, Cell, CellError
from simulator.sheets.shown import is_date, shown
from simulator.wire import Json

_FLAGS = ("bold", "italic", "underline", "strikethrough")
_ALIGNED = {"LEFT": "left", "CENTER": "centre", "RIGHT": "right"}


def cell_view(cell: Cell) -> Json | None:
    """What it shows and how; None for a blank one. Only what is said of it stands there."""
    if cell == BLANK:
        return None
    found: Json = {"v": shown(cell), "t": _kind(cell)}
    if cell.formula:
        found["formula"] = cell.formula
    if cell.note:
        found["note"] = cell.note
    return found | look(cell.format) | _rule(cell.validation)


def look(form: Json) -> Json:
    """The part of a format that the page draws."""
    text = form.get("textFormat", {})
    found: Json = {flag: True for flag in _FLAGS if text.get(flag)}
    if "backgroundColor" in form:
        found["bg"] = formats.hexadecimal(form["backgroundColor"])
    if "foregroundColor" in text:
        found["fg"] = formats.hexadecimal(text["foregroundColor"])
    if form.get("horizontalAlignment") in _ALIGNED:
        found["align"] = _ALIGNED[form["horizontalAlignment"]]
    if form.get("wrapStrategy") == "WRAP":
        found["wrap"] = True
    return found


def _rule(rule: Json | None) -> Json:
    """A box to tick, or a list: its texts, or (`list`) the range that they are read from."""
    condition = (rule or {}).get("condition", {})
    match condition.get("type"):
        case "BOOLEAN":
            return {"checkbox": True}
        case "ONE_OF_LIST":
            return {"options": [value.get("userEnteredValue", "") for value in condition["values"]]}
        case "ONE_OF_RANGE":
            return {"list": range_of(rule or {})}
        case _:
            return {}


def _kind(cell: Cell) -> str:
    """s(tring), n(umber), b(oolean) or d(ate)."""
    match cell.value:
        case bool():
            return "b"
        case None | str() | CellError():
            return "s"
        case _:
            return "d" if is_date(cell) else "n"
