"""Every failure is an answer that its caller can read: a card with a reference, a request for scopes, or a 401."""

import json
import re
from collections.abc import Callable
from typing import Any, cast

import pytest
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from numirror.kernel.errors import Away
from numirror.shell.account.leaving import Exports
from numirror.web.answers import Front
from numirror.web.app import flask_app
from numirror.web.event import BODY_LIMIT
from numirror.web.sidebar import Sidebar
from tests.identity import forger

SECRET = "the quick brown secret"
PATHS = {"home": "/addon/home", "act": "/addon/act", "help": "/addon/help", "granted": "/addon/granted"}


class Broken:
    """A sidebar whose every answer is an error; `ask` raises it."""

    def __init__(self, ask: Callable[[Any], Any]) -> None:
        self.home = self.granted = self.refresh = self.help = self.act = self.connections = self.open = ask


def client(error: BaseException) -> FlaskClient:
    def fail(_: object) -> None:
        raise error

    front = Front(forger.verifier(), "https://addon.example.com", lambda _: "0" * 32)
    return flask_app(cast(Sidebar, Broken(fail)), front, lambda: cast(Exports, None)).test_client()


def post(to: FlaskClient, path: str, user: str | None = None, system: str | None = None, body: bytes = b"") -> Any:
    token = system or forger.system(aud=f"https://addon.example.com{path}")
    event = {"authorizationEventObject": {"userIdToken": forger.user() if user is None else user}}
    headers = {"Authorization": f"Bearer {token}"}
    return to.post(path, data=body or json.dumps(event), headers=headers, content_type="application/json")


@pytest.mark.parametrize("path", PATHS.values())
@pytest.mark.parametrize("error", [RuntimeError(SECRET), KeyError(SECRET), RecursionError(), Away("Please wait.")])
def test_whatever_goes_wrong_is_a_card_with_a_reference_and_nothing_of_the_error(path: str, error: Exception) -> None:
    with capture_logs() as logs:
        answer = post(client(error), path)
    assert answer.status_code == 200
    assert re.search(r"Reference: [0-9a-f]{10}", answer.text)
    assert SECRET not in answer.text + str(logs)
    assert "Traceback" not in answer.text
    assert [one["error"] for one in logs if "error" in one] == [type(error).__name__]


def test_a_known_failure_says_the_next_step() -> None:
    assert "Please wait." in post(client(Away("Please wait.")), "/addon/act").text


@pytest.mark.parametrize(
    "system",
    ["", "x", forger.system(), forger.system(aud="https://addon.example.com/addon/act/"), forger.user()],
)
def test_a_caller_that_is_not_google_gets_a_401_and_no_card(system: str) -> None:
    answer = post(client(RuntimeError()), "/addon/act", system=system or "none")
    assert answer.status_code == 401
    assert answer.content_type == "application/problem+json"
    assert set(answer.get_json()) == {"title", "status", "detail"}


def test_the_query_is_part_of_what_google_signs() -> None:
    signed = forger.system(aud="https://addon.example.com/addon/home")
    assert post(client(Away("x")), "/addon/home", system=signed).status_code == 200
    assert post(client(Away("x")), "/addon/home?x=1", system=signed).status_code == 401


def test_a_person_who_has_not_told_their_address_is_asked_for_it() -> None:
    answer = post(client(RuntimeError()), "/addon/home", user="")
    assert "https://www.googleapis.com/auth/userinfo.email" in answer.get_json()["requesting_google_scopes"]["scopes"]


def test_a_user_token_for_another_client_is_refused() -> None:
    assert post(client(RuntimeError()), "/addon/home", user=forger.user(aud="other")).status_code == 401


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"a":1,"a":2}'])
def test_a_body_of_googles_that_is_no_event_is_a_card(body: bytes) -> None:
    answer = post(client(RuntimeError()), "/addon/home", body=body)
    assert answer.status_code == 200
    assert "Reference: " in answer.text


def test_a_body_that_is_too_large_is_a_413() -> None:
    answer = post(client(RuntimeError()), "/addon/home", body=b"x" * (BODY_LIMIT + 1))
    assert (answer.status_code, answer.content_type) == (413, "application/problem+json")


@pytest.mark.parametrize("path", ["/", "/addon/nothing", "/addon/home"])
def test_what_is_not_there_is_a_problem_without_a_page(path: str) -> None:
    answer = client(RuntimeError()).get(path)
    assert answer.status_code in (404, 405)
    assert answer.content_type == "application/problem+json"


def test_no_answer_may_be_kept_framed_or_sniffed() -> None:
    headers = client(RuntimeError()).get("/health").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
