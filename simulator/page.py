"""The page at `/`: its files, and the spreadsheet that a person sees and types into."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
from werkzeug.security import safe_join
from werkzeug.utils import send_file
from werkzeug.wrappers import Response

from simulator.changes import Changes
from simulator.page_view import sheet_view
from simulator.routing import Call, Route, route
from simulator.sheets import entered
from simulator.sheets.errors import Invalid
from simulator.sheets.model import Spreadsheet
from simulator.storage.store import Gone, Store
from simulator.wire import answer

STATIC = Path(__file__).parent / "static"


class Typed(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """What a person typed into a cell; row and column count from 0."""

    sheet_id: int
    row: int
    column: int
    value: str | bool | int | float


@dataclass(frozen=True, slots=True)
class Page:
    """The doors of the page."""

    store: Store
    changes: Changes

    def routes(self) -> Iterator[Route]:
        yield route("GET", "/", lambda call: self._file(call, "index.html"))
        yield route("GET", "/static/{name...}", lambda call: self._file(call, call.names["name"]))
        yield route("GET", "/sim/sheets/{id}", self._sheet)
        yield route("POST", "/sim/sheets/{id}/cells", self._type)
        yield route("GET", "/sim/changes", self._listen)

    def _file(self, call: Call, name: str) -> Response:
        path = safe_join(str(STATIC), name)
        if path is None or not Path(path).is_file():
            return answer({"error": "There is no such file."}, 404)
        found = send_file(path, call.request.environ, max_age=0)
        found.headers["X-Content-Type-Options"] = "nosniff"
        return found

    def _sheet(self, call: Call) -> Response:
        file = self.store.get(call.names["id"])
        return answer(sheet_view(file)) if file else _nothing()

    def _type(self, call: Call) -> Response:
        try:
            typed = msgspec.json.decode(call.request.get_data(), type=Typed)
            with self.store.change(call.names["id"]) as file:
                enter(file.spreadsheet, typed)
        except Gone:
            return _nothing()
        except (msgspec.DecodeError, Invalid, UnicodeError) as error:
            return answer({"error": str(error)}, 400)
        return answer({"revision": file.revision})

    def _listen(self, _: Call) -> Response:
        headers = {"Cache-Control": "no-store"}
        return Response(self.changes.listen(), 200, headers, content_type="text/event-stream")


def enter(spreadsheet: Spreadsheet, typed: Typed) -> None:
    """Put what a person typed into its cell. Raises `Invalid` for a cell that there is not."""
    tab = spreadsheet.tab(typed.sheet_id)
    grid = tab.grid if tab else None
    if tab is None or grid is None or not (0 <= typed.row < grid.bottom and 0 <= typed.column < grid.right):
        raise Invalid("There is no such cell.")
    cell = tab.cell(typed.row, typed.column)
    tab.put(typed.row, typed.column, entered.typed(cell, typed.value, spreadsheet.locale))


def _nothing() -> Response:
    return answer({"error": "There is no such spreadsheet."}, 404)
