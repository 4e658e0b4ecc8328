"""The lists that cells offer to choose from."""

from simulator.sheets import a1
from simulator.sheets.errors import Invalid
from simulator.sheets.model import Spreadsheet, Tab
from simulator.sheets.shown import shown
from simulator.wire import Json


def range_of(rule: Json) -> str | None:
    """The range that a rule takes its list from, as it is written in it; None for any other rule."""
    condition = rule.get("condition", {})
    return _written(condition)[0] if condition.get("type") == "ONE_OF_RANGE" else None


def choices(spreadsheet: Spreadsheet, tab: Tab, rule: Json) -> list[str] | None:
    """What a cell of this tab offers under this rule; None when it is no rule of a list."""
    condition = rule.get("condition", {})
    match condition.get("type"):
        case "ONE_OF_LIST":
            return _written(condition)
        case "ONE_OF_RANGE":
            return in_range(spreadsheet, tab, _written(condition)[0])
        case _:
            return None


def in_range(spreadsheet: Spreadsheet, tab: Tab, written: str) -> list[str]:
    """The different texts in the range, in order; without a tab's title it lies in `tab`."""
    text = written.removeprefix("=")
    try:
        found = a1.resolve(spreadsheet, text if "!" in text else f"{a1.quoted(tab.title)}!{text}")
    except Invalid:
        return []
    texts = (shown(cell) for _, _, cell in found.tab.cells(found.area))
    return list(dict.fromkeys(text for text in texts if text))


def _written(condition: Json) -> list[str]:
    return [str(value.get("userEnteredValue", "")) for value in condition.get("values", [])]
