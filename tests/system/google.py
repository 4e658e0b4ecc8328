"""The local Google as tests use it: who is there, what is in their Sheets, and events sent as Google would."""

import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def call(url: str, body: Json | None = None, token: str | None = None, method: str | None = None) -> Any:
    """The JSON behind a URL; a POST if there is a body and nothing else is said."""
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    request = urllib.request.Request(
        url, json.dumps(body).encode() if body is not None else None, headers, method=method
    )
    with _direct.open(request, timeout=40) as answer:
        return json.loads(answer.read() or b"null")


@dataclass(frozen=True)
class Google:
    """The simulator at `url`, and one of its users in front of one of their Sheets."""

    url: str
    user: str = "ada@example.com"

    @property
    def state(self) -> Json:
        return call(f"{self.url}/sim/state")

    @property
    def sheet_id(self) -> str:
        """The first Sheet that is theirs."""
        return next(one["id"] for one in self.state["spreadsheets"] if one["owner"] == self.user)

    @property
    def token(self) -> str:
        return next(one["accessToken"] for one in self.state["users"] if one["email"] == self.user)

    def event(self, entry: str, **more: Any) -> Json:
        """What the add-on answers to an event; fails if Google would refuse the answer."""
        body = {"user": self.user, "spreadsheetId": self.sheet_id, "entry": entry, **more}
        answer = call(f"{self.url}/sim/event", body)
        assert answer["status"] == 200, answer
        assert answer["problems"] == [], answer["problems"]
        return answer["response"]

    def click(self, card: Json, op: str, form: Mapping[str, str] | None = None, **fields: str) -> Json:
        """A click on the card's button for `op` with these fields, the inputs filled in as `form` says."""
        action = button(card, op, **fields)
        inputs = {name: {"stringInputs": {"value": [value]}} for name, value in named(card, form or {}).items()}
        return self.event(action["function"], parameters=parameters(action), formInputs=inputs)

    def rows(self, tab: str) -> list[list[Any]]:
        """The values of a tab, read through the Sheets API as this user, without the hidden columns."""
        url = f"{self.url}/v4/spreadsheets/{self.sheet_id}/values/{tab}?valueRenderOption=UNFORMATTED_VALUE"
        return [row[2:] for row in call(url, token=self.token).get("values", [])[1:]]


def button(card: Json, op: str, **fields: str) -> Json:
    """The action of the card's first button or box with this operation and these fields."""
    for found in _objects(card):
        given = parameters(found) if "function" in found else {}
        if given.get("op") == op and fields.items() <= given.items():
            return found
    raise AssertionError(f"no {op} with {fields} in the card, which says: {texts(card)}")


def parameters(action: Json) -> dict[str, str]:
    return {one["key"]: one["value"] for one in action["parameters"]}


def texts(card: Json) -> list[str]:
    """The texts of the card's rows, in order."""
    return [found["text"] for found in _objects(card) if "text" in found and ("wrapText" in found or len(found) == 1)]


def notification(answer: Json) -> str:
    said: str = answer["renderActions"]["action"].get("notification", {}).get("text", "")
    return said


def named(card: Json, form: Mapping[str, str]) -> dict[str, str]:
    """The form with the names that the card gave its inputs."""
    names = [found["name"] for found in _objects(card) if "name" in found and "label" in found]
    return {next(n for n in names if re.fullmatch(rf"{wanted}_\d+", n)): value for wanted, value in form.items()}


def _objects(value: Any) -> Iterator[Json]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner)
