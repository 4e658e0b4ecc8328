"""`batchUpdate`: all requests or none."""

from collections.abc import Callable

from simulator.sheets.errors import Invalid
from simulator.sheets.kinds import cells, charts, dimensions, layout, metadata, protection, tabs
from simulator.sheets.model import Spreadsheet
from simulator.wire import Json

Kind = Callable[[Spreadsheet, Json], Json]
"""Changes the spreadsheet as the request says and gives the reply; raises `Invalid`."""

KINDS: dict[str, Kind] = {
    "addChart": charts.add,
    "addProtectedRange": protection.add,
    "addSheet": tabs.add,
    "appendCells": cells.append,
    "appendDimension": dimensions.append,
    "autoResizeDimensions": dimensions.fit,
    "createDeveloperMetadata": metadata.create,
    "deleteDimension": dimensions.delete,
    "deleteEmbeddedObject": charts.delete,
    "deleteProtectedRange": protection.delete,
    "deleteRange": layout.delete_range,
    "deleteSheet": tabs.delete,
    "duplicateSheet": tabs.duplicate,
    "insertDimension": dimensions.insert,
    "insertRange": layout.insert_range,
    "mergeCells": layout.merge,
    "repeatCell": cells.repeat,
    "setDataValidation": cells.validate,
    "sortRange": layout.sort,
    "unmergeCells": layout.unmerge,
    "updateCells": cells.update,
    "updateChartSpec": charts.update,
    "updateDimensionProperties": dimensions.update,
    "updateSheetProperties": tabs.update,
    "updateSpreadsheetProperties": tabs.update_spreadsheet,
}


def apply(spreadsheet: Spreadsheet, requests: list[Json]) -> list[Json]:
    """One reply for each request, in order. The caller drops the spreadsheet when this raises `Invalid`."""
    if not requests:
        raise Invalid("Must specify at least one request.")
    return [_one(spreadsheet, request, index) for index, request in enumerate(requests)]


def _one(spreadsheet: Spreadsheet, request: Json, index: int) -> Json:
    if len(request) != 1:
        wrong = "No request set." if not request else "Only one kind may be set in a request."
        raise Invalid(f"Invalid requests[{index}]: {wrong}")
    ((name, body),) = request.items()
    kind = KINDS.get(name)
    if kind is None:
        raise Invalid(f"Invalid requests[{index}].{name}: The simulator does not serve this kind of request yet.")
    try:
        return kind(spreadsheet, body)
    except Invalid as error:
        raise Invalid(f"Invalid requests[{index}].{name}: {error.message}", error.details) from error
