"""A chart as the page draws it: its labels and numbers, read from the cells as they are now."""

import msgspec

from simulator.sheets import gridrange
from simulator.sheets.model import Cell, Chart, Spreadsheet, Tab
from simulator.sheets.shown import shown
from simulator.wire import Json


class _Column(msgspec.Struct):
    """The cells of a domain or series that can be seen, its header apart."""

    name: str
    cells: list[Cell]


def drawing(spreadsheet: Spreadsheet, chart: Chart) -> Json:
    """Where the chart lies, what is written on it, and what it shows; a cell without a number is null."""
    basic = chart.spec.get("basicChart") or _as_basic(chart.spec["pieChart"])
    series = _columns(spreadsheet, basic, "series", "series")
    domain = next(iter(_columns(spreadsheet, basic, "domains", "domain")), _Column("", []))
    bar = basic["chartType"] == "BAR"
    of_series = series[0].name if len(series) == 1 else ""
    length = max((_used(column) for column in (domain, *series)), default=0)
    titles = {axis.get("position"): axis.get("title") for axis in basic.get("axis", [])}
    return {
        **{name: getattr(chart, name) for name in ("id", "row", "column", "x", "y", "width", "height")},
        "title": chart.spec.get("title", ""),
        "altText": chart.spec.get("altText", ""),
        "kind": basic["chartType"],
        "legend": basic.get("legendPosition", ""),
        "hole": basic.get("pieHole", 0),
        "bottomTitle": titles.get("BOTTOM_AXIS") or (of_series if bar else domain.name),
        "leftTitle": titles.get("LEFT_AXIS") or (domain.name if bar else of_series),
        "labels": [shown(cell) for cell in _filled(domain, length)],
        "series": [{"name": one.name, "values": [_number(cell) for cell in _filled(one, length)]} for one in series],
    }


def _as_basic(pie: Json) -> Json:
    """A pie in the shape of the other charts; what it lost with its cells is missing."""
    domains = [{"domain": pie["domain"]}] if "domain" in pie else []
    series = [{"series": pie["series"]}] if "series" in pie else []
    return pie | {"chartType": "PIE", "domains": domains, "series": series}


def _columns(spreadsheet: Spreadsheet, basic: Json, many: str, one: str) -> list[_Column]:
    found = []
    for column in basic.get(many, []):
        (source,) = column[one]["sourceRange"]["sources"]
        tab, area = gridrange.read(spreadsheet, source)
        if not _is_hidden(tab, area.left):
            rows = range(area.top, min(area.bottom, len(tab.rows)))
            found.append([tab.cell(row, area.left) for row in rows if not _is_hidden_row(tab, row)])
    headers = basic.get("headerCount", 1)
    return [_Column(shown(cells[0]) if headers and cells else "", cells[headers:]) for cells in found]


def _is_hidden(tab: Tab, column: int) -> bool:
    mark = tab.column_marks[column] if column < len(tab.column_marks) else None
    return mark is not None and mark.hidden


def _is_hidden_row(tab: Tab, row: int) -> bool:
    mark = tab.row_marks[row] if row < len(tab.row_marks) else None
    return mark is not None and mark.hidden


def _used(column: _Column) -> int:
    return max((number for number, cell in enumerate(column.cells, 1) if cell.value is not None), default=0)


def _filled(column: _Column, length: int) -> list[Cell]:
    return [*column.cells, *([Cell()] * length)][:length]


def _number(cell: Cell) -> float | None:
    return cell.value if isinstance(cell.value, float) else None
