"""The calls that name cells by data filters, and those on developer metadata."""

from simulator.sheets import a1, data_filter, values
from simulator.sheets.errors import Invalid, Missing
from simulator.sheets.model import Spreadsheet
from simulator.sheets.render import Wish, metadata_resource, spreadsheet_resource
from simulator.sheets_api import asked as asking
from simulator.sheets_api import value_calls
from simulator.sheets_api.asked import Asked
from simulator.storage.file import File
from simulator.wire import Json


def get(file: File, asked: Asked) -> Json:
    """spreadsheets.getByDataFilter"""
    found = _references(file.spreadsheet, asked.body.get("dataFilters", []))
    ranges = tuple(reference.written for reference in found)
    wish = Wish(ranges, asked.body.get("includeGridData", False), asking.mask(asked.call, "Spreadsheet"))
    return spreadsheet_resource(file.id, file.owner, file.spreadsheet, wish)


def get_values(file: File, asked: Asked) -> Json:
    """values.batchGetByDataFilter: each range once, with the filters that found it."""
    body = asked.body
    reading = values.Reading(
        body.get("valueRenderOption", "FORMATTED_VALUE"),
        body.get("dateTimeRenderOption", "SERIAL_NUMBER"),
        body.get("majorDimension", "ROWS"),
    )
    matched: dict[str, Json] = {}
    for given in body.get("dataFilters", []):
        for reference in data_filter.references(file.spreadsheet, given):
            one = matched.setdefault(
                reference.written, {"valueRange": values.read(reference, reading), "dataFilters": []}
            )
            one["dataFilters"].append(given)
    return {"spreadsheetId": file.id} | ({"valueRanges": list(matched.values())} if matched else {})


def update_values(file: File, asked: Asked) -> Json:
    """values.batchUpdateByDataFilter: each filter's values go into every range that it means."""
    data = [
        {name: member for name, member in one.items() if name != "dataFilter"}
        | {"range": reference.written, "dataFilter": one.get("dataFilter", {})}
        for one in asked.body.get("data", [])
        for reference in data_filter.references(file.spreadsheet, one.get("dataFilter", {}))
    ]
    answer = value_calls.updated(file, asked.body | {"data": data})
    for response, one in zip(answer.get("responses", []), data, strict=True):
        del response["spreadsheetId"]
        response["dataFilter"] = one["dataFilter"]
    return answer


def clear_values(file: File, asked: Asked) -> Json:
    """values.batchClearByDataFilter"""
    found = _references(file.spreadsheet, asked.body.get("dataFilters", []))
    for reference in found:
        values.clear(reference)
    cleared = [reference.written for reference in found]
    return {"spreadsheetId": file.id} | ({"clearedRanges": cleared} if cleared else {})


def get_metadata(file: File, asked: Asked) -> Json:
    """developerMetadata.get"""
    text = asked.call.names["metadata"]
    found = next((one for one in file.spreadsheet.metadata if str(one.id) == text), None)
    if found is None:
        raise Missing
    return metadata_resource(found)


def search_metadata(file: File, asked: Asked) -> Json:
    """developerMetadata.search: what any filter finds, with the filters that found it."""
    filters = asked.body.get("dataFilters", [])
    if not filters:
        raise Invalid("At least one data filter is required.")
    found = []
    for one in file.spreadsheet.metadata:
        fitting = [given for given in filters if one in data_filter.matching(file.spreadsheet, given)]
        if fitting:
            found.append({"developerMetadata": metadata_resource(one), "dataFilters": fitting})
    return {"matchedDeveloperMetadata": found} if found else {}


def _references(spreadsheet: Spreadsheet, filters: list[Json]) -> list[a1.Reference]:
    if not filters:
        raise Invalid("At least one data filter is required.")
    return [reference for given in filters for reference in data_filter.references(spreadsheet, given)]
