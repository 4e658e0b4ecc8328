"""The judge of the add-on's answers."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.addon.judge import Shape, problems

URL = "https://addon.example.com/addon/act"


def _card(*widgets: object) -> dict[str, Any]:
    return {"sections": [{"widgets": list(widgets)}]}


def _action(**members: Any) -> dict[str, Any]:
    return {"navigations": [{"pushCard": _card({"divider": {}})}], **members}


def _trigger(*widgets: object) -> list[str]:
    return problems(Shape.TRIGGER, {"action": {"navigations": [{"pushCard": _card(*widgets)}]}})


def _button(action: object) -> dict[str, Any]:
    return {"buttonList": {"buttons": [{"text": "Go", "onClick": {"action": action}}]}}


@pytest.mark.parametrize(
    "answer",
    [
        {"action": _action()},
        {"action": _action(notification={"text": "x"})},
        {"hostAppAction": {"editorAction": {"requestFileScopeForActiveDocument": {}}}},
        {"requesting_google_scopes": {"all_scopes": True}},
        {"requesting_google_scopes": {"scopes": ["a"]}},
        {"basic_authorization_prompt": {"authorization_url": URL, "resource": "x"}},
        {"custom_authorization_prompt": {"action": _action()}},
    ],
)
def test_a_trigger_may_answer(answer: Any) -> None:
    assert problems(Shape.TRIGGER, answer) == []


@pytest.mark.parametrize(
    "answer",
    [
        {"renderActions": {"action": _action()}, "stateChanged": True},
        {"renderActions": {"action": {"notification": {"text": "x"}}}},
        {"renderActions": {"action": {"link": {"url": URL}}}},
        {"renderActions": {"action": {"navigations": [{"popToRoot": True}, {"updateCard": _card({"divider": {}})}]}}},
        {"renderActions": {"hostAppAction": {"editorAction": {"requestFileScopeForActiveDocument": {}}}}},
        {"requesting_google_scopes": {"all_scopes": True}},
    ],
)
def test_a_callback_may_answer(answer: Any) -> None:
    assert problems(Shape.CALLBACK, answer) == []


@pytest.mark.parametrize(
    ("shape", "answer", "words"),
    [
        (Shape.TRIGGER, {}, "action or hostAppAction is missing"),
        (Shape.TRIGGER, [], "not a JSON object"),
        (Shape.TRIGGER, {"action": _action(), "extra": 1}, "Cannot find field: extra"),
        (Shape.TRIGGER, {"renderActions": {"action": _action()}}, "Cannot find field: renderActions"),
        (Shape.TRIGGER, {"action": []}, "action is not an object"),
        (Shape.TRIGGER, {"action": {"actions": []}}, "Cannot find field: actions"),
        (Shape.TRIGGER, {"action": {"navigations": {}}}, "is not a list"),
        (Shape.TRIGGER, {"action": {"navigations": [{}]}}, "exactly one of"),
        (Shape.TRIGGER, {"action": {"navigations": [{"pop": True, "popToRoot": True}]}}, "exactly one of"),
        (Shape.TRIGGER, {"action": {"navigations": [{"popCard": True}]}}, "exactly one of"),
        (Shape.TRIGGER, {"action": {"navigations": [{"pushCard": []}]}}, "is not a card"),
        (Shape.TRIGGER, {"action": {"navigations": [{"pushCard": {}}]}}, "has no sections"),
        (Shape.CALLBACK, {}, "renderActions is missing"),
        (Shape.CALLBACK, {"action": _action()}, "message google.apps.card.v1.SubmitFormResponse"),
        (Shape.CALLBACK, {"renderActions": {}}, "is missing"),
        (Shape.CALLBACK, {"renderActions": {"navigations": []}}, "Cannot find field: navigations"),
        (Shape.CALLBACK, {"renderActions": {"action": _action()}, "extra": 1}, "Cannot find field: extra"),
        (Shape.TRIGGER, {"requesting_google_scopes": {"all_scopes": True}, "action": _action()}, "stands alone"),
        (Shape.TRIGGER, {"requesting_google_scopes": {}}, "either scopes or all_scopes"),
        (Shape.TRIGGER, {"requesting_google_scopes": {"scopes": ["a"], "all_scopes": True}}, "either"),
        (Shape.TRIGGER, {"custom_authorization_prompt": {}}, "is missing"),
    ],
)
def test_a_wrong_shape_is_a_problem(shape: Shape, answer: Any, words: str) -> None:
    assert any(words in problem for problem in problems(shape, answer))


def test_a_card_has_at_most_a_hundred_widgets() -> None:
    assert _trigger(*[{"divider": {}}] * 100) == []
    assert "has 101 widgets" in _trigger(*[{"divider": {}}] * 101)[0]


@pytest.mark.parametrize(
    "action",
    [
        {"function": "act"},
        {"function": "/addon/act"},
        {"function": "//addon.example.com/act"},
        {"function": "ftp://addon.example.com/act"},
        {"function": "http://[bad"},
        {"function": 5},
        {},
        {"function": URL, "parameters": [{"key": "a", "value": True}]},
        {"function": URL, "parameters": {"a": "b"}},
        {"function": URL, "parameters": ["a"]},
        {"function": URL, "interaction": "OPEN_DIALOG"},
    ],
)
def test_a_wrong_action_is_a_problem_wherever_it_stands(action: Any) -> None:
    switch = {"switchControl": {"name": "a", "onChangeAction": action}}
    assert len(_trigger(_button(action))) == 1
    assert len(_trigger({"decoratedText": {"text": "x", **switch}})) == 1


@pytest.mark.parametrize("url", [URL, "http://127.0.0.1:8080/addon/act"])
def test_a_good_action_is_none(url: str) -> None:
    assert _trigger(_button({"function": url, "parameters": [{"key": "a", "value": "b"}]})) == []
