"""The page at `/`: its files, and the spreadsheet that a person sees and types into."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import msgspec
from werkzeug.security import safe_join
from werkzeug.utils import send_file
from werkzeug.wrappers import Response

from simulator import page_edits, page_undo
from simulator.changes import Changes
from simulator.page_edits import Edit, Typed
from simulator.page_undo import Step, Steps
from simulator.page_views import Views
from simulator.routing import Call, Route, route
from simulator.sheets.errors import Invalid
from simulator.storage.file import File
from simulator.storage.store import Gone, Store
from simulator.wire import Json, answer

STATIC = Path(__file__).parent / "static"
_IN_BATCH = re.compile(r"^Invalid requests\[\d+\]\.\w+: ")


class Undo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which edit is to be taken back."""

    edit: int


class Cursor(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """Where the person `name` is, in one window of theirs; without a row they have left."""

    window: Annotated[str, msgspec.Meta(max_length=40)]
    name: Annotated[str, msgspec.Meta(max_length=100)]
    id: Annotated[str, msgspec.Meta(max_length=100)]
    sheet_id: int = 0
    row: int | None = None
    column: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """The doors of the page."""

    store: Store
    changes: Changes
    views: Views = field(default_factory=Views)
    steps: Steps = field(default_factory=Steps)

    def routes(self) -> Iterator[Route]:
        yield route("GET", "/", lambda call: self._file(call, "index.html"))
        yield route("GET", "/static/{name...}", lambda call: self._file(call, call.names["name"]))
        yield route("GET", "/sim/sheets/{id}", self._sheet)
        yield route("POST", "/sim/sheets/{id}/cells", self._type)
        yield route("POST", "/sim/sheets/{id}/edits", self._edit)
        yield route("POST", "/sim/sheets/{id}/undo", self._undo)
        yield route("GET", "/sim/changes", self._listen)
        yield route("POST", "/sim/cursors", self._point)

    def _file(self, call: Call, name: str) -> Response:
        path = safe_join(str(STATIC), name)
        if path is None or not Path(path).is_file():
            return answer({"error": "There is no such file."}, 404)
        found = send_file(path, call.request.environ, max_age=0)
        found.headers["X-Content-Type-Options"] = "nosniff"
        return found

    def _sheet(self, call: Call) -> Response:
        file = self.store.get(call.names["id"])
        if file is None:
            return _nothing()
        since = call.query("since")
        view = self.views.view(file, int(since) if since.isdecimal() else None)
        return Response(msgspec.json.encode(view), content_type="application/json; charset=UTF-8")

    def _type(self, call: Call) -> Response:
        return self._changed(call, Typed, lambda file, typed: page_edits.enter(file.spreadsheet, typed))

    def _edit(self, call: Call) -> Response:
        return self._changed(call, Edit, lambda file, edit: page_edits.do(file.spreadsheet, edit))

    def _undo(self, call: Call) -> Response:
        def take_back(file: File, undo: Undo) -> None:
            page_undo.take_back(file.spreadsheet, self.steps.get(file.id, undo.edit))

        return self._changed(call, Undo, take_back)

    def _changed(self, call: Call, kind: type[Any], work: Callable[[File, Any], list[Json] | None]) -> Response:
        """Answers the new revision, and the number under which this can be undone."""
        try:
            wanted = msgspec.json.decode(call.request.get_data(), type=kind)
            with self.store.change(call.names["id"]) as file:
                former = self.store.get(file.id)
                replies = work(file, wanted)
        except Gone:
            return _nothing()
        except Invalid as error:
            return answer({"error": _IN_BATCH.sub("", error.message)}, 400)
        except (msgspec.DecodeError, UnicodeError) as error:
            return answer({"error": str(error)}, 400)
        kept = {"edit": self.steps.keep(Step(file.id, former.spreadsheet, file.spreadsheet))} if former else {}
        return answer({"revision": file.revision} | kept | ({"replies": replies} if replies else {}))

    def _point(self, call: Call) -> Response:
        try:
            cursor = msgspec.json.decode(call.request.get_data(), type=Cursor)
        except (msgspec.DecodeError, UnicodeError) as error:
            return answer({"error": str(error)}, 400)
        self.changes.point(msgspec.to_builtins(cursor))
        return answer({})

    def _listen(self, _: Call) -> Response:
        headers = {"Cache-Control": "no-store"}
        return Response(self.changes.listen(), 200, headers, content_type="text/event-stream")


def _nothing() -> Response:
    return answer({"error": "There is no such spreadsheet."}, 404)
