"""Events as Google signs and sends them."""

from __future__ import annotations

import time
from typing import Any

import pytest
from google.auth.transport.requests import Request
from google.oauth2 import id_token

from tests.simulator.addon_double import GOOD_TRIGGER, AddonDouble
from tests.simulator.running import CLIENT_ID, SERVICE_ACCOUNT, Account, Simulator

CALLBACK = {"renderActions": GOOD_TRIGGER}


def _send(person: Account, entry: str, **more: Any) -> Any:
    return person.simulator.event(entry, user=person.email, spreadsheetId=person.sheet, **more)


def _claims(simulator: Simulator, token: str, audience: str) -> Any:
    return id_token.verify_token(token, Request(), audience, f"{simulator.url}/oauth2/v1/certs")


def test_the_system_token_is_for_exactly_the_url_called(stranger: Account, addon: AddonDouble) -> None:
    _send(stranger, "home")
    (received,) = addon.received
    token = received.headers["Authorization"].removeprefix("Bearer ")
    assert token == received.event["authorizationEventObject"]["systemIdToken"]
    claims = _claims(stranger.simulator, token, f"{addon.url}/addon/home")
    assert claims["iss"] == "https://accounts.google.com"
    assert (claims["email"], claims["email_verified"]) == (SERVICE_ACCOUNT, True)
    assert claims["exp"] - claims["iat"] == 3600
    assert abs(claims["iat"] - time.time()) < 60
    with pytest.raises(ValueError, match="audience"):
        _claims(stranger.simulator, token, f"{addon.url}/addon/granted")


def test_a_query_is_part_of_the_audience(stranger: Account, addon: AddonDouble) -> None:
    url = f"{addon.url}/addon/act?op=done"
    _send(stranger, url)
    token = addon.received[0].event["authorizationEventObject"]["systemIdToken"]
    assert _claims(stranger.simulator, token, url)["aud"] == url
    assert addon.received[0].path == "/addon/act?op=done"


def test_the_user_token_names_the_same_person_each_time(stranger: Account, addon: AddonDouble) -> None:
    _send(stranger, "home")
    _send(stranger, "home")
    tokens = [received.event["authorizationEventObject"]["userIdToken"] for received in addon.received]
    first, second = (_claims(stranger.simulator, token, CLIENT_ID) for token in tokens)
    assert (first["email"], first["email_verified"]) == (stranger.email, True)
    assert first["sub"] == second["sub"]
    assert first["sub"].isdigit()


def test_certificates_may_be_cached(simulator: Simulator) -> None:
    import requests

    answer = requests.get(f"{simulator.url}/oauth2/v1/certs", timeout=10)
    assert "max-age=" in answer.headers["Cache-Control"]
    assert all(pem.startswith("-----BEGIN CERTIFICATE-----") for pem in answer.json().values())


def test_before_the_grant_the_event_says_nothing_of_the_sheet(stranger: Account, addon: AddonDouble) -> None:
    outcome = _send(stranger, "home")
    event = addon.received[0].event
    assert event["sheets"] == {}
    assert outcome["request"] == event
    assert event["commonEventObject"] == {
        "hostApp": "SHEETS",
        "platform": "WEB",
        "userLocale": "en-US",
        "timeZone": {"id": "Etc/UTC", "offset": 0},
    }
    authorization = event["authorizationEventObject"]
    assert [scope.rpartition("/")[2] for scope in authorization["authorizedScopes"]] == [
        "drive.file",
        "userinfo.email",
        "script.locale",
    ]
    assert authorization["userOAuthToken"] == stranger.token


def test_the_grant_is_recorded_before_the_granted_trigger_is_called(stranger: Account, addon: AddonDouble) -> None:
    _send(stranger, "granted")
    _send(stranger, "home")
    sheets = {"id": stranger.sheet, "title": "My Discovery Map", "addonHasFileScopePermission": True}
    assert [(one.path, one.event["sheets"]) for one in addon.received] == [
        ("/addon/granted", sheets),
        ("/addon/home", sheets),
    ]
    state = stranger.simulator.get("/sim/state")
    (found,) = [one for one in state["spreadsheets"] if one["id"] == stranger.sheet]
    assert found["grants"] == [stranger.email]


def test_parameters_and_forms_travel_as_they_are(person: Account, addon: AddonDouble) -> None:
    url = f"{addon.url}/addon/act"
    addon.forget()
    addon.answer("/addon/act", CALLBACK)
    form = {"title": {"stringInputs": {"value": ["Büro"]}}}
    zone = {"id": "Europe/Berlin", "offset": 3600000}
    outcome = _send(person, url, parameters={"op": "add"}, formInputs=form, timeZone=zone, userLocale="de-DE")
    common = addon.received[0].event["commonEventObject"]
    assert common["parameters"] == {"op": "add"}
    assert common["formInputs"] == form
    assert common["timeZone"] == zone
    assert common["userLocale"] == "de-DE"
    assert (outcome["status"], outcome["response"], outcome["problems"]) == (200, CALLBACK, [])


def test_parameters_may_come_as_a_card_has_them(person: Account, addon: AddonDouble) -> None:
    addon.forget()
    _send(person, f"{addon.url}/addon/act", parameters=[{"key": "op", "value": "add"}])
    assert addon.received[0].event["commonEventObject"]["parameters"] == {"op": "add"}


def test_a_time_zone_by_name_gets_its_offset(stranger: Account, addon: AddonDouble) -> None:
    _send(stranger, "home", timeZone="Asia/Kolkata")
    assert addon.received[0].event["commonEventObject"]["timeZone"] == {"id": "Asia/Kolkata", "offset": 19800000}


def test_a_universal_action_is_called_by_its_label(stranger: Account, addon: AddonDouble) -> None:
    addon.answer("/addon/help", CALLBACK)
    assert _send(stranger, "Help")["problems"] == []
    assert addon.received[0].path == "/addon/help"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"entry": "nowhere"},
        {"entry": "Site"},
        {"entry": "/addon/act"},
        {"entry": "http://127.0.0.1:1/addon/act"},
        {"entry": "https://www.googleapis.com/"},
        {"entry": "home", "user": "nobody@example.com"},
        {"entry": "home", "spreadsheetId": "nothing"},
        {"entry": "home", "timeZone": "Mars/Base"},
        {"entry": "home", "timeZone": "../../etc/passwd"},
        {"entry": "home", "parameters": {"a": 1}},
        {"entry": "home", "sheet": "x"},
    ],
)
def test_an_event_that_cannot_be_is_refused_and_not_sent(simulator: Simulator, addon: AddonDouble, body: Any) -> None:
    assert isinstance(simulator.post("/sim/event", body)["error"], str)
    assert addon.received == []


def test_a_grant_that_cannot_be_sent_is_not_recorded(stranger: Account) -> None:
    assert "error" in _send(stranger, "granted", timeZone="Mars/Base")
    assert stranger.resource()["error"]["code"] == 404


def test_user_and_sheet_default_to_the_example(simulator: Simulator, addon: AddonDouble) -> None:
    simulator.event("home")
    claims = addon.received[0].event["authorizationEventObject"]
    assert _claims(simulator, claims["userIdToken"], CLIENT_ID)["email"] == "ada@example.com"


@pytest.mark.parametrize(
    ("status", "body", "problem"),
    [
        (500, b"{}", "The status is 500, not 200."),
        (302, b"{}", "The status is 302, not 200."),
        (200, b"<html>", "The answer is not JSON."),
        (200, b"", "The answer is not JSON."),
        (200, b"[]", "$: needs an object (RenderActions)"),
        (200, b"[" * 100_000, "The answer is not JSON."),
    ],
)
def test_a_bad_answer_is_a_problem(
    stranger: Account, addon: AddonDouble, status: int, body: bytes, problem: str
) -> None:
    addon.answer("/addon/home", body, status)
    outcome = _send(stranger, "home")
    assert outcome["status"] == status
    assert problem in outcome["problems"]
    assert len(addon.received) == 1


def test_the_answer_is_judged_by_its_entry(stranger: Account, addon: AddonDouble) -> None:
    addon.answer("/addon/home", CALLBACK)
    addon.answer("/addon/help", GOOD_TRIGGER)
    assert "Cannot find field: renderActions" in _send(stranger, "home")["problems"][0]
    help_ = _send(stranger, "Help")["problems"][0]
    assert "Cannot find field: action in message google.apps.card.v1.SubmitFormResponse" in help_
