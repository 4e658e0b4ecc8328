"""Judges the add-on's answers as Google's parsers do: strictly, by the place from which it was called.

Shapes: https://developers.google.com/workspace/add-ons/guides/alternate-runtimes (JSON schemas)."""

import enum
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from simulator.wire import Json

MOST_WIDGETS = 100


class Shape(enum.Enum):
    """What an answer must be: the message that Google parses it as."""

    TRIGGER = "RenderActions"
    CALLBACK = "SubmitFormResponse"


_RENDER = frozenset({"action", "hostAppAction"})
_TOP = {Shape.TRIGGER: _RENDER, Shape.CALLBACK: frozenset({"renderActions", "stateChanged"})}
_PROMPTS = frozenset({"requesting_google_scopes", "basic_authorization_prompt", "custom_authorization_prompt"})
_ACTION = frozenset({"navigations", "link", "notification", "linkPreview"})
_NAVIGATION = frozenset({"pushCard", "updateCard", "pop", "popToRoot", "popToCard"})
_FUNCTION_HOLDERS = frozenset({"action", "onChangeAction", "autoCompleteAction", "openDynamicLinkAction"})


def problems(shape: Shape, answer: Any) -> list[str]:
    """What is wrong with the JSON of an answer, one sentence each; nothing when Google would show it."""
    if not isinstance(answer, dict):
        return ["The answer is not a JSON object."]
    return [*_envelope(shape, answer), *_functions(answer, "")]


def _envelope(shape: Shape, answer: Json) -> Iterator[str]:
    prompts = answer.keys() & _PROMPTS
    if prompts:
        yield from _prompt(answer, prompts)
        return
    message = f"google.apps.card.v1.{shape.value}"
    for name in sorted(answer.keys() - _TOP[shape]):
        yield f"Cannot find field: {name} in message {message}"
    if shape is Shape.TRIGGER:
        yield from _render_actions(answer, "")
    elif not isinstance(answer.get("renderActions"), dict):
        yield f"renderActions is missing in message {message}"
    else:
        yield from (
            f"Cannot find field: {name} in message google.apps.card.v1.RenderActions"
            for name in sorted(answer["renderActions"].keys() - _RENDER)
        )
        yield from _render_actions(answer["renderActions"], "renderActions.")


def _prompt(answer: Json, prompts: set[str]) -> Iterator[str]:
    if len(answer) > 1:
        yield f"An authorization error stands alone: {', '.join(sorted(answer))}"
    scopes = answer.get("requesting_google_scopes")
    if "requesting_google_scopes" in prompts:
        asked = scopes if isinstance(scopes, dict) else {}
        if bool(asked.get("scopes")) == bool(asked.get("all_scopes")):
            yield "requesting_google_scopes needs either scopes or all_scopes."
    card = answer.get("custom_authorization_prompt")
    if isinstance(card, dict):
        yield from _render_actions(card, "custom_authorization_prompt.")


def _render_actions(found: Json, at: str) -> Iterator[str]:
    if not found.keys() & _RENDER:
        yield f"{at}action or {at}hostAppAction is missing."
    action = found.get("action")
    if action is None:
        return
    if not isinstance(action, dict):
        yield f"{at}action is not an object."
        return
    for name in sorted(action.keys() - _ACTION):
        yield f"Cannot find field: {name} in {at}action"
    navigations = action.get("navigations", [])
    if not isinstance(navigations, list):
        yield f"{at}action.navigations is not a list."
        return
    for index, navigation in enumerate(navigations):
        yield from _navigation(navigation, f"{at}action.navigations[{index}]")


def _navigation(navigation: Any, at: str) -> Iterator[str]:
    if not isinstance(navigation, dict) or len(navigation) != 1 or not navigation.keys() <= _NAVIGATION:
        yield f"{at} must have exactly one of {', '.join(sorted(_NAVIGATION))}."
        return
    for name in ("pushCard", "updateCard"):
        if name in navigation:
            yield from _card(navigation[name], f"{at}.{name}")


def _card(card: Any, at: str) -> Iterator[str]:
    if not isinstance(card, dict):
        yield f"{at} is not a card."
        return
    sections = card.get("sections", [])
    count = sum(len(section.get("widgets", [])) for section in sections if isinstance(section, dict))
    if count > MOST_WIDGETS:
        yield f"{at} has {count} widgets; Google drops what comes after {MOST_WIDGETS}."
    if not sections:
        yield f"{at} has no sections."


def _functions(value: Any, at: str) -> Iterator[str]:
    """Every function called anywhere in the answer must be an absolute URL, its parameters texts."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _functions(item, f"{at}[{index}]")
    elif isinstance(value, dict):
        for name, member in value.items():
            place = f"{at}.{name}" if at else name
            if name in _FUNCTION_HOLDERS and isinstance(member, dict) and at:
                yield from _function(member, place)
            yield from _functions(member, place)


def _function(action: Json, at: str) -> Iterator[str]:
    if "navigations" in action or "notification" in action or "link" in action:
        return
    if not _is_url(action.get("function")):
        yield f"{at}.function is not an absolute http(s) URL."
    parameters = action.get("parameters", [])
    pairs = parameters if isinstance(parameters, list) else [None]
    if not all(isinstance(one, dict) and set(map(type, one.values())) == {str} for one in pairs):
        yield f"{at}.parameters is not a list of texts with key and value."
    if "interaction" in action:
        yield f"{at}.interaction is for Chat only: Google strips the whole card."


def _is_url(text: Any) -> bool:
    if not isinstance(text, str):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
