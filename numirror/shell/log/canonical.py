"""JSON in the one form that survives jsonb, so that what was signed can be computed again from what is stored.

jsonb keeps neither the order of keys nor the way a number was written: it knows 1e2 as 100 and -0.0 as 0.0. So here
keys are sorted, there are no spaces, and a number is written as PostgreSQL's numeric prints it: plainly, no exponent.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from json import dumps
from typing import Any

import msgspec

from numirror.shell.log.errors import InvalidEvent

DEPTH_LIMIT = 32
SIZE_LIMIT = 64 * 1024

_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_SIMPLE = frozenset({str, int, bool, type(None)})
_EXPONENT_LIMIT = 400
"""A double has at most 309 digits before the point and 340 after it."""


def canonical(text: bytes) -> bytes:
    """The canonical form of a JSON text. Raises `InvalidEvent` for what jsonb refuses or nobody should store.

    That is: no JSON (NaN, lone surrogates, broken UTF-8), a NUL, more than 32 levels, more than 64 KiB.
    """
    if len(text) > SIZE_LIMIT or len(result := canonical_again(text)) > SIZE_LIMIT:
        raise InvalidEvent(f"This is longer than {SIZE_LIMIT // 1024} KiB.")
    return result


def canonical_again(text: bytes) -> bytes:
    """The canonical form of a stored JSON, which may be longer than the limit by the spaces that jsonb prints."""
    try:
        value = _decoder.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError):
        raise InvalidEvent("This is no valid JSON.") from None
    if text.count(b"{") + text.count(b"[") > DEPTH_LIMIT and _depth(value) > DEPTH_LIMIT:
        raise InvalidEvent(f"This is nested more than {DEPTH_LIMIT} levels deep.")
    result = _encoder.encode(value)
    if b"\\u0000" in result and _NUL.search(result):
        raise InvalidEvent("This holds a NUL character.")
    return result


def canonical_metadata(metadata: Mapping[str, Any]) -> bytes:
    """The canonical JSON of metadata. Raises `InvalidEvent`."""
    try:
        if not all(type(value) in _SIMPLE for value in metadata.values()):
            return canonical(dumps(metadata, allow_nan=False).encode())
        text = _encoder.encode(metadata)
    except (TypeError, ValueError, RecursionError):
        raise InvalidEvent("The metadata is no valid JSON.") from None
    return canonical(text) if b"\\u" in text or len(text) > SIZE_LIMIT else text


def _plain(written: str) -> msgspec.Raw:
    number = Decimal(written)
    if abs(number.adjusted()) > _EXPONENT_LIMIT or len(written) > _EXPONENT_LIMIT:
        raise ValueError("a number beyond all bounds")
    text = format(number, "f")
    return msgspec.Raw((text if number else text.lstrip("-")).encode())


def _depth(value: Any) -> int:
    depth, level = 0, _containers([value])
    while level:
        depth += 1
        level = _containers(inner for outer in level for inner in _inside(outer))
    return depth


def _containers(values: Iterable[Any]) -> list[Any]:
    return [value for value in values if isinstance(value, dict | list)]


def _inside(outer: dict[str, Any] | list[Any]) -> Iterable[Any]:
    return outer.values() if isinstance(outer, dict) else outer


_decoder = msgspec.json.Decoder(float_hook=_plain)
_encoder = msgspec.json.Encoder(order="sorted")
