"""Which path of Drive v3 is answered by which call."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from werkzeug.wrappers import Response

from simulator.drive import export, files, imports, permissions
from simulator.drive.asked import Asked
from simulator.drive.errors import DriveError, invalid, missing, too_narrow, unauthenticated
from simulator.identity import scopes
from simulator.identity.bearer import caller
from simulator.identity.people import People
from simulator.routing import Call, Handler, Route, route
from simulator.sheets import discovery
from simulator.storage.store import Gone, Store
from simulator.wire import Json, answer, read_object

Work = Callable[[Store, Asked], Json | Response]

_FILES = "/drive/v3/files"
_CALLS: tuple[tuple[str, str, str, Work], ...] = (
    ("files.list", "GET", _FILES, files.find),
    ("files.create", "POST", _FILES, files.create),
    ("files.get", "GET", _FILES + "/{id}", files.get),
    ("files.update", "PATCH", _FILES + "/{id}", files.update),
    ("files.delete", "DELETE", _FILES + "/{id}", files.delete),
    ("files.copy", "POST", _FILES + "/{id}/copy", files.copy),
    ("files.export", "GET", _FILES + "/{id}/export", export.export),
    ("comments.list", "GET", _FILES + "/{id}/comments", files.comments),
    ("permissions.list", "GET", _FILES + "/{id}/permissions", permissions.find),
    ("permissions.create", "POST", _FILES + "/{id}/permissions", permissions.create),
    ("permissions.get", "GET", _FILES + "/{id}/permissions/{permission}", permissions.get),
    ("permissions.update", "PATCH", _FILES + "/{id}/permissions/{permission}", permissions.update),
    ("permissions.delete", "DELETE", _FILES + "/{id}/permissions/{permission}", permissions.delete),
    ("about.get", "GET", "/drive/v3/about", files.about),
    ("files.update", "PUT", "/upload/drive/v2/files/{id}", imports.from_csv),
)
SERVED = frozenset(line[0] for line in _CALLS)
"""The methods by their names in Google's discovery document."""


@dataclass(frozen=True, slots=True)
class Drive:
    """The Drive API over a store."""

    store: Store
    people: People

    def routes(self) -> Iterator[Route]:
        for method, verb, path, work in _CALLS:
            yield route(verb, path, self._handler(method, work))

    def _handler(self, method: str, work: Work) -> Handler:
        def handle(call: Call) -> Response:
            try:
                found = work(self.store, self._asked(method, call))
            except DriveError as error:
                return answer(error.envelope(), error.code)
            except Gone:
                gone = missing(call.names["id"])
                return answer(gone.envelope(), gone.code)
            if call.request.method == "DELETE":
                return Response(status=204, content_type="text/html")
            return found if isinstance(found, Response) else answer(found)

        return handle

    def _asked(self, method: str, call: Call) -> Asked:
        person = caller(call.request, self.people)
        if person is None:
            raise unauthenticated()
        needed = discovery.scopes(method, "drive.v3")
        if not scopes.is_enough(person.scopes, needed):
            raise too_narrow()
        everything = scopes.opens_all(person.scopes, needed)
        return Asked(person.email, self.people, call, _body(call), everything)


def _body(call: Call) -> Json:
    """The body of a call that has one in JSON."""
    if call.request.mimetype not in {"", "application/json"}:
        return {}
    try:
        return read_object(call.request.get_data())
    except ValueError as error:
        raise invalid("", "Parse Error") from error
