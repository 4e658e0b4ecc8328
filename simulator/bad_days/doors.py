"""The control doors of the bad days.

`GET /sim/bad-days` tells those that are ahead, `POST` sets a list of them in place of the old; `POST /sim/incidents`
lets one thing happen to a Sheet at once.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from werkzeug.wrappers import Response

from simulator.bad_days.incidents import Incident, happen
from simulator.bad_days.kinds import BadDay
from simulator.bad_days.plan import Plan
from simulator.routing import Call, Route, route
from simulator.sheets.errors import Invalid
from simulator.storage.store import Gone, Store
from simulator.wire import answer


@dataclass(frozen=True, slots=True)
class BadDays:
    """The doors of one plan."""

    plan: Plan
    store: Store

    def routes(self) -> Iterator[Route]:
        yield route("GET", "/sim/bad-days", lambda _: self._told())
        yield route("POST", "/sim/bad-days", self._set)
        yield route("POST", "/sim/incidents", self._happen)

    def _told(self) -> Response:
        return answer(msgspec.to_builtins(self.plan.ahead()))

    def _set(self, call: Call) -> Response:
        try:
            self.plan.set(msgspec.json.decode(call.request.get_data(), type=list[BadDay]))
        except (msgspec.DecodeError, UnicodeError) as error:
            return answer({"error": str(error)}, 400)
        return self._told()

    def _happen(self, call: Call) -> Response:
        try:
            happen(self.store, msgspec.json.decode(call.request.get_data(), type=Incident))
        except Gone:
            return answer({"error": "There is no such spreadsheet."}, 404)
        except (msgspec.DecodeError, UnicodeError, Invalid) as error:
            return answer({"error": str(error)}, 400)
        return answer({})
