"""Judges the answers of the add-on as Google would, without Google.

    problems(answer, "homepage") == []

Each problem is a sentence that begins with its place: `$.action.navigations[0].pushCard.header: title is missing`.
"""

import math
import re
from collections.abc import Callable
from typing import Any, Literal

from simulator.cards import rules, tables
from simulator.cards.markup import markup_problems
from simulator.cards.schema import Field, messages

Entry = Literal["homepage", "granted", "action", "universalAction", "autocomplete", "card"]
"""What was called: two triggers, a widget's action, a universal action, suggestions; or a card without envelope."""

_ANSWERS: dict[str, str] = {
    "homepage": "RenderActions",
    "granted": "RenderActions",
    "action": "SubmitFormResponse",
    "universalAction": "SubmitFormResponse",
    "autocomplete": "GetAutocompletionResponse",
    "card": "Card",
}
_HUMP = re.compile(r"_([a-z])")
_INT = {"int32": 2**31, "int64": 2**63}


def problems(answer: object, entry: Entry, *, loopback: bool = False) -> list[str]:
    """All that Google would refuse, drop or show wrongly. `loopback` allows http:// on this machine, for local runs."""
    judge = _Judge(loopback=loopback)
    asks_for_consent = isinstance(answer, dict) and bool(answer.keys() & messages()["AuthorizationError"].keys())
    judge.message("AuthorizationError" if asks_for_consent and entry != "card" else _ANSWERS[entry], answer, "$")
    return judge.found


class _Judge:
    def __init__(self, *, loopback: bool) -> None:
        self.found: list[str] = []
        self._loopback = loopback
        self._checks: dict[str, Callable[[Any], str | None]] = {
            "string": lambda value: None if isinstance(value, str) else "needs a string",
            "boolean": lambda value: None if isinstance(value, bool) else "needs true or false",
            "double": lambda value: None if _is_number(value) else "needs a number",
            "float": lambda value: None if _is_number(value) else "needs a number",
            "int32": lambda value: _whole(value, "int32"),
            "int64": lambda value: _whole(int(value) if _is_digits(value) else value, "int64"),
        }

    def message(self, kind: str, value: object, path: str) -> None:
        if not isinstance(value, dict):
            self._say(path, f"needs an object ({kind})")
            return
        fields = messages()[kind]
        for name, part in value.items():
            if name not in fields:
                self._say(f"{path}.{name}", _unknown(kind, name))
            elif (kind, name) in tables.ELSEWHERE:
                self._say(f"{path}.{name}", f"is {tables.ELSEWHERE[kind, name]}")
            else:
                self._field(kind, name, fields[name], part, f"{path}.{name}")
        self._unions(kind, value, path)
        for name in tables.REQUIRED.get(kind, ()):
            if value.get(name) in (None, "", []):
                self._say(path, f"{name} is missing")
        if kind in rules.RULES:
            for place, text in rules.RULES[kind](value):
                self._say(path + place, text)

    def _field(self, kind: str, name: str, field: Field, value: object, path: str) -> None:
        if value is None:
            self._say(path, "is null; leave the field out")
        elif not field.many:
            self._one(kind, name, field, value, path)
        elif not isinstance(value, list | tuple):
            self._say(path, "needs a list")
        else:
            limit = tables.AT_MOST.get((kind, name), math.inf)
            if len(value) > limit:
                self._say(path, f"{len(value)} of them, where {limit} is the limit")
            for i, item in enumerate(value):
                self._one(kind, name, field, item, f"{path}[{i}]")

    def _one(self, kind: str, name: str, field: Field, value: object, path: str) -> None:
        if field.is_message:
            self.message(field.type, value, path)
        elif text := self._checks[field.type](value):
            self._say(path, text)
        elif field.enum:
            self._enum(field, str(value), path)
        elif isinstance(value, str):
            self._string(kind, name, value, path)

    def _enum(self, field: Field, value: str, path: str) -> None:
        if value not in field.enum or value.endswith("_UNSPECIFIED"):
            meant = [known for known in field.enum if not known.endswith("_UNSPECIFIED")]
            self._say(path, f"{value} is none of {', '.join(meant)}")
        elif value in tables.DEPRECATED:
            self._say(path, f"{value} is deprecated: {tables.DEPRECATED[value]}")

    def _string(self, kind: str, name: str, value: str, path: str) -> None:
        use = tables.ADDRESSES.get((kind, name))
        if use and (text := rules.address_problem(value, use, loopback=self._loopback)):
            self._say(path, text)
        if (kind, name) in tables.MARKUP:
            for text in markup_problems(value, loopback=self._loopback):
                self._say(path, text)

    def _unions(self, kind: str, value: dict[str, Any], path: str) -> None:
        for table, low, high in (
            (tables.EXACTLY_ONE, 1, 1),
            (tables.AT_MOST_ONE, 0, 1),
            (tables.AT_LEAST_ONE, 1, math.inf),
        ):
            members = table.get(kind)
            if not members:
                continue
            given = [name for name in members if name in value and value[name] not in ("", [])]
            if len(given) < low:
                self._say(path, f"needs one of {', '.join(members)}")
            if len(given) > high:
                self._say(path, f"has {' and '.join(given)}, where one is allowed")

    def _say(self, path: str, text: str) -> None:
        self.found.append(f"{path}: {text}")


def _unknown(kind: str, name: str) -> str:
    text = f"Cannot find field: {name} in message google.apps.card.v1.{kind}"
    camel = _HUMP.sub(lambda match: match[1].upper(), name)
    if camel in messages()[kind]:
        return f"{text}; did you mean {camel}?"
    if (kind, name) == ("RenderActions", "renderActions"):
        return f"{text}; the answer to a trigger has no renderActions around it"
    if kind == "SubmitFormResponse" and name in messages()["RenderActions"]:
        return f"{text}; the answer to a click has renderActions around it"
    return text


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_digits(value: object) -> bool:
    return isinstance(value, str) and value.removeprefix("-").isdigit()


def _whole(value: object, kind: str) -> str | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return "needs a whole number"
    return None if -_INT[kind] <= value < _INT[kind] else f"does not fit into {kind}"
