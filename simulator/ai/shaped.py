"""A value that a JSON Schema allows, its texts filled from a prompt: a field's name says what may stand there."""

import random
from collections.abc import Sequence
from typing import Any

from simulator.ai.story import chance_of, things
from simulator.wire import Json

_DEEPEST = 20
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


class Filler:
    """Makes values for one prompt: the same prompt gives the same value."""

    def __init__(self, schema: Json, prompt: str) -> None:
        self._root = schema
        self._chance: random.Random = chance_of(prompt)
        self._things = things(prompt)

    def value(self) -> Any:
        """For the whole schema: knows type, properties, items, enum, const, anyOf, $ref into `$defs`, and bounds."""
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
            return self._of(_referred(schema["$ref"], self._root), name, depth + 1)
        if schema.get("anyOf"):
            return self._of(schema["anyOf"][0], name, depth + 1)
        return self._of_type(schema, name, depth)

    def _of_type(self, schema: Json, name: str, depth: int) -> Any:
        kind = schema.get("type", "object")
        match kind[0] if isinstance(kind, list) else kind:
            case "string":
                return self._text(name)[: schema.get("maxLength", 2000)].ljust(schema.get("minLength", 0), ".")
            case "integer" | "number":
                return schema.get("minimum", 1)
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
        least = max(schema.get("minItems", 1), 1)
        most = max(least, schema.get("maxItems", _COUNTS.get(name, 1)))
        items = schema.get("items", {"type": "string"})
        made = [self._of(items, name, depth + 1) for _ in range(min(most, max(least, _COUNTS.get(name, least))))]
        for number, one in enumerate(made):
            # Of the people in one picture each is another one, and each says something.
            for field in ("name", "speaker"):
                if isinstance(one, dict) and field in one:
                    one[field] = _NAMES[number % len(_NAMES)]
        return made

    def _text(self, name: str) -> str:
        if name in _WORDS:
            return self._chance.choice(_WORDS[name])
        thing = self._chance.choice(self._things)
        return thing if name == "title" else self._chance.choice(_REPLIES).format(thing=thing[:1].upper() + thing[1:80])


_COUNTS = {"panels": 4, "figures": 2, "balloons": 2}
"""How many a list of this name has, where its bounds allow it."""


def instance(schema: Json, prompt: str) -> Any:
    """A value for `schema` about what the prompt holds."""
    return Filler(schema, prompt).value()


def _referred(reference: str, root: Json) -> Json:
    found: Any = root
    for name in reference.removeprefix("#").split("/"):
        if name:
            found = found.get(name, {})
    return found if isinstance(found, dict) else {}
