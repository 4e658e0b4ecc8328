"""Where developer metadata may lie: the spreadsheet, a tab, one row or one column."""

import msgspec

from simulator.sheets import gridrange
from simulator.sheets.errors import Invalid
from simulator.sheets.model import Metadata, Spreadsheet
from simulator.wire import Json


class Place(msgspec.Struct, frozen=True):
    """As `Metadata` has it: `tab` None is the spreadsheet, `axis` None the tab."""

    tab: int | None = None
    axis: str | None = None
    index: int = 0

    @property
    def kind(self) -> str:
        """Google's type of the location."""
        if self.axis is not None:
            return self.axis.removesuffix("S")
        return "SPREADSHEET" if self.tab is None else "SHEET"


def place_of(one: Metadata) -> Place:
    """Where this metadata lies."""
    return Place(one.tab, one.axis, one.index)


def read_place(spreadsheet: Spreadsheet, location: Json) -> Place:
    """The place that a DeveloperMetadataLocation means. Raises `Invalid` unless it is exactly one."""
    named = location.keys() - {"locationType"}
    if len(named) != 1:
        raise Invalid("Exactly one location (spreadsheet, sheetId or dimensionRange) is required.")
    if "sheetId" in named:
        return Place(gridrange.tab_of(spreadsheet, location["sheetId"]).id)
    if "dimensionRange" in named:
        tab, axis, start, end = gridrange.read_lines(spreadsheet, location["dimensionRange"])
        if end - start != 1:
            raise Invalid("Metadata can only be put on exactly one row or column.")
        return Place(tab.id, axis, start)
    return Place()
