"""Which path of Drive v3 is answered by which call."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from werkzeug.wrappers import Response

from simulator.drive import files, permissions
from simulator.drive.asked import Asked
from simulator.drive.errors import DriveError, invalid, missing, unauthenticated
from simulator.identity.bearer import caller
from simulator.identity.people import People
from simulator.routing import Call, Handler, Route, route
from simulator.storage.store import Gone, Store
from simulator.wire import Json, answer, read_object

Work = Callable[[Store, Asked], Json]

_ROOT = "/drive/v3/files"
_CALLS: tuple[tuple[str, str, Work], ...] = (
    ("GET", "", files.find),
    ("POST", "", files.create),
    ("GET", "/{id}", files.get),
    ("PATCH", "/{id}", files.update),
    ("DELETE", "/{id}", files.delete),
    ("POST", "/{id}/copy", files.copy),
    ("GET", "/{id}/comments", files.comments),
    ("GET", "/{id}/permissions", permissions.find),
    ("POST", "/{id}/permissions", permissions.create),
    ("DELETE", "/{id}/permissions/{permission}", permissions.delete),
)


@dataclass(frozen=True, slots=True)
class Drive:
    """The Drive API over a store."""

    store: Store
    people: People

    def routes(self) -> Iterator[Route]:
        for method, path, work in _CALLS:
            yield route(method, _ROOT + path, self._handler(work))

    def _handler(self, work: Work) -> Handler:
        def handle(call: Call) -> Response:
            try:
                found = work(self.store, self._asked(call))
            except DriveError as error:
                return answer(error.envelope(), error.code)
            except Gone:
                gone = missing(call.names["id"])
                return answer(gone.envelope(), gone.code)
            if call.request.method == "DELETE":
                return Response(status=204, content_type="text/html")
            return answer(found)

        return handle

    def _asked(self, call: Call) -> Asked:
        person = caller(call.request, self.people)
        if person is None:
            raise unauthenticated()
        try:
            body = read_object(call.request.get_data())
        except ValueError as error:
            raise invalid("", "Parse Error") from error
        return Asked(person.email, self.people, call, body)
