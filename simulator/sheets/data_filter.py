"""Google's DataFilter: a place in A1 notation, a GridRange, or a search for developer metadata."""

from simulator.sheets import a1, gridrange
from simulator.sheets.area import Area
from simulator.sheets.errors import Invalid
from simulator.sheets.metadata_place import Place, place_of, read_place
from simulator.sheets.model import Metadata, Spreadsheet
from simulator.wire import Json


def matching(spreadsheet: Spreadsheet, given: Json) -> list[Metadata]:
    """The metadata that the filter means: by its search, or that which lies within its range."""
    _check(given)
    if "developerMetadataLookup" in given:
        lookup = given["developerMetadataLookup"]
        return [one for one in spreadsheet.metadata if _fits(spreadsheet, one, lookup)]
    (reference,) = references(spreadsheet, given)
    return [one for one in spreadsheet.metadata if _lies_in(one, reference)]


def references(spreadsheet: Spreadsheet, given: Json) -> list[a1.Reference]:
    """The cells that the filter means. Metadata of the spreadsheet means every tab."""
    _check(given)
    if "a1Range" in given:
        return [a1.resolve(spreadsheet, given["a1Range"])]
    if "gridRange" in given:
        return [a1.Reference(*gridrange.read(spreadsheet, given["gridRange"]))]
    found = []
    for one in matching(spreadsheet, given):
        tabs = [tab for tab in spreadsheet.tabs if one.tab is None or tab.id == one.tab]
        found += [a1.Reference(tab, _area(tab.grid, one)) for tab in tabs]
    return found


def _check(given: Json) -> None:
    if len(given) != 1:
        raise Invalid("Exactly one of a1Range, gridRange and developerMetadataLookup must be set.")


def _area(grid: Area, one: Metadata) -> Area:
    match one.axis:
        case "ROWS":
            return grid.with_span("ROWS", one.index, one.index + 1)
        case "COLUMNS":
            return grid.with_span("COLUMNS", one.index, one.index + 1)
        case _:
            return grid


def _lies_in(one: Metadata, reference: a1.Reference) -> bool:
    return one.tab == reference.tab.id and reference.area.covers(_area(reference.tab.grid, one))


def _fits(spreadsheet: Spreadsheet, one: Metadata, lookup: Json) -> bool:
    plain = {"metadataId": one.id, "metadataKey": one.key, "metadataValue": one.value, "visibility": one.visibility}
    if any(name in lookup and lookup[name] != value for name, value in plain.items()):
        return False
    place = place_of(one)
    if lookup.get("locationType", place.kind) != place.kind:
        return False
    if "metadataLocation" not in lookup:
        return True
    wanted = read_place(spreadsheet, lookup["metadataLocation"])
    if lookup.get("locationMatchingStrategy") == "INTERSECTING_LOCATION":
        return _meets(wanted, place)
    return wanted == place


def _meets(wanted: Place, place: Place) -> bool:
    """Whether one of the two places has something of the other; a row and a column of one tab cross."""
    if wanted.tab is None or place.tab is None:
        return True
    if wanted.tab != place.tab:
        return False
    return wanted.axis != place.axis or wanted.axis is None or wanted.index == place.index
