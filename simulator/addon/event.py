"""The event that Google's add-on service posts.

https://developers.google.com/workspace/add-ons/concepts/event-objects"""

from dataclasses import dataclass

from simulator.addon.wish import Wish
from simulator.identity import tokens
from simulator.identity.keys import SigningKey
from simulator.identity.people import Person
from simulator.storage.file import File
from simulator.wire import Json


@dataclass(frozen=True, slots=True)
class Issuer:
    """What the tokens of an event are made of: the key, the account that calls, the add-on's OAuth client."""

    key: SigningKey
    service_account: str
    client_id: str


def event(issuer: Issuer, url: str, wish: Wish, person: Person, file: File, *, scopes: tuple[str, ...]) -> Json:
    """The body of the request to `url`, with fresh tokens. Raises `WishWrong` for a time zone that there is not."""
    return {
        "commonEventObject": _common(wish),
        "authorizationEventObject": {
            "userOAuthToken": person.access_token,
            "userIdToken": tokens.user_token(issuer.key, issuer.client_id, person),
            "systemIdToken": tokens.system_token(issuer.key, url, issuer.service_account),
            "authorizedScopes": list(scopes),
        },
        "sheets": _sheets(file, person),
    }


def _common(wish: Wish) -> Json:
    found: Json = {
        "hostApp": "SHEETS",
        "platform": "WEB",
        "userLocale": wish.user_locale or "en-US",
        "timeZone": wish.zone.written(),
    }
    if wish.parameter_map is not None:
        found["parameters"] = wish.parameter_map
    if wish.form_inputs is not None:
        found["formInputs"] = wish.form_inputs
    return found


def _sheets(file: File, person: Person) -> Json:
    """Nothing before the person granted this file."""
    if person.email not in file.grants:
        return {}
    return {"id": file.id, "title": file.spreadsheet.title, "addonHasFileScopePermission": True}
