"""One spreadsheet over the Sheets API, through gspread. Values are written RAW: never parsed, never a formula."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from numirror.kernel.mirror import Cell
from numirror.shell.google.batch import Request
from numirror.shell.google.cells import Grid, grid_of, values_of
from numirror.shell.google.errors import GoogleAway, TabMissing, from_status

if TYPE_CHECKING:
    from gspread.http_client import HTTPClient

_TIMEOUT = (2.0, 4.0)
_GOOGLE = "https://sheets.googleapis.com"
_TAB = "properties(sheetId,title,gridProperties),developerMetadata(metadataKey,metadataValue)"
_CHARTS = "charts(chartId,spec.altText)"


class Spreadsheet:
    """A spreadsheet as one user's token sees it. `base_url` stands for Google's, without a path."""

    def __init__(self, base_url: str, token: str, spreadsheet_id: str) -> None:
        self._base_url = base_url
        self._token = token
        self.id = spreadsheet_id

    def tabs(self) -> list[Grid]:
        """Every tab from left to right, without rows, with its charts. One read."""
        return [grid_of(sheet) for sheet in self._get({"fields": f"sheets({_TAB},{_CHARTS})"})["sheets"]]

    def grids(self, ranges: Sequence[str]) -> list[Grid]:
        """The tabs that `ranges` name, one range a tab, with the rows in them. One read.

        Raises `TabMissing` if there is no such tab.
        """
        fields = f"sheets({_TAB},data.rowData.values.userEnteredValue)"
        return [grid_of(sheet) for sheet in self._get({"ranges": list(ranges), "fields": fields})["sheets"]]

    def column_values(self, title: str, columns: str) -> tuple[dict[str, Any], list[list[Cell | None]]]:
        """Properties of the tab and the raw values of `columns` (such as `A:B`), row by row. One read.

        Raises `TabMissing` if there is no such tab.
        """
        answer = self._get(
            {
                "ranges": f"{quoted(title)}!{columns}",
                "fields": "sheets(properties,data.rowData.values.userEnteredValue)",
            }
        )
        wanted = title.casefold()  # as Google compares titles
        sheet = next((one for one in answer["sheets"] if one["properties"]["title"].casefold() == wanted), None)
        if sheet is None:
            raise TabMissing
        data = sheet.get("data") or [{}]
        return sheet["properties"], [values_of(row) for row in data[0].get("rowData", [])]

    def shown(self, title: str, rows: int, columns: int) -> tuple[tuple[str, ...], ...]:
        """The cells of a tab as a person sees them, up to so many rows and columns. One read. Raises `TabMissing`."""
        cells = f"{quoted(title)}!A1:{chr(ord('A') + columns - 1)}{rows}"
        fields = "sheets(data.rowData.values.formattedValue)"
        (sheet,) = self._get({"ranges": cells, "fields": fields})["sheets"]
        (data,) = sheet.get("data") or [{}]
        return tuple(
            _filled(tuple(one.get("formattedValue", "") for one in row.get("values", ())))
            for row in data.get("rowData", ())
        )

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


def quoted(title: str) -> str:
    """A title as it stands in a range; alone it means the whole tab."""
    doubled = title.replace("'", "''")
    return f"'{doubled}'"


def _filled(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Without the empty cells at the end, which a format or a check can leave."""
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells


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
