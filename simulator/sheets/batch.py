"""`batchUpdate`: all requests or none."""

from collections.abc import Callable

from simulator.sheets.errors import Invalid
from simulator.sheets.kinds import (
    borders,
    cells,
    charts,
    conditional,
    dimensions,
    filters,
    finding,
    groups,
    layout,
    metadata,
    names,
    pasting,
    protection,
    tabs,
)
from simulator.sheets.model import Spreadsheet
from simulator.wire import Json

Kind = Callable[[Spreadsheet, Json], Json]
"""Changes the spreadsheet as the request says and gives the reply; raises `Invalid`."""

KINDS: dict[str, Kind] = {
    "addChart": charts.add,
    "addConditionalFormatRule": conditional.add,
    "addDimensionGroup": groups.add,
    "addNamedRange": names.add,
    "addProtectedRange": protection.add,
    "addSheet": tabs.add,
    "appendCells": cells.append,
    "appendDimension": dimensions.append,
    "autoResizeDimensions": dimensions.fit,
    "clearBasicFilter": filters.clear,
    "copyPaste": pasting.copy,
    "createDeveloperMetadata": metadata.create,
    "cutPaste": pasting.cut,
    "deleteConditionalFormatRule": conditional.delete,
    "deleteDeveloperMetadata": metadata.delete,
    "deleteDimension": dimensions.delete,
    "deleteDimensionGroup": groups.delete,
    "deleteEmbeddedObject": charts.delete,
    "deleteNamedRange": names.delete,
    "deleteProtectedRange": protection.delete,
    "deleteRange": layout.delete_range,
    "deleteSheet": tabs.delete,
    "duplicateSheet": tabs.duplicate,
    "findReplace": finding.replace,
    "insertDimension": dimensions.insert,
    "insertRange": layout.insert_range,
    "mergeCells": layout.merge,
    "moveDimension": dimensions.move,
    "repeatCell": cells.repeat,
    "setBasicFilter": filters.put,
    "setDataValidation": cells.validate,
    "sortRange": layout.sort,
    "unmergeCells": layout.unmerge,
    "updateBorders": borders.update,
    "updateCells": cells.update,
    "updateChartSpec": charts.update,
    "updateConditionalFormatRule": conditional.update,
    "updateDeveloperMetadata": metadata.update,
    "updateDimensionGroup": groups.update,
    "updateDimensionProperties": dimensions.update,
    "updateEmbeddedObjectPosition": charts.move,
    "updateNamedRange": names.update,
    "updateProtectedRange": protection.update,
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
