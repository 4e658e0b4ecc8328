"""The rows that the basic filter of a tab hides, and what the page shows of it."""

from simulator.page_conditions import fits
from simulator.sheets.model import Filter, Tab
from simulator.sheets.shown import shown
from simulator.wire import Json


def filter_view(tab: Tab) -> Json | None:
    """Its place, and by column what it hides: texts, and whether a condition of its own stands there too."""
    one = tab.filter
    if one is None:
        return None
    area = one.area
    columns = {
        str(column): {"hidden": criteria.get("hiddenValues", []), "condition": criteria.get("condition")}
        for column, criteria in _criteria(one).items()
    }
    return {"area": [area.top, area.left, area.bottom, area.right], "columns": columns}


def filtered_rows(tab: Tab) -> list[int]:
    """The rows below its head that do not fit. What is empty below the last row is not spoken of."""
    if tab.filter is None:
        return []
    area, criteria = tab.filter.area, _criteria(tab.filter)
    rows = range(area.top + 1, min(area.bottom, len(tab.rows)))
    return [row for row in rows if not all(_passes(tab, row, column, one) for column, one in criteria.items())]


def _passes(tab: Tab, row: int, column: int, criteria: Json) -> bool:
    cell = tab.cell(row, column)
    if shown(cell) in criteria.get("hiddenValues", []):
        return False
    condition = criteria.get("condition")
    return not condition or fits(condition, cell)


def _criteria(one: Filter) -> dict[int, Json]:
    """By column: `filterSpecs`, or the older `criteria`, which they outrank."""
    old = {int(column): criteria for column, criteria in one.rest.get("criteria", {}).items()}
    specs = one.rest.get("filterSpecs", [])
    return old | {spec["columnIndex"]: spec["filterCriteria"] for spec in specs if "filterCriteria" in spec}
