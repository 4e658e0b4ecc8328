"""What travels over HTTP: JSON values in and out."""

import json
from typing import Any

from werkzeug.wrappers import Response

Json = dict[str, Any]
"""A JSON object."""


def answer(body: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A JSON answer as Google writes it: indented by two spaces, non-ASCII letters literal."""
    text = json.dumps(body, indent=2, ensure_ascii=False) + "\n"
    return Response(text, status, headers, content_type="application/json; charset=UTF-8")


def read_object(raw: bytes) -> Json:
    """The JSON object in a request's body; an empty body is an empty object.

    Raises `ValueError` for anything else: NaN, infinities and halves of surrogate pairs too."""
    if not raw.strip():
        return {}
    try:
        value = json.loads(raw, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("The body is nested too deeply.") from error
    if not isinstance(value, dict):
        raise ValueError("The body is not a JSON object.")
    if b"\\ud" in raw.lower():
        json.dumps(value, ensure_ascii=False).encode()  # UnicodeEncodeError is a ValueError
    return value


def without_nulls(value: Any) -> Any:
    """`value` with each null member of an object left out: to Google's servers, null is absent."""
    if isinstance(value, dict):
        return {name: without_nulls(member) for name, member in value.items() if member is not None}
    if isinstance(value, list):
        return [without_nulls(item) for item in value]
    return value


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON.")
