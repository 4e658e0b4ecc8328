"""The wrappers that judge the answers of other tests do judge."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from tests.cards.checked import ENTRIES, CheckedClient, checked
from tests.cards.samples import JSON, small_card

TRIGGER: JSON = {"action": {"navigations": [{"pushCard": small_card()}]}}
CALLBACK: JSON = {"renderActions": TRIGGER}


@pytest.fixture
def app() -> Iterator[Flask]:
    """An add-on that answers everything as if it were a click."""
    app = Flask(__name__)
    app.test_client_class = CheckedClient
    app.add_url_rule("/<path:path>", view_func=lambda path: CALLBACK, methods=["POST"])
    yield app


def test_a_right_answer_is_passed_on() -> None:
    assert checked(TRIGGER, "homepage") is TRIGGER


def test_a_wrong_answer_fails_with_every_problem() -> None:
    with pytest.raises(AssertionError, match="the answer to action is not right") as failure:
        checked({**TRIGGER, "hostAppAction": {}}, "action")
    assert "Cannot find field: action" in str(failure.value)
    assert "Cannot find field: hostAppAction" in str(failure.value)


def test_more_than_the_budget_fails_too() -> None:
    card: Any = small_card()
    card["sections"][0]["widgets"] *= 41
    with pytest.raises(AssertionError, match="41 widgets"):
        checked(card, "card")


@pytest.mark.parametrize("path", ENTRIES)
def test_a_client_judges_by_the_entry_point(app: Flask, path: str) -> None:
    if ENTRIES[path] in {"action", "universalAction"}:
        assert app.test_client().post(path).get_json() == CALLBACK
    else:
        with pytest.raises(AssertionError, match="Cannot find field: renderActions"):
            app.test_client().post(path)


def test_a_client_leaves_other_paths_alone(app: Flask) -> None:
    assert app.test_client().post("/health").status_code == 200
