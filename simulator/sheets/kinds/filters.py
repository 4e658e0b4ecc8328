"""Requests about the basic filter. It is kept and read back; rows are not hidden by it."""

from simulator.sheets import gridrange
from simulator.sheets.errors import Invalid
from simulator.sheets.model import Filter, Spreadsheet
from simulator.wire import Json

_KNOWN = frozenset({"range", "criteria", "filterSpecs", "sortSpecs"})


def put(spreadsheet: Spreadsheet, body: Json) -> Json:
    """setBasicFilter: a second one takes the place of the first."""
    given = body.get("filter", {})
    if unknown := given.keys() - _KNOWN:
        raise Invalid(f"The simulator does not keep {min(unknown)} of a filter yet.")
    tab, area = gridrange.read(spreadsheet, given.get("range", {}))
    tab.filter = Filter(area, {name: member for name, member in given.items() if name != "range" and member})
    return {}


def clear(spreadsheet: Spreadsheet, body: Json) -> Json:
    """clearBasicFilter."""
    gridrange.tab_of(spreadsheet, body.get("sheetId", 0)).filter = None
    return {}
