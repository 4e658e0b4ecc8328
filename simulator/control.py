"""The door for tests, tools and the page: what there is, and one click sent to the add-on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import msgspec
from werkzeug.wrappers import Response

from simulator.addon import manifest as manifests
from simulator.addon import post, wish
from simulator.addon.event import Issuer, event
from simulator.addon.manifest import Manifest
from simulator.addon.wish import Wish, WishWrong
from simulator.identity.people import People, Person
from simulator.routing import Call, Route, route
from simulator.sheets_api.quota import Limits, Quota
from simulator.storage import access
from simulator.storage.file import File, new_file
from simulator.storage.store import Store
from simulator.wire import Json, answer


class NewUser(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /sim/users`."""

    email: str
    name: str = ""
    title: str = "My Discovery Map"


@dataclass(frozen=True, slots=True)
class Control:
    """The control door. Both `/sim/state` and `/sim/event` stay as they are for everyone who uses them."""

    store: Store
    people: People
    quota: Quota
    issuer: Issuer
    manifest: Callable[[], Manifest]
    base_url: str

    def routes(self) -> Iterator[Route]:
        yield route("GET", "/oauth2/v1/certs", self._certificates)
        yield route("GET", "/sim/state", self._state)
        yield route("POST", "/sim/event", self._event)
        yield route("POST", "/sim/users", self._add_user)
        yield route("GET", "/sim/quota", lambda _: answer(self.quota.shown()))
        yield route("POST", "/sim/quota", self._set_quota)

    def _certificates(self, _: Call) -> Response:
        return answer(self.issuer.key.published(), headers={"Cache-Control": "public, max-age=3600"})

    def _state(self, _: Call) -> Response:
        try:
            known = self.manifest()
        except manifests.ManifestWrong as error:
            return answer({"error": str(error)}, 500)
        base = self.base_url
        return answer(
            {
                "users": [_user(person) for person in self.people.everyone()],
                "spreadsheets": [_spreadsheet(file) for file in self.store.everything() if not file.trashed],
                "google": {"sheets": base, "drive": base, "certs": f"{base}/oauth2/v1/certs", "ai": f"{base}/ai/v1"},
                "addon": {
                    "name": known.name,
                    "home": known.home,
                    "granted": known.granted,
                    "universalActions": known.actions,
                    "links": known.links,
                },
            }
        )

    def _event(self, call: Call) -> Response:
        try:
            return answer(self.send(wish.read(call.request.get_data())))
        except (WishWrong, manifests.ManifestWrong) as error:
            return answer({"error": str(error)}, 400)

    def send(self, wanted: Wish) -> Json:
        """One event, and what came of it. Raises `WishWrong` and `ManifestWrong`."""
        known = self.manifest()
        url, entry = wish.target(wanted, known)
        person = self._person(wanted)
        file = self._file(wanted, person)
        wanted.zone.written()
        if wanted.entry == "granted" and person.email not in file.grants:
            with self.store.change(file.id) as file:
                file.granted_by(person.email)
        request = event(self.issuer, url, wanted, person, file, scopes=known.scopes)
        before = self.quota.ever(person.email)
        outcome = post.post(url, request, entry)
        after = self.quota.ever(person.email)
        return {
            "status": outcome.status,
            "url": url,
            "request": request,
            "response": outcome.response,
            "problems": outcome.problems,
            "calls": {name: count - before[name] for name, count in after.items()},
        }

    def _person(self, wanted: Wish) -> Person:
        person = self.people.by_email(wanted.user) if wanted.user else self.people.everyone()[0]
        if person is None:
            raise WishWrong("There is no such user. GET /sim/state names them.")
        return person

    def _file(self, wanted: Wish, person: Person) -> File:
        if wanted.spreadsheet_id:
            file = self.store.get(wanted.spreadsheet_id)
        else:
            file = next((one for one in self.store.everything() if one.owner == person.email), None)
        if file is None or access.role(file, person.email) is None:
            raise WishWrong("There is no such spreadsheet, or this user may not open it.")
        return file

    def _add_user(self, call: Call) -> Response:
        try:
            new = msgspec.json.decode(call.request.get_data(), type=NewUser)
        except (msgspec.DecodeError, UnicodeError) as error:
            return answer({"error": str(error)}, 400)
        if "@" not in new.email or not new.email.isascii():
            return answer({"error": "That is no e-mail address."}, 400)
        person = self.people.add(new.email, new.name or new.email.partition("@")[0])
        file = self.store.add(new_file(person.email, new.title))
        return answer({"user": _user(person), "spreadsheet": _spreadsheet(file)})

    def _set_quota(self, call: Call) -> Response:
        try:
            self.quota.set(msgspec.json.decode(call.request.get_data() or b"{}", type=Limits))
        except (msgspec.DecodeError, UnicodeError) as error:
            return answer({"error": str(error)}, 400)
        return answer({})


def _user(person: Person) -> Json:
    return {"email": person.email, "name": person.name, "accessToken": person.access_token}


def _spreadsheet(file: File) -> Json:
    return {"id": file.id, "title": file.spreadsheet.title, "owner": file.owner, "grants": list(file.grants)}
