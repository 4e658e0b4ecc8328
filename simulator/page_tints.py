"""Conditional formats: what they make of the look of a cell."""

from simulator.page_cells import look
from simulator.page_conditions import fits
from simulator.sheets import formats
from simulator.sheets.area import Area
from simulator.sheets.model import Cell, Rule, Tab
from simulator.wire import Json

Scale = tuple[tuple[float, str], ...]
"""Points of a gradient: numbers with their colours, the least first."""


class Tints:
    """The conditional formats of one tab; the first rule that fits wins, part by part."""

    def __init__(self, tab: Tab) -> None:
        self._rules = [(rule, _scale(tab, rule)) for rule in tab.rules]

    def of(self, row: int, column: int, cell: Cell) -> Json:
        """What the page draws otherwise in this cell."""
        found: Json = {}
        for rule, scale in self._rules:
            if any(_holds(area, row, column) for area in rule.areas):
                found = _tint(rule, scale, cell) | found
        return found


def _holds(area: Area, row: int, column: int) -> bool:
    return area.top <= row < area.bottom and area.left <= column < area.right


def _tint(rule: Rule, scale: Scale, cell: Cell) -> Json:
    if "booleanRule" in rule.rest:
        fitting = fits(rule.rest["booleanRule"]["condition"], cell)
        return look(rule.rest["booleanRule"].get("format", {})) if fitting else {}
    return {"bg": _between(scale, cell.value)} if scale and isinstance(cell.value, float) else {}


def _scale(tab: Tab, rule: Rule) -> Scale:
    gradient = rule.rest.get("gradientRule")
    numbers = [cell.value for area in rule.areas for _, _, cell in tab.cells(area) if isinstance(cell.value, float)]
    if not gradient or not numbers:
        return ()
    points = [gradient[name] for name in ("minpoint", "midpoint", "maxpoint") if name in gradient]
    return tuple(sorted((_place(point, numbers), formats.hexadecimal(point.get("color", {}))) for point in points))


def _place(point: Json, numbers: list[float]) -> float:
    low, high, ordered = min(numbers), max(numbers), sorted(numbers)
    try:
        value = float(point.get("value", 0) or 0)
    except ValueError:
        value = 0
    match point.get("type"):
        case "MIN":
            return low
        case "MAX":
            return high
        case "PERCENT":
            return low + (high - low) * value / 100
        case "PERCENTILE":
            return ordered[round((len(ordered) - 1) * min(100, max(0, value)) / 100)]
        case _:
            return value


def _between(scale: Scale, value: float) -> str:
    lower = [point for point in scale if point[0] <= value]
    higher = [point for point in scale if point[0] > value]
    if not lower or not higher:
        return (lower[-1] if lower else higher[0])[1]
    (low, one), (high, other) = lower[-1], higher[0]
    share = (value - low) / (high - low)
    channels = (
        round(int(one[at : at + 2], 16) * (1 - share) + int(other[at : at + 2], 16) * share) for at in (1, 3, 5)
    )
    return "#" + "".join(f"{channel:02x}" for channel in channels)
