"""Requests about developer metadata; that of rows and columns moves with them."""

import secrets

import msgspec

from simulator.sheets import data_filter
from simulator.sheets.errors import Invalid
from simulator.sheets.kinds import masks
from simulator.sheets.mask import Mask
from simulator.sheets.metadata_place import read_place
from simulator.sheets.model import Metadata, Spreadsheet
from simulator.sheets.render import metadata_resource
from simulator.wire import Json

_FIELDS = {"metadataKey": "key", "metadataValue": "value", "visibility": "visibility"}


def create(spreadsheet: Spreadsheet, body: Json) -> Json:
    """createDeveloperMetadata: key, visibility and one place are mandatory."""
    given = body.get("developerMetadata", {})
    _check_mandatory(given.get("metadataKey"), given.get("visibility"))
    place = read_place(spreadsheet, given.get("location", {}))
    one = Metadata(
        _free_id(spreadsheet, given.get("metadataId")),
        given["metadataKey"],
        given["visibility"],
        given.get("metadataValue"),
        place.tab,
        place.axis,
        place.index,
    )
    spreadsheet.metadata = [*spreadsheet.metadata, one]
    return {"createDeveloperMetadata": {"developerMetadata": metadata_resource(one)}}


def update(spreadsheet: Spreadsheet, body: Json) -> Json:
    """updateDeveloperMetadata: all that any filter finds; key, value, visibility and place by the mask."""
    mask = masks.required(body, "DeveloperMetadata")
    wanted = {one.id for given in body.get("dataFilters", []) for one in data_filter.matching(spreadsheet, given)}
    given = body.get("developerMetadata", {})
    changed = {one.id: _changed(spreadsheet, one, given, mask) for one in spreadsheet.metadata if one.id in wanted}
    spreadsheet.metadata = [changed.get(one.id, one) for one in spreadsheet.metadata]
    found = [metadata_resource(one) for one in changed.values()]
    return {"updateDeveloperMetadata": {"developerMetadata": found} if found else {}}


def delete(spreadsheet: Spreadsheet, body: Json) -> Json:
    """deleteDeveloperMetadata: all that the filter finds; reply with what went."""
    gone = data_filter.matching(spreadsheet, body.get("dataFilter", {}))
    spreadsheet.metadata = [one for one in spreadsheet.metadata if one not in gone]
    found = [metadata_resource(one) for one in gone]
    return {"deleteDeveloperMetadata": {"deletedDeveloperMetadata": found} if found else {}}


def _changed(spreadsheet: Spreadsheet, one: Metadata, given: Json, mask: Mask) -> Metadata:
    names = {*_FIELDS, "location"} if "*" in mask else mask.keys()
    if unknown := names - {*_FIELDS, "location"}:
        raise Invalid(f"The {min(unknown)} of developer metadata cannot be changed.")
    one = msgspec.structs.replace(one, **{_FIELDS[name]: given.get(name) for name in names if name in _FIELDS})
    _check_mandatory(one.key, one.visibility)
    if "location" in names:
        place = read_place(spreadsheet, given.get("location", {}))
        one = msgspec.structs.replace(one, tab=place.tab, axis=place.axis, index=place.index)
    return one


def _check_mandatory(key: str | None, visibility: str | None) -> None:
    if not key:
        raise Invalid("A metadataKey is required.")
    if visibility not in {"DOCUMENT", "PROJECT"}:
        raise Invalid("A visibility (DOCUMENT or PROJECT) is required.")


def _free_id(spreadsheet: Spreadsheet, wanted: int | None) -> int:
    if wanted in {one.id for one in spreadsheet.metadata} or (wanted is not None and wanted < 1):
        raise Invalid(f"The metadata id {wanted} is taken or not positive.")
    return wanted or secrets.randbelow(2**31 - 1) + 1
