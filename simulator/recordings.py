"""The doors of recordings: an exchange becomes a file, and a file is sent again and compared."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from werkzeug.wrappers import Response

from simulator.addon.manifest import Manifest, ManifestWrong, origin
from simulator.addon.recording import Difference, Recording, differences, with_address, without_address
from simulator.addon.wish import Wish, WishWrong
from simulator.routing import Call, Route, route
from simulator.wire import Json, answer

_WHO = ("user", "spreadsheetId")


class Exchange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /sim/recordings`: what `POST /sim/event` was sent, and what came back."""

    event: dict[str, Any]
    status: int
    response: Any


class Again(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """The body of `POST /sim/replays`; user and spreadsheet default as for `POST /sim/event`."""

    recording: Recording
    user: str | None = None
    spreadsheet_id: str | None = None


@dataclass(frozen=True, slots=True)
class Recordings:
    """`send` is what `POST /sim/event` does."""

    send: Callable[[Wish], Json]
    manifest: Callable[[], Manifest]

    def routes(self) -> Iterator[Route]:
        yield route("POST", "/sim/recordings", self._record)
        yield route("POST", "/sim/replays", self._replay)

    def _record(self, call: Call) -> Response:
        try:
            seen = msgspec.json.decode(call.request.get_data(), type=Exchange)
            addon = self._addon()
        except (msgspec.DecodeError, UnicodeError, ManifestWrong) as error:
            return answer({"error": str(error)}, 400)
        event = {name: value for name, value in seen.event.items() if name not in _WHO}
        made = Recording(without_address(event, addon), seen.status, without_address(seen.response, addon))
        return answer(msgspec.to_builtins(made))

    def _replay(self, call: Call) -> Response:
        try:
            again = msgspec.json.decode(call.request.get_data(), type=Again)
            return answer(self._replayed(again))
        except (msgspec.ValidationError, msgspec.DecodeError, UnicodeError, WishWrong, ManifestWrong) as error:
            return answer({"error": str(error)}, 400)

    def _replayed(self, again: Again) -> Json:
        was, addon = again.recording, self._addon()
        who = {"user": again.user, "spreadsheetId": again.spreadsheet_id}
        came = self.send(msgspec.convert({**with_address(was.event, addon), **who}, Wish))
        now = without_address(came["response"], addon)
        found = list(differences(was.response, now, was.ignore))
        if came["status"] != was.status:
            found.insert(0, Difference("status", was.status, came["status"]))
        return {**came, "differences": msgspec.to_builtins(found)}

    def _addon(self) -> str:
        known = self.manifest()
        urls = (known.home, known.granted, *known.actions.values())
        return next((origin(url) for url in urls if url), "")
