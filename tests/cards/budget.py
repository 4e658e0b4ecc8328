"""NuMirror's own budget for an answer, tighter than Google's limits: what a narrow sidebar shows well, and quickly."""

from collections.abc import Iterator
from typing import Any

import orjson

BYTES = 100_000
WIDGETS = 40
BUTTONS = 3
PARAMETERS = 2_000


def over_budget(answer: object) -> list[str]:
    """What of an answer is more than the budget, each as a sentence with its place."""
    size = len(orjson.dumps(answer))
    found = [f"$: {size} bytes, where {BYTES} is the budget"] if size > BYTES else []
    return found + list(_parts("$", answer))


def _parts(path: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from _message(path, value)
        for name, part in value.items():
            yield from _parts(f"{path}.{name}", part)
    elif isinstance(value, list | tuple):
        for i, part in enumerate(value):
            yield from _parts(f"{path}[{i}]", part)


def _message(path: str, value: dict[str, Any]) -> Iterator[str]:
    widgets = sum(len(section["widgets"]) for section in value.get("sections", ()))
    buttons = len(value.get("buttons", ()))
    parameters = sum(len(p["key"].encode()) + len(p["value"].encode()) for p in value.get("parameters", ()))
    for count, limit, what in (
        (widgets, WIDGETS, "widgets"),
        (buttons, BUTTONS, "buttons in a row"),
        (parameters, PARAMETERS, "bytes of parameters"),
    ):
        if count > limit:
            yield f"{path}: {count} {what}, where {limit} is the budget"
