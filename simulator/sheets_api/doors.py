"""Which path of Sheets v4 is answered by which call."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from werkzeug.wrappers import Response

from simulator.identity import scopes
from simulator.identity.bearer import caller
from simulator.identity.people import People, Person
from simulator.routing import Call, Handler, Route, route
from simulator.sheets import discovery, formats
from simulator.sheets.errors import Forbidden, Missing, SheetsError, TooNarrow, Unauthenticated
from simulator.sheets.gridrange import tab_of
from simulator.sheets.kinds import tabs
from simulator.sheets.kinds.protection import check_held
from simulator.sheets.mask import select
from simulator.sheets.render import Wish, spreadsheet_resource
from simulator.sheets_api import asked as asking
from simulator.sheets_api import filtered_calls, spreadsheet_calls, value_calls
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
    ("developerMetadata.get", "/{id}/developerMetadata/{metadata}", filtered_calls.get_metadata),
    ("get", "/{id}", spreadsheet_calls.get),
)
_FILTERED_READS: tuple[tuple[str, str, Work], ...] = (
    ("getByDataFilter", "/{id}:getByDataFilter", filtered_calls.get),
    ("values.batchGetByDataFilter", "/{id}/values:batchGetByDataFilter", filtered_calls.get_values),
    ("developerMetadata.search", "/{id}/developerMetadata:search", filtered_calls.search_metadata),
)
_WRITES: tuple[tuple[str, str, str, Work], ...] = (
    ("values.batchUpdate", "POST", "/{id}/values:batchUpdate", value_calls.batch_update),
    ("values.batchClear", "POST", "/{id}/values:batchClear", value_calls.batch_clear),
    ("values.batchUpdateByDataFilter", "POST", "/{id}/values:batchUpdateByDataFilter", filtered_calls.update_values),
    ("values.batchClearByDataFilter", "POST", "/{id}/values:batchClearByDataFilter", filtered_calls.clear_values),
    ("values.append", "POST", "/{id}/values/{range...}:append", value_calls.append),
    ("values.clear", "POST", "/{id}/values/{range...}:clear", value_calls.clear),
    ("values.update", "PUT", "/{id}/values/{range...}", value_calls.update),
    ("batchUpdate", "POST", "/{id}:batchUpdate", spreadsheet_calls.batch_update),
)
SERVED = frozenset({"create", "sheets.copyTo", *(line[0] for line in (*_READS, *_FILTERED_READS, *_WRITES))})
"""The methods by their names in Google's discovery document."""


@dataclass(frozen=True, slots=True)
class Sheets:
    """The Sheets API over a store."""

    store: Store
    people: People
    quota: Quota

    def routes(self) -> Iterator[Route]:
        for method, path, work in _READS:
            yield route("GET", _ROOT + path, self._reading(method, work))
        for method, path, work in _FILTERED_READS:
            yield route("POST", _ROOT + path, self._reading(method, work))
        for method, verb, path, work in _WRITES:
            yield route(verb, _ROOT + path, self._writing(method, work))
        yield route("POST", _ROOT + "/{id}/sheets/{sheet}:copyTo", self._copy_to)
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

    def _copy_to(self, call: Call) -> Response:
        return _answered(lambda: _masked("sheets.copyTo", call, lambda: self._copied(call)))

    def _read(self, method: str, work: Work, call: Call) -> Json:
        person = self._caller(call, method)
        self.quota.spend("Read", person.email)
        asked = asking.read(person, call, method)
        return work(self._file(call, person, method), asked)

    def _write(self, method: str, work: Work, call: Call) -> Json:
        person = self._caller(call, method)
        self.quota.spend("Write", person.email)
        asked = asking.read(person, call, method)
        before = self._file(call, person, method)
        if not access.may_write(before, person.email):
            raise Forbidden
        with self.store.change(before.id) as file:
            before = self._file(call, person, method)
            found = work(file, asked)
            if person.email != file.owner:
                check_held(before.spreadsheet, file.spreadsheet, person.email)
        return found

    def _created(self, call: Call) -> Json:
        person = self._caller(call, "create")
        self.quota.spend("Write", person.email)
        asked = asking.read(person, call, "create")
        file = self.store.add(spreadsheet_calls.created(asked))
        wish = Wish(mask=asking.mask(call, "Spreadsheet"))
        return spreadsheet_resource(file.id, file.owner, file.spreadsheet, wish)

    def _copied(self, call: Call) -> Json:
        """A tab of a file that is seen, into a file that may be written."""
        person = self._caller(call, "sheets.copyTo")
        self.quota.spend("Write", person.email)
        asked = asking.read(person, call, "sheets.copyTo")
        source = self._file(call, person, "sheets.copyTo")
        tab = tab_of(source.spreadsheet, int(call.names["sheet"]) if call.names["sheet"].isdecimal() else -1)
        target = self._seen(asked.body.get("destinationSpreadsheetId", ""), person, "sheets.copyTo")
        if not access.may_write(target, person.email):
            raise Forbidden
        with self.store.change(target.id) as file:
            properties: Json = formats.read_back(tabs.copy_to(tab, file.spreadsheet).properties)
        return properties

    def _caller(self, call: Call, method: str) -> Person:
        person = caller(call.request, self.people)
        if person is None:
            raise Unauthenticated
        if not scopes.is_enough(person.scopes, discovery.scopes(method)):
            raise TooNarrow(method)
        return person

    def _file(self, call: Call, person: Person, method: str) -> File:
        return self._seen(call.names["id"], person, method)

    def _seen(self, file_id: str, person: Person, method: str) -> File:
        """The file, as far as the token sees it: `drive.file` what its person granted, wider scopes all."""
        file = self.store.get(file_id)
        opens_all = scopes.opens_all(person.scopes, discovery.scopes(method))
        if file is None or not (opens_all or person.email in file.grants):
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
