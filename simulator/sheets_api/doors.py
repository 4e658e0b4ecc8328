"""Which path of Sheets v4 is answered by which call."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from werkzeug.wrappers import Response

from simulator.identity.bearer import caller
from simulator.identity.people import People, Person
from simulator.routing import Call, Handler, Route, route
from simulator.sheets import discovery
from simulator.sheets.errors import Forbidden, Missing, SheetsError, Unauthenticated
from simulator.sheets.kinds.protection import check_held
from simulator.sheets.mask import select
from simulator.sheets.render import Wish, spreadsheet_resource
from simulator.sheets_api import asked as asking
from simulator.sheets_api import spreadsheet_calls, value_calls
from simulator.sheets_api.asked import Asked
from simulator.sheets_api.quota import Quota
from simulator.storage import access
from simulator.storage.file import File
from simulator.storage.store import Gone, Store
from simulator.wire import Json, answer

Work = Callable[[File, Asked], Json]

_ROOT = "/v4/spreadsheets"
_READS: tuple[tuple[str, str, Work], ...] = (
    ("values.batchGet", "/{id}/values:batchGet", value_calls.batch_get),
    ("values.get", "/{id}/values/{range...}", value_calls.get),
    ("get", "/{id}", spreadsheet_calls.get),
)
_WRITES: tuple[tuple[str, str, str, Work], ...] = (
    ("values.batchUpdate", "POST", "/{id}/values:batchUpdate", value_calls.batch_update),
    ("values.batchClear", "POST", "/{id}/values:batchClear", value_calls.batch_clear),
    ("values.append", "POST", "/{id}/values/{range...}:append", value_calls.append),
    ("values.clear", "POST", "/{id}/values/{range...}:clear", value_calls.clear),
    ("values.update", "PUT", "/{id}/values/{range...}", value_calls.update),
    ("batchUpdate", "POST", "/{id}:batchUpdate", spreadsheet_calls.batch_update),
)


@dataclass(frozen=True, slots=True)
class Sheets:
    """The Sheets API over a store."""

    store: Store
    people: People
    quota: Quota

    def routes(self) -> Iterator[Route]:
        for method, path, work in _READS:
            yield route("GET", _ROOT + path, self._reading(method, work))
        for method, verb, path, work in _WRITES:
            yield route(verb, _ROOT + path, self._writing(method, work))
        yield route("POST", _ROOT, self._create)

    def _reading(self, method: str, work: Work) -> Handler:
        def handle(call: Call) -> Response:
            return _answered(lambda: _masked(method, call, lambda: self._read(method, work, call)))

        return handle

    def _writing(self, method: str, work: Work) -> Handler:
        def handle(call: Call) -> Response:
            return _answered(lambda: _masked(method, call, lambda: self._write(method, work, call)))

        return handle

    def _create(self, call: Call) -> Response:
        return _answered(lambda: self._created(call))

    def _read(self, method: str, work: Work, call: Call) -> Json:
        person = self._caller(call)
        self.quota.spend("Read", person.email)
        asked = asking.read(person, call, method)
        return work(self._file(call, person), asked)

    def _write(self, method: str, work: Work, call: Call) -> Json:
        person = self._caller(call)
        self.quota.spend("Write", person.email)
        asked = asking.read(person, call, method)
        before = self._file(call, person)
        if not access.may_write(before, person.email):
            raise Forbidden
        with self.store.change(before.id) as file:
            before = self._file(call, person)
            found = work(file, asked)
            if person.email != file.owner:
                check_held(before.spreadsheet, file.spreadsheet, person.email)
        return found

    def _created(self, call: Call) -> Json:
        person = self._caller(call)
        self.quota.spend("Write", person.email)
        asked = asking.read(person, call, "create")
        file = self.store.add(spreadsheet_calls.created(asked))
        wish = Wish(mask=asking.mask(call, "Spreadsheet"))
        return spreadsheet_resource(file.id, file.owner, file.spreadsheet, wish)

    def _caller(self, call: Call) -> Person:
        person = caller(call.request, self.people)
        if person is None:
            raise Unauthenticated
        return person

    def _file(self, call: Call, person: Person) -> File:
        """The file, as far as the token sees it: the add-on's what its person granted, a service account's all."""
        file = self.store.get(call.names["id"])
        if file is None or not (person.public_key or person.email in file.grants):
            raise Missing
        if access.role(file, person.email) is None:
            raise Forbidden
        return file


def _masked(method: str, call: Call, work: Callable[[], Json]) -> Json:
    """What `work` gives, under the `fields` of the query; a wrong mask stops the call before it does anything."""
    mask = asking.mask(call, discovery.answer_schema(method))
    found = work()
    return found if mask is None else select(found, mask)


def _answered(work: Callable[[], Json]) -> Response:
    try:
        return answer(work())
    except Gone:
        return answer(Missing().envelope(), Missing.code)
    except SheetsError as error:
        return answer(error.envelope(), error.code)
