"""Developer metadata: made here, read with the spreadsheet; that of rows and columns moves with them."""

import secrets

from simulator.sheets import gridrange
from simulator.sheets.errors import Invalid
from simulator.sheets.model import Metadata, Spreadsheet
from simulator.sheets.render import metadata_resource
from simulator.wire import Json


def create(spreadsheet: Spreadsheet, body: Json) -> Json:
    """createDeveloperMetadata: key, visibility and one place are mandatory."""
    given = body.get("developerMetadata", {})
    if not given.get("metadataKey"):
        raise Invalid("A metadataKey is required.")
    if given.get("visibility") not in {"DOCUMENT", "PROJECT"}:
        raise Invalid("A visibility (DOCUMENT or PROJECT) is required.")
    tab, axis, index = _place(spreadsheet, given.get("location", {}))
    one = Metadata(
        _free_id(spreadsheet, given.get("metadataId")),
        given["metadataKey"],
        given["visibility"],
        given.get("metadataValue"),
        tab,
        axis,
        index,
    )
    spreadsheet.metadata = [*spreadsheet.metadata, one]
    return {"createDeveloperMetadata": {"developerMetadata": metadata_resource(one)}}


def _place(spreadsheet: Spreadsheet, location: Json) -> tuple[int | None, str | None, int]:
    named = location.keys() - {"locationType"}
    if len(named) != 1:
        raise Invalid("Exactly one location (spreadsheet, sheetId or dimensionRange) is required.")
    if "sheetId" in named:
        return gridrange.tab_of(spreadsheet, location["sheetId"]).id, None, 0
    if "dimensionRange" in named:
        tab, axis, start, end = gridrange.read_lines(spreadsheet, location["dimensionRange"])
        if end - start != 1:
            raise Invalid("Metadata can only be put on exactly one row or column.")
        return tab.id, axis, start
    return None, None, 0


def _free_id(spreadsheet: Spreadsheet, wanted: int | None) -> int:
    if wanted in {one.id for one in spreadsheet.metadata} or (wanted is not None and wanted < 1):
        raise Invalid(f"The metadata id {wanted} is taken or not positive.")
    return wanted or secrets.randbelow(2**31 - 1) + 1
