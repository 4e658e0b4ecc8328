"""Whether a cell fits a condition of a filter or of a conditional format."""

import operator
from collections.abc import Callable

from simulator.sheets import entered
from simulator.sheets.model import BLANK, Cell
from simulator.sheets.shown import shown
from simulator.wire import Json

_NUMBERS: dict[str, Callable[[float, float], bool]] = {
    "NUMBER_GREATER": operator.gt,
    "NUMBER_GREATER_THAN_EQ": operator.ge,
    "NUMBER_LESS": operator.lt,
    "NUMBER_LESS_THAN_EQ": operator.le,
    "NUMBER_EQ": operator.eq,
    "NUMBER_NOT_EQ": operator.ne,
    "DATE_BEFORE": operator.lt,
    "DATE_AFTER": operator.gt,
    "DATE_EQ": operator.eq,
    "DATE_ON_OR_BEFORE": operator.le,
    "DATE_ON_OR_AFTER": operator.ge,
}
_TEXTS: dict[str, Callable[[str, str], bool]] = {
    "TEXT_CONTAINS": operator.contains,
    "TEXT_NOT_CONTAINS": lambda text, part: part not in text,
    "TEXT_STARTS_WITH": str.startswith,
    "TEXT_ENDS_WITH": str.endswith,
    "TEXT_EQ": operator.eq,
    "TEXT_NOT_EQ": operator.ne,
}


def fits(condition: Json, cell: Cell) -> bool:
    """What is not known here, such as a formula of one's own, fits nothing."""
    kind = str(condition.get("type", ""))
    given = [str(value.get("userEnteredValue", "")) for value in condition.get("values", [])]
    match kind:
        case "BLANK" | "NOT_BLANK":
            return (not shown(cell)) == (kind == "BLANK")
        case "NUMBER_BETWEEN" | "NUMBER_NOT_BETWEEN" | "DATE_BETWEEN" | "DATE_NOT_BETWEEN":
            return isinstance(cell.value, float) and _between(cell.value, given) == ("NOT" not in kind)
        case "ONE_OF_LIST":
            return shown(cell) in given
    if kind in _TEXTS and given:
        return bool(_TEXTS[kind](shown(cell).casefold(), given[0].casefold()))
    number = _number(given[0]) if given else None
    if kind in _NUMBERS and number is not None and isinstance(cell.value, float):
        return bool(_NUMBERS[kind](cell.value, number))
    return False


def _between(value: float, given: list[str]) -> bool:
    low, high = (_number(text) for text in [*given, "", ""][:2])
    return low is not None and high is not None and low <= value <= high


def _number(text: str) -> float | None:
    value = entered.typed(BLANK, text.removeprefix("="), "en_US").value
    return value if isinstance(value, float) else None
