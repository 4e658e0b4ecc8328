"""The validator for other tests: an answer, a card value, or every answer that a Flask test client gets.

checked(answer, "action")                    returns the answer, or fails with all that is wrong
checked_card(today_card(state, viewer))      renders a card value and judges it
app.test_client_class = CheckedClient        judges each answer of the add-on's entry points
"""

from collections.abc import Mapping
from typing import Any

from flask.testing import FlaskClient

from numirror import catalog
from numirror.kernel.card import Card
from numirror.web import render
from simulator.cards.validator import Entry, problems
from tests.cards.budget import over_budget

BASE_URL = "https://addon.example.com"

ENTRIES: dict[str, Entry] = {
    "/addon/home": "homepage",
    "/addon/granted": "granted",
    "/addon/act": "action",
    "/addon/connections": "universalAction",
    "/addon/refresh": "universalAction",
    "/addon/help": "universalAction",
    **dict.fromkeys(catalog.MENU_PATHS.values(), "universalAction"),
}
"""Path of an entry point to what calls it."""


def signed(operation: str, fields: Mapping[str, str]) -> list[dict[str, str]]:
    """Parameters as long as signed ones, without a key."""
    own = {"op": f"tasks.{operation}", "sid": "1" * 44, "seal": "2" * 120}
    return [{"key": key, "value": value} for key, value in {**own, **fields}.items()]


CALLS = render.Calls(
    url=f"{BASE_URL}/addon/act", base_url=BASE_URL, sign=signed, media=lambda name, _: f"/media/0/1/domain/{name}"
)


def checked(answer: Any, entry: Entry, *, loopback: bool = False) -> Any:
    """The answer itself. Fails the test with each thing that Google, or our own budget, would not take."""
    found = problems(answer, entry, loopback=loopback) + over_budget(answer)
    assert not found, f"the answer to {entry} is not right:\n" + "\n".join(found)
    return answer


def checked_card(card: Card) -> Any:
    """The card as JSON, judged."""
    return checked(render.card(CALLS, card), "card")


class CheckedClient(FlaskClient):
    """A Flask test client that judges each answer of the add-on. Tests may serve from this machine, so http is fine."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        response = super().open(*args, **kwargs)
        entry = ENTRIES.get(response.request.path)
        if entry is not None and response.status_code == 200:
            checked(response.get_json(), entry, loopback=True)
        return response
