"""What strict structured outputs ask of a JSON Schema.

https://platform.openai.com/docs/guides/structured-outputs#supported-schemas
"""

from collections.abc import Iterator
from typing import Any

from simulator.wire import Json

_REFUSED = ("allOf", "oneOf", "not", "dependentRequired", "dependentSchemas", "if", "then", "else", "patternProperties")


def objection(schema: Json) -> str | None:
    """Why a strict request with this schema is refused, in OpenAI's way; None where it is not."""
    if schema.get("type") != "object" or "anyOf" in schema:
        return f"schema must be a JSON Schema of 'type: \"object\"', got 'type: {schema.get('type')!r}'."
    return next(_wrong(schema, ()), None)


def _wrong(schema: Any, at: tuple[str, ...]) -> Iterator[str]:
    if not isinstance(schema, dict):
        yield f"In context={at}, this is not a schema."
        return
    context = f"In context={at}"
    for word in _REFUSED:
        if word in schema:
            yield f"{context}, '{word}' is not permitted."
    fields = schema.get("properties", {})
    if schema.get("type") == "object" or fields:
        if schema.get("additionalProperties") is not False:
            yield f"{context}, 'additionalProperties' is required to be supplied and to be false."
        missing = [name for name in fields if name not in schema.get("required", [])]
        if missing:
            yield (
                f"{context}, 'required' is required to be supplied and to be an array including every key in "
                f"properties. Missing '{missing[0]}'."
            )
    for where, inner in _inner(schema):
        yield from _wrong(inner, (*at, *where))


def _inner(schema: Json) -> Iterator[tuple[tuple[str, ...], Any]]:
    for holder in ("properties", "$defs", "definitions"):
        for name, one in schema.get(holder, {}).items():
            yield (holder, name), one
    for number, one in enumerate(schema.get("anyOf", [])):
        yield ("anyOf", str(number)), one
    if "items" in schema:
        yield ("items",), schema["items"]
