"""A value that a JSON Schema allows, its texts filled from a prompt: a field's name says what may stand there."""

import math
import random
from collections.abc import Sequence
from typing import Any

from simulator.ai.story import chance_of, things
from simulator.wire import Json

_DEEP = 8
"""From here on, what may be left out is left out: a schema may refer to itself."""

_DEEPEST = 60
_NAMES = ("Ada", "Bob")
_WORDS: dict[str, Sequence[str]] = {
    "name": _NAMES,
    "speaker": _NAMES,
    "scene": ("a park in the morning", "a kitchen with a kettle", "a street at night", "the sea and the mountains"),
    "sound": ("", "", "", "CRASH", "RING"),
    "caption": ("", "One morning …", "A little later …", ""),
}
"""What stands in fields of these names; any other text is about the prompt."""

_REPLIES = ("Look: {thing}!", "{thing}? Really?", "I knew it. {thing}.", "And then there was {thing}.")
_FORMATS = {
    "date": "2026-03-01",
    "time": "09:30:00Z",
    "date-time": "2026-03-01T09:30:00Z",
    "duration": "PT30M",
    "email": "ada@example.com",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "uri": "https://example.com/",
    "uuid": "00000000-0000-4000-8000-000000000001",
}
_COUNTS = {"panels": 4, "figures": 2, "balloons": 2}
"""How many a list of this name has, where its bounds allow it."""


class Filler:
    """Makes values for one prompt: the same prompt gives the same value."""

    def __init__(self, schema: Json, prompt: str) -> None:
        self._root = schema
        self._chance: random.Random = chance_of(prompt)
        self._things = things(prompt)

    def value(self) -> Any:
        """For the whole schema: knows type, properties, items, enum, const, anyOf, $ref, bounds and formats.

        Patterns are not kept."""
        return self._of(self._root, "", 0)

    def _of(self, schema: Json, name: str, depth: int) -> Any:
        if depth > _DEEPEST:
            return None
        for fixed in ("const", "default"):
            if fixed in schema:
                return schema[fixed]
        if schema.get("enum"):
            return self._chance.choice(schema["enum"])
        if "$ref" in schema:
            return self._of(_referred(schema["$ref"], self._root) | _beside(schema), name, depth + 1)
        for word in ("anyOf", "oneOf", "allOf"):
            if schema.get(word):
                return self._of(_choice(schema[word], depth), name, depth + 1)
        return self._of_type(schema, name, depth)

    def _of_type(self, schema: Json, name: str, depth: int) -> Any:
        match _type(schema, depth):
            case "string":
                return self._string(schema, name)
            case "integer" | "number" as kind:
                return _number(schema, kind)
            case "boolean":
                return True
            case "null":
                return None
            case "array":
                return self._list(schema, name, depth)
            case _:
                fields = schema.get("properties", {})
                return {field: self._of(one, field, depth + 1) for field, one in fields.items()}

    def _list(self, schema: Json, name: str, depth: int) -> list[Any]:
        least = max(schema.get("minItems", 0), 0 if depth > _DEEP else 1)
        wanted = max(least, 0 if depth > _DEEP else _COUNTS.get(name, 1))
        items = schema.get("items", {"type": "string"})
        made = [self._of(items, name, depth + 1) for _ in range(min(wanted, schema.get("maxItems", wanted)))]
        for number, one in enumerate(made):
            # Of the people in one picture each is another one, and each says something.
            for field in ("name", "speaker"):
                if isinstance(one, dict) and isinstance(one.get(field), str):
                    one[field] = _NAMES[number % len(_NAMES)]
        return made

    def _string(self, schema: Json, name: str) -> str:
        if schema.get("format") in _FORMATS:
            return _FORMATS[schema["format"]]
        return self._text(name)[: schema.get("maxLength", 2000)].ljust(schema.get("minLength", 0), ".")

    def _text(self, name: str) -> str:
        if name in _WORDS:
            return self._chance.choice(_WORDS[name])
        thing = self._chance.choice(self._things)
        return thing if name == "title" else self._chance.choice(_REPLIES).format(thing=thing[:1].upper() + thing[1:80])


def instance(schema: Json, prompt: str) -> Any:
    """A value for `schema` about what the prompt holds."""
    return Filler(schema, prompt).value()


def _choice(choices: list[Json], depth: int) -> Json:
    """The first; far down, null where it may be."""
    ends = (one for one in choices if depth > _DEEP and one.get("type") == "null")
    return next(ends, choices[0])


def _type(schema: Json, depth: int) -> str:
    kinds = schema.get("type", "object" if "properties" in schema else "string")
    if not isinstance(kinds, list):
        return str(kinds)
    return "null" if depth > _DEEP and "null" in kinds else str(kinds[0])


def _number(schema: Json, kind: str) -> int | float:
    """The least that is allowed where there is a lower bound; else 1, or the greatest below that."""
    step: int | float = schema.get("multipleOf", 1)
    low = max(schema.get("minimum", -math.inf), schema.get("exclusiveMinimum", -math.inf))
    high = min(schema.get("maximum", math.inf), schema.get("exclusiveMaximum", math.inf))
    if kind == "number" and "multipleOf" not in schema and math.isfinite(low) and math.isfinite(high):
        return float(low + high) / 2
    found: int | float
    if math.isfinite(low):
        found = math.ceil(low / step) * step
        return found + step if found == schema.get("exclusiveMinimum") else found
    found = math.floor(min(high, max(step, 1)) / step) * step
    return found - step if found == schema.get("exclusiveMaximum") else found


def _referred(reference: str, root: Json) -> Json:
    found: Any = root
    for name in reference.removeprefix("#").split("/"):
        if name:
            found = found.get(name.replace("~1", "/").replace("~0", "~"), {})
    return found if isinstance(found, dict) else {}


def _beside(schema: Json) -> Json:
    return {name: value for name, value in schema.items() if name != "$ref"}
