"""Judges requests by Google's own discovery documents, which ship with google-api-python-client."""

import functools
import json
from importlib import resources
from typing import Any

from simulator.sheets.errors import Invalid, field_violation
from simulator.sheets.mask import Mask
from simulator.wire import Json

_BOOLEANS = frozenset({"true", "false"})


@functools.cache
def document(api: str = "sheets.v4") -> Json:
    """Google's discovery document of an API."""
    folder = resources.files("googleapiclient.discovery_cache.documents")
    found: Json = json.loads((folder / f"{api}.json").read_text("utf-8"))
    return found


def check(schema: str, value: Any, at: str = "") -> None:
    """Raises `Invalid` when `value` is no instance of the named message: unknown field, wrong type, unknown enum."""
    if not isinstance(value, dict):
        raise _wrong(at, f"type.googleapis.com/google.apps.sheets.v4.{schema}", value)
    fields: Json = document()["schemas"][schema].get("properties", {})
    for name, member in value.items():
        if name not in fields:
            where = f" at '{at}'" if at else ""
            raise field_violation(
                f'Invalid JSON payload received. Unknown name "{name}"{where}: Cannot find field.', at
            )
        _check_value(fields[name], member, f"{at}.{name}" if at else name)


def check_query(method: str, arguments: list[tuple[str, str]]) -> None:
    """Raises `Invalid` for a query parameter that the method (`get`, `values.append`) does not know or cannot read."""
    known = document()["parameters"] | _method(method)["parameters"]
    for name, text in arguments:
        if name not in known or known[name]["location"] != "query":
            raise field_violation(
                f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter. '
                f"Field '{name}' could not be found in request message.",
                "",
            )
        _check_text(known[name], text, name)


def check_mask(schema: str, mask: Mask, api: str = "sheets.v4") -> None:
    """Raises `Invalid` for a path that leads to no field of the message."""
    fields = document(api)["schemas"][schema].get("properties", {})
    for name, inner in mask.items():
        if name == "*":
            continue
        if name not in fields:
            raise field_violation("Request contains an invalid argument.", f"fields: no {name} in {schema}")
        field = fields[name].get("items", fields[name])
        if inner and "$ref" in field:
            check_mask(field["$ref"], inner, api)


def scopes(method: str, api: str = "sheets.v4") -> list[str]:
    """The scopes of which a token needs one."""
    found: list[str] = _method(method, api)["scopes"]
    return found


def _method(name: str, api: str = "sheets.v4") -> Json:
    found = document(api)
    for group in f"spreadsheets.{name}".split(".")[:-1] if api == "sheets.v4" else name.split(".")[:-1]:
        found = found["resources"][group]
    method: Json = found["methods"][name.rpartition(".")[2]]
    return method


def _check_value(field: Json, value: Any, at: str) -> None:
    if "$ref" in field:
        check(field["$ref"], value, at)
    elif field.get("type") == "array":
        if not isinstance(value, list):
            raise _wrong(at, "list", value)
        for index, item in enumerate(value):
            _check_value(field["items"], item, f"{at}[{index}]")
    elif not _fits(field, value):
        raise _wrong(at, _type_name(field), value)


def _fits(field: Json, value: Any) -> bool:
    match field.get("type"):
        case "boolean":
            return isinstance(value, bool)
        case "integer":
            return _is_number(value) and float(value).is_integer() and abs(float(value)) < 2**31
        case "number":
            return _is_number(value)
        case "string":
            return isinstance(value, str) and ("enum" not in field or value in field["enum"])
        case "object":
            return isinstance(value, dict)
        case _:
            return True


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _check_text(parameter: Json, text: str, at: str) -> None:
    if "enum" in parameter and text not in parameter["enum"]:
        raise _wrong(at, "TYPE_ENUM", text)
    if parameter.get("type") == "boolean" and text.lower() not in _BOOLEANS:
        raise _wrong(at, "TYPE_BOOL", text)


def _type_name(field: Json) -> str:
    if "enum" in field:
        return "TYPE_ENUM"
    names = {"boolean": "TYPE_BOOL", "integer": "TYPE_INT32", "number": "TYPE_DOUBLE", "string": "TYPE_STRING"}
    return names.get(field.get("type", ""), "Map")


def _wrong(at: str, kind: str, value: Any) -> Invalid:
    return field_violation(f"Invalid value at '{at}' ({kind}), {json.dumps(value)[:100]}", at)


def body_schema(method: str) -> str | None:
    """The name of the message that a method takes as its body, or None."""
    request = _method(method).get("request")
    return request["$ref"] if request else None


def answer_schema(method: str) -> str:
    """The name of the message that a method answers."""
    name: str = _method(method)["response"]["$ref"]
    return name
