"""The smallest value that a JSON Schema allows, its texts filled with a story."""

from typing import Any

from simulator.wire import Json

_DEEPEST = 20


def instance(schema: Json, story: str, root: Json | None = None, depth: int = 0) -> Any:
    """A value for `schema`: knows type, properties, items, enum, const, anyOf, $ref into `$defs`, and bounds."""
    whole = root if root is not None else schema
    if depth > _DEEPEST:
        return None
    for name in ("const", "default"):
        if name in schema:
            return schema[name]
    if schema.get("enum"):
        return schema["enum"][0]
    if "$ref" in schema:
        return instance(_referred(schema["$ref"], whole), story, whole, depth + 1)
    if schema.get("anyOf"):
        return instance(schema["anyOf"][0], story, whole, depth + 1)
    return _of_type(schema, story, whole, depth)


def _of_type(schema: Json, story: str, root: Json, depth: int) -> Any:
    kind = schema.get("type", "object")
    match kind[0] if isinstance(kind, list) else kind:
        case "string":
            return story[: schema.get("maxLength", 2000)].ljust(schema.get("minLength", 0), ".")
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return True
        case "null":
            return None
        case "array":
            count = max(schema.get("minItems", 1), 1)
            return [instance(schema.get("items", {"type": "string"}), story, root, depth + 1) for _ in range(count)]
        case _:
            fields = schema.get("properties", {})
            return {name: instance(field, story, root, depth + 1) for name, field in fields.items()}


def _referred(reference: str, root: Json) -> Json:
    found: Any = root
    for name in reference.removeprefix("#").split("/"):
        if name:
            found = found.get(name, {})
    return found if isinstance(found, dict) else {}
