"""files.export: a spreadsheet as CSV, TSV, XLSX or PDF."""

from collections.abc import Callable
from urllib.parse import quote

from werkzeug.wrappers import Response

from simulator.drive.asked import Asked
from simulator.drive.errors import DriveError, invalid
from simulator.drive.exports import delimited, pdf, xlsx
from simulator.sheets.model import Spreadsheet
from simulator.storage.store import Store

_MOST_BYTES = 10 * 1024 * 1024
_Write = Callable[[Spreadsheet], bytes]
_FORMATS: dict[str, tuple[str, _Write]] = {
    "text/csv": ("csv", lambda spreadsheet: delimited.written(spreadsheet, ",")),
    "text/tab-separated-values": ("tsv", lambda spreadsheet: delimited.written(spreadsheet, "\t")),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx", xlsx.written),
    "application/pdf": ("pdf", pdf.written),
}


def export(store: Store, asked: Asked) -> Response:
    """files.export: CSV and TSV are the first tab."""
    file = asked.file(store)
    kind = asked.call.query("mimeType")
    if not kind:
        raise DriveError(400, "required", "Required parameter: mimeType", "mimeType")
    if kind not in _FORMATS:
        raise invalid("convertTo", "The requested conversion is not supported.")
    ending, write = _FORMATS[kind]
    content = write(file.spreadsheet)
    if len(content) > _MOST_BYTES:
        raise DriveError(403, "exportSizeLimitExceeded", "This file is too large to be exported.")
    name = quote(f"{file.spreadsheet.title}.{ending}", safe="")
    headers = {"Content-Disposition": f"attachment; filename=\"export.{ending}\"; filename*=UTF-8''{name}"}
    return Response(content, headers=headers, content_type=kind)
