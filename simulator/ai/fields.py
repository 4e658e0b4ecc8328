"""What a prompt is about: named fields of its JSON or its lines, the items of its list, or else its last sentences."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

_ITEM = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+(.{1,200}?)\s*$", re.MULTILINE)
_LINE = re.compile(r"^\s*(?:[-*•]\s+)?([^\W\d_][^\n:]{0,30}): +(\S[^\n]{0,200}?)\s*$", re.MULTILINE)
_SENTENCE = re.compile(r"[^.!?\n]{3,200}")
_NAMES = ("column", "name", "key", "field", "label")
_CONTENTS = ("value", "text", "title", "content")
_ORDERS = frozenset({"wish", "task", "write", "instruction", "instructions", "style", "rules"})
"""Parts that say how to write, not of what."""

_MOST = 6


class Field(NamedTuple):
    """`name` is '' where the prompt gives none."""

    name: str
    value: str


def fields(prompt: str) -> list[Field]:
    """At least one, at most six."""
    parsed = _json(prompt)
    found = list(_of_json(parsed, "")) if isinstance(parsed, dict | list) else _of_text(prompt)
    return [field for field in found if field.value][:_MOST] or [Field("", "a quiet page")]


def _of_text(prompt: str) -> list[Field]:
    named = [Field(name.strip(), value) for name, value in _LINE.findall(prompt)]
    listed = [Field("", item) for item in _ITEM.findall(prompt)]
    spoken = [Field("", said.strip()) for said in _SENTENCE.findall(prompt) if said.strip()]
    return named or listed or spoken[-2:]


def _of_json(part: Any, name: str) -> Iterator[Field]:
    """An object with a content is a field itself; any other holds fields under their names."""
    if isinstance(part, list):
        for item in part:
            yield from _of_json(item, name)
    elif isinstance(part, dict):
        content = next((part[key] for key in _CONTENTS if isinstance(part.get(key), str)), None)
        if content is not None:
            named = next((part[key] for key in _NAMES if isinstance(part.get(key), str)), name)
            yield from _sentences(named, content)
            return
        for key, value in part.items():
            if key.lower() not in _ORDERS:
                yield from _of_json(value, key)
    elif isinstance(part, str):
        yield from _sentences(name, part)
    elif isinstance(part, int | float) and not isinstance(part, bool):
        yield Field(name, str(part))


def _sentences(name: str, text: str) -> Iterator[Field]:
    """One field for each; only the first keeps the name."""
    for number, sentence in enumerate(_SENTENCE.findall(text) or [text]):
        yield Field("" if number else name.strip(), sentence.strip())


def _json(prompt: str) -> Any:
    try:
        return json.loads(prompt)
    except (ValueError, RecursionError):
        return None
