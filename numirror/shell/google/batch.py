"""Requests of one batch: each is a value, and Google takes all of a batch or none."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from numirror.kernel.mirror import Cell
from numirror.shell.google.cells import MARK, Held, Noted, cell

Request = Mapping[str, Any]

_PLAIN = "userEnteredValue,dataValidation"
_NOTED = f"{_PLAIN},note"


def rows_at(sheet_id: int, first_row: int, rows: Sequence[Sequence[Cell]]) -> Request:
    """Writes `rows` from column A of `first_row` (0-based) on."""
    return cells_at(sheet_id, first_row, 0, rows, _PLAIN)


def noted_rows_at(sheet_id: int, first_row: int, rows: Sequence[Sequence[Cell | Noted]]) -> Request:
    """Writes `rows`, with notes and choices, from column A of `first_row` (0-based) on."""
    return cells_at(sheet_id, first_row, 0, rows, _NOTED)


def cells_at(
    sheet_id: int, row: int, column: int, rows: Sequence[Sequence[Held | Noted]], fields: str = "userEnteredValue"
) -> Request:
    """Writes `rows` from this cell (0-based) on; only `fields` of the cells are touched."""
    return {
        "updateCells": {
            "start": {"sheetId": sheet_id, "rowIndex": row, "columnIndex": column},
            "rows": [_row_data(one) for one in rows],
            "fields": fields,
        }
    }


def append_below(sheet_id: int, rows: Sequence[Sequence[Held | Noted]]) -> Request:
    """Writes `rows` below the last row that holds anything, wherever that is when Google comes to it."""
    return {"appendCells": {"sheetId": sheet_id, "rows": [_row_data(one) for one in rows], "fields": _NOTED}}


def marked(sheet_id: int, mark: str) -> Request:
    """Makes a tab known again under any title."""
    where = {"location": {"sheetId": sheet_id}, "visibility": "DOCUMENT"}
    return {
        "createDeveloperMetadata": {"developerMetadata": {"metadataKey": MARK, "metadataValue": mark, **where}},
    }


def insert_line(sheet_id: int, dimension: Literal["ROWS", "COLUMNS"], index: int) -> Request:
    """Puts an empty row or column in at `index`."""
    span = {"sheetId": sheet_id, "dimension": dimension, "startIndex": index, "endIndex": index + 1}
    return {"insertDimension": {"range": span}}


def add_tab(sheet_id: int, title: str, index: int, rows: int, columns: int) -> Request:
    """A new tab at `index`; its first row stays in sight."""
    grid = {"rowCount": rows, "columnCount": columns, "frozenRowCount": 1}
    return {"addSheet": {"properties": {"sheetId": sheet_id, "title": title, "index": index, "gridProperties": grid}}}


def renamed(sheet_id: int, title: str) -> Request:
    """Another title for a tab."""
    return {"updateSheetProperties": {"properties": {"sheetId": sheet_id, "title": title}, "fields": "title"}}


def frozen(sheet_id: int, rows: int) -> Request:
    """The first `rows` of a tab stay in sight."""
    properties = {"sheetId": sheet_id, "gridProperties": {"frozenRowCount": rows}}
    return {"updateSheetProperties": {"properties": properties, "fields": "gridProperties.frozenRowCount"}}


def bold_row(sheet_id: int, row: int) -> Request:
    """A row in bold letters."""
    return {
        "repeatCell": {
            "range": {"sheetId": sheet_id, "startRowIndex": row, "endRowIndex": row + 1},
            "cell": {"userEnteredFormat": {"textFormat": {"bold": True}}},
            "fields": "userEnteredFormat.textFormat.bold",
        }
    }


def styled_column(sheet_id: int, column: int, style: Mapping[str, object]) -> Request:
    """Members of Google's CellFormat for a whole column."""
    return {
        "repeatCell": {
            "range": _column(sheet_id, column),
            "cell": {"userEnteredFormat": dict(style)},
            "fields": ",".join(f"userEnteredFormat.{name}" for name in style),
        }
    }


def wide_column(sheet_id: int, column: int, pixels: int) -> Request:
    """A column of this width."""
    return _measured(sheet_id, column, {"pixelSize": pixels})


def hidden_column(sheet_id: int, column: int) -> Request:
    """A column out of sight."""
    return _measured(sheet_id, column, {"hiddenByUser": True})


def warned_column(sheet_id: int, column: int, words: str) -> Request:
    """Google asks a person before they change a cell of this column by hand; nothing is forbidden."""
    protected = {"range": _column(sheet_id, column), "description": words, "warningOnly": True}
    return {"addProtectedRange": {"protectedRange": protected}}


def new_chart(sheet_id: int, chart_id: int, spec: Mapping[str, object], row: int, column: int, gap: int) -> Request:
    """A chart of Google's usual size, `gap` pixels right of the left edge of this cell (0-based).

    `chart_id` must be free: Google takes one of ours, and refuses one that another chart has
    (https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/request#addchartrequest).
    """
    anchor = {"sheetId": sheet_id, "rowIndex": row, "columnIndex": column}
    position = {"overlayPosition": {"anchorCell": anchor, "offsetXPixels": gap}}
    return {"addChart": {"chart": {"chartId": chart_id, "spec": dict(spec), "position": position}}}


def chart_changed(chart_id: int, spec: Mapping[str, object]) -> Request:
    """Another spec for a chart, which stays where it is and as large as it is."""
    return {"updateChartSpec": {"chartId": chart_id, "spec": dict(spec)}}


def delete_row(sheet_id: int, row: int) -> Request:
    """Takes row number `row` (0-based) out; the rows below move up."""
    return {
        "deleteDimension": {"range": {"sheetId": sheet_id, "dimension": "ROWS", "startIndex": row, "endIndex": row + 1}}
    }


def append_rows(sheet_id: int, count: int) -> Request:
    """Adds empty rows at the end of the grid."""
    return {"appendDimension": {"sheetId": sheet_id, "dimension": "ROWS", "length": count}}


def append_columns(sheet_id: int, count: int) -> Request:
    """Adds empty columns at the end of the grid."""
    return {"appendDimension": {"sheetId": sheet_id, "dimension": "COLUMNS", "length": count}}


def _row_data(values: Sequence[Held | Noted]) -> dict[str, Any]:
    return {"values": [cell(value) for value in values]}


def _column(sheet_id: int, column: int) -> dict[str, int]:
    return {"sheetId": sheet_id, "startColumnIndex": column, "endColumnIndex": column + 1}


def _measured(sheet_id: int, column: int, properties: Mapping[str, object]) -> Request:
    span = {"sheetId": sheet_id, "dimension": "COLUMNS", "startIndex": column, "endIndex": column + 1}
    return {
        "updateDimensionProperties": {"range": span, "properties": dict(properties), "fields": ",".join(properties)}
    }
