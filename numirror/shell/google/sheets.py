"""One spreadsheet over the Sheets API, through gspread. Values are written RAW: never parsed, never a formula."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from numirror.kernel.mirror import Cell
from numirror.shell.google.errors import GoogleAway, TabMissing, from_status

if TYPE_CHECKING:
    from gspread.http_client import HTTPClient

Request = Mapping[str, Any]

_TIMEOUT = (2.0, 4.0)
_GOOGLE = "https://sheets.googleapis.com"
_CHECKBOX = {"condition": {"type": "BOOLEAN"}}


class Spreadsheet:
    """A spreadsheet as one user's token sees it. `base_url` stands for Google's, without a path."""

    def __init__(self, base_url: str, token: str, spreadsheet_id: str) -> None:
        self._base_url = base_url
        self._token = token
        self.id = spreadsheet_id

    def tabs(self) -> dict[str, dict[str, Any]]:
        """Title to properties (`sheetId`, `index`, `gridProperties`) of every tab. One read."""
        answer = self._get({"fields": "sheets.properties"})
        return {sheet["properties"]["title"]: sheet["properties"] for sheet in answer["sheets"]}

    def column_values(self, title: str, columns: str) -> tuple[dict[str, Any], list[list[Cell | None]]]:
        """Properties of the tab and the raw values of `columns` (such as `A:B`), row by row. One read.

        Raises `TabMissing` if there is no such tab.
        """
        quoted = title.replace("'", "''")
        answer = self._get(
            {
                "ranges": f"'{quoted}'!{columns}",
                "fields": "sheets(properties,data.rowData.values.userEnteredValue)",
            }
        )
        wanted = title.casefold()  # as Google compares titles
        sheet = next((one for one in answer["sheets"] if one["properties"]["title"].casefold() == wanted), None)
        if sheet is None:
            raise TabMissing
        data = sheet.get("data") or [{}]
        return sheet["properties"], [_row(row) for row in data[0].get("rowData", [])]

    def write(self, requests: Sequence[Request]) -> None:
        """All requests or none, in order. One write."""
        if requests:
            self._call("batch_update", self.id, {"requests": list(requests)})

    def _get(self, params: dict[str, Any]) -> dict[str, Any]:
        answer: dict[str, Any] = self._call("fetch_sheet_metadata", self.id, params)
        return answer

    def _call(self, method: str, *args: object) -> Any:
        import gspread.exceptions
        import requests

        try:
            return getattr(_client(self._base_url, self._token), method)(*args)
        except gspread.exceptions.APIError as error:
            if error.response.status_code == 400 and "Unable to parse range" in error.response.text:
                raise TabMissing from None
            raise from_status(error.response.status_code, error.response.headers.get("Retry-After")) from None
        except requests.RequestException:
            raise GoogleAway from None


def cell(value: Cell) -> dict[str, Any]:
    """A cell that shows exactly `value`: text stays text, even where it looks like a formula; a bool is a checkbox."""
    if isinstance(value, bool):
        return {"userEnteredValue": {"boolValue": value}, "dataValidation": _CHECKBOX}
    if isinstance(value, int | float):
        return {"userEnteredValue": {"numberValue": value}}
    return {"userEnteredValue": {"stringValue": value}} if value else {}


def rows_at(sheet_id: int, first_row: int, rows: Sequence[Sequence[Cell]]) -> Request:
    """Writes `rows` from column A of `first_row` (0-based) on."""
    return {
        "updateCells": {
            "start": {"sheetId": sheet_id, "rowIndex": first_row, "columnIndex": 0},
            "rows": [{"values": [cell(value) for value in row]} for row in rows],
            "fields": "userEnteredValue,dataValidation",
        }
    }


def delete_row(sheet_id: int, row: int) -> Request:
    """Takes row number `row` (0-based) out; the rows below move up."""
    return {
        "deleteDimension": {"range": {"sheetId": sheet_id, "dimension": "ROWS", "startIndex": row, "endIndex": row + 1}}
    }


def append_rows(sheet_id: int, count: int) -> Request:
    """Adds empty rows at the end of the grid."""
    return {"appendDimension": {"sheetId": sheet_id, "dimension": "ROWS", "length": count}}


def _row(row: Mapping[str, Any]) -> list[Cell | None]:
    return [next(iter(value.get("userEnteredValue", {}).values()), None) for value in row.get("values", [])]


def _client(base_url: str, token: str) -> "HTTPClient":
    import requests
    from gspread.http_client import HTTPClient

    class Client(HTTPClient):
        """gspread fixes Google's address; ours is a setting."""

        def request(self, method: str, endpoint: str, *args: Any, **kwargs: Any) -> requests.Response:
            return super().request(method, base_url + endpoint.removeprefix(_GOOGLE), *args, **kwargs)

    session = requests.Session()
    session.trust_env = False
    session.headers["Authorization"] = f"Bearer {token}"
    client = Client(auth=None, session=session)
    client.set_timeout(_TIMEOUT)
    return client
