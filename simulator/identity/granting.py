"""The door where tools get a token for scopes of their choice, as a person's consent would give it."""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from werkzeug.wrappers import Response

from simulator.identity import scopes
from simulator.identity.people import People
from simulator.routing import Call, Route, route
from simulator.wire import answer


class Consent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /sim/tokens`."""

    email: str
    scopes: list[str]


@dataclass(frozen=True, slots=True)
class Granting:
    """`POST /sim/tokens`."""

    people: People

    def routes(self) -> Iterator[Route]:
        yield route("POST", "/sim/tokens", self._token)

    def _token(self, call: Call) -> Response:
        try:
            consent = msgspec.json.decode(call.request.get_data(), type=Consent)
        except (msgspec.DecodeError, UnicodeError) as error:
            return answer({"error": str(error)}, 400)
        person = self.people.by_email(consent.email)
        if person is None or not consent.scopes or any(not one or " " in one for one in consent.scopes):
            return answer({"error": "There is no such user, or no scope. GET /sim/state names the users."}, 400)
        return answer({"accessToken": scopes.issue(person, tuple(consent.scopes))})
