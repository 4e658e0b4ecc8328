"""Sends an event to the add-on and reads what comes back."""

import json
from typing import Any

import msgspec

from simulator.cards.validator import Entry, problems
from simulator.wire import Json

SECONDS = 30
"""How long Google waits for an answer."""


class Outcome(msgspec.Struct, frozen=True):
    """What came back: the HTTP status (0 for none), the JSON (None for none), and what Google would object to."""

    status: int
    response: Any
    problems: list[str]


def post(url: str, event: Json, entry: Entry, seconds: float = SECONDS) -> Outcome:
    """POST the event as Google does: the system token in the header as well, no redirects followed."""
    import requests

    token = event["authorizationEventObject"]["systemIdToken"]
    headers = {"Authorization": f"Bearer {token}", "User-Agent": "Google-Workspace-Add-ons (simulated)"}
    with requests.Session() as session:
        session.trust_env = False
        try:
            came = session.post(url, json=event, headers=headers, timeout=seconds, allow_redirects=False)
        except requests.Timeout:
            return Outcome(0, None, [f"The add-on did not answer within {seconds:g} seconds."])
        except requests.RequestException:
            return Outcome(0, None, ["The add-on could not be reached."])
    return _judged(came.status_code, came.content, entry)


def _judged(status: int, content: bytes, entry: Entry) -> Outcome:
    wrong = [] if status == 200 else [f"The status is {status}, not 200."]
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        return Outcome(status, None, [*wrong, "The answer is not JSON."])
    asks = entry == "action" and isinstance(answer, dict) and "autoComplete" in answer
    return Outcome(status, answer, [*wrong, *problems(answer, "autocomplete" if asks else entry, loopback=True)])
