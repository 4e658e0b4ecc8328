"""An exchange kept as a file: it holds nothing secret, fits another add-on's address, and finds what has changed."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from simulator.addon.recording import differences, with_address, without_address
from tests.simulator.addon_double import GOOD_TRIGGER, AddonDouble
from tests.simulator.running import Account

values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


@given(values, values)
def test_equal_answers_differ_nowhere_and_others_somewhere(was: Any, now: Any) -> None:
    assert list(differences(was, copy.deepcopy(was), ())) == []
    found = list(differences(was, now, ()))
    assert found == [] or was != now
    assert all(one.was != one.now for one in found)


@given(values)
def test_an_address_that_is_taken_out_can_be_put_back(value: Any) -> None:
    held = {"url": "http://127.0.0.1:1/addon", "rest": value}
    assert with_address(without_address(held, "http://127.0.0.1:1"), "http://127.0.0.1:1") == held


def card(url: str, text: str, seal: str) -> dict[str, Any]:
    action = {"function": f"{url}/addon/act", "parameters": [{"key": "seal", "value": seal}]}
    button = {"text": text, "onClick": {"action": action}}
    widgets = [{"buttonList": {"buttons": [button]}}]
    return {"action": {"navigations": [{"pushCard": {"sections": [{"widgets": widgets}]}}]}}


def recorded(person: Account, entry: str = "home") -> dict[str, Any]:
    event = {"entry": entry, "user": person.email, "spreadsheetId": person.sheet, "timeZone": "Europe/Berlin"}
    came = person.simulator.event(**event)
    seen = {"event": event, "status": came["status"], "response": came["response"]}
    made: dict[str, Any] = person.simulator.post("/sim/recordings", seen)
    return made


def replayed(person: Account, recording: dict[str, Any]) -> list[dict[str, Any]]:
    again = {"recording": recording, "user": person.email, "spreadsheetId": person.sheet}
    found: list[dict[str, Any]] = person.simulator.post("/sim/replays", again)["differences"]
    return found


def test_nothing_of_the_person_is_in_it(stranger: Account, addon: AddonDouble) -> None:
    addon.answer("/addon/home", card(addon.url, "Add", "one"))
    made = recorded(stranger)
    text = str(made)
    assert addon.url not in text and "{addon}/addon/act" in text
    assert stranger.email not in text and stranger.sheet not in text
    assert "Token" not in text
    assert made["event"] == {"entry": "home", "timeZone": "Europe/Berlin"}


def test_the_same_answer_is_the_same_whatever_it_is_signed_with(stranger: Account, addon: AddonDouble) -> None:
    addon.answer("/addon/home", card(addon.url, "Add", "one"))
    made = recorded(stranger)
    addon.answer("/addon/home", card(addon.url, "Add", "another"))
    assert replayed(stranger, made) == []
    (found,) = replayed(stranger, {**made, "ignore": []})
    assert (found["was"], found["now"]) == ("one", "another")


def test_what_has_changed_is_named(stranger: Account, addon: AddonDouble) -> None:
    addon.answer("/addon/home", card(addon.url, "Add", "one"))
    made = recorded(stranger)
    addon.answer("/addon/home", card(addon.url, "Add it", "one"))
    (found,) = replayed(stranger, made)
    place = "$.action.navigations[0].pushCard.sections[0].widgets[0].buttonList.buttons[0].text"
    assert found == {"path": place, "was": "Add", "now": "Add it"}
    addon.answer("/addon/home", GOOD_TRIGGER, status=500)
    assert replayed(stranger, made)[0] == {"path": "status", "was": 200, "now": 500}


def test_a_click_is_sent_to_where_the_add_on_is_now(stranger: Account, addon: AddonDouble) -> None:
    addon.answer("/addon/act", {"renderActions": GOOD_TRIGGER})
    made = recorded(stranger, f"{addon.url}/addon/act")
    assert made["event"]["entry"] == "{addon}/addon/act"
    addon.received.clear()
    assert replayed(stranger, made) == []
    assert [received.path for received in addon.received] == ["/addon/act"]


@pytest.mark.parametrize("body", [{}, {"recording": {}}, {"recording": {"event": {}, "status": 200, "response": None}}])
def test_what_is_no_recording_is_refused_with_a_sentence(stranger: Account, body: Any) -> None:
    came = requests.post(f"{stranger.simulator.url}/sim/replays", json=body, timeout=10)
    assert came.status_code == 400 and came.json()["error"]
