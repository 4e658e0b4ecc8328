"""What Google would refuse, drop or show wrongly is said with its place, in the answer to the event and on the page."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator.addon_double import AddonDouble
from tests.simulator.running import Account

URL = "https://addon.example.com/addon/act"
WIDGET = "$.action.navigations[0].pushCard.sections[0].widgets[0]"


def card(*widgets: object) -> dict[str, Any]:
    return {"action": {"navigations": [{"pushCard": {"sections": [{"widgets": list(widgets)}]}}]}}


def button(on_click: object) -> dict[str, Any]:
    return {"buttonList": {"buttons": [{"text": "Go", "onClick": on_click}]}}


TRIGGERS = {
    "another envelope": ({"renderActions": card({"divider": {}})}, "$.renderActions: Cannot find field: renderActions"),
    "no object": ([], "$: needs an object"),
    "an unknown field": (card({"textParagraph": {"text": "x", "colour": "red"}}), f"{WIDGET}.textParagraph.colour:"),
    "a widget of Chat": (card({"carousel": {}}), f"{WIDGET}.carousel: is only in Chat"),
    "too many widgets": (card(*[{"divider": {}}] * 101), "101 widgets, where 100 is the limit"),
    "a relative address": (card(button({"openLink": {"url": "/help"}})), ".openLink.url: is no complete https://"),
    "a relative function": (
        card(button({"action": {"function": "/act"}})),
        ".action.function: is no complete https://",
    ),
    "a number for a text": (
        card(button({"action": {"function": URL, "parameters": [{"key": "a", "value": 5}]}})),
        ".action.parameters[0].value: needs a string",
    ),
    "an http picture": (card({"image": {"imageUrl": "http://example.com/a.png"}}), f"{WIDGET}.image.imageUrl: is no"),
    "a picture that is no bitmap": (card({"image": {"imageUrl": "https://example.com/a.svg"}}), "is an SVG"),
    "two things in one widget": (card({"divider": {}, "textParagraph": {"text": "x"}}), "where one is allowed"),
    "an open tag": (card({"textParagraph": {"text": "<b>x"}}), "leaves <b> open"),
}


@pytest.mark.parametrize("wrong", TRIGGERS)
def test_what_is_wrong_is_named_with_its_place(stranger: Account, addon: AddonDouble, wrong: str) -> None:
    answer, words = TRIGGERS[wrong]
    addon.answer("/addon/home", answer)
    came = stranger.simulator.event("home", user=stranger.email, spreadsheetId=stranger.sheet)
    assert any(words in problem for problem in came["problems"]), came["problems"]


def test_a_click_and_suggestions_have_envelopes_of_their_own(stranger: Account, addon: AddonDouble) -> None:
    def problems(answer: object) -> Any:
        addon.answer("/addon/act", answer)
        return stranger.simulator.event(f"{addon.url}/addon/act", user=stranger.email, spreadsheetId=stranger.sheet)[
            "problems"
        ]

    assert problems({"renderActions": card({"divider": {}}), "stateChanged": True}) == []
    assert problems({"autoComplete": {"items": [{"text": "Call"}]}}) == []
    assert "the answer to a click has renderActions around it" in problems(card({"divider": {}}))[0]
    assert problems({"autoComplete": {"items": [{}]}}) == ["$.autoComplete.items[0]: text is missing"]


def test_an_add_on_on_this_machine_may_use_http(stranger: Account, addon: AddonDouble) -> None:
    addon.answer("/addon/home", card(button({"action": {"function": f"{addon.url}/addon/act"}})))
    assert stranger.simulator.event("home", user=stranger.email, spreadsheetId=stranger.sheet)["problems"] == []
