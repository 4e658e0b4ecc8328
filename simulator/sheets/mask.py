"""Field masks: which parts of an answer are wanted, which parts of an object an update touches."""

import re
from typing import Any

from simulator.sheets.errors import Invalid
from simulator.wire import Json

Mask = dict[str, "Mask"]
"""Field name to the mask of what is inside it; an empty mask means everything."""

_TOKEN = re.compile(r"[A-Za-z0-9_*]+|[.,/()]")
_DEPTH = 50


def parse(text: str) -> Mask:
    """The mask in `a.b,c(d,e/f)` or `*`. Raises `Invalid` for anything that cannot be read."""
    compact = "".join(text.split())
    tokens = _TOKEN.findall(compact)
    if "".join(tokens) != compact or not tokens:
        raise _unreadable(text)
    mask, rest = _list(tokens, text, 0)
    if rest:
        raise _unreadable(text)
    return mask


def select(value: Any, mask: Mask) -> Any:
    """The part of `value` under the mask; lists are filtered item by item."""
    if not mask or "*" in mask:
        return value
    if isinstance(value, list):
        return [select(item, mask) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: select(member, mask[name]) for name, member in value.items() if name in mask}


def merged(old: Json, new: Json, mask: Mask) -> Json:
    """`old` with the masked fields taken from `new`; a masked field that `new` lacks is reset."""
    if not mask or "*" in mask:
        return dict(new)
    result = dict(old)
    for name, inner in mask.items():
        result[name] = _member(old.get(name), new.get(name), inner)
        if result[name] is None:
            del result[name]
    return result


def _member(old: Any, new: Any, mask: Mask) -> Any:
    if not mask or "*" in mask:
        return new
    before = old if isinstance(old, dict) else {}
    after = new if isinstance(new, dict) else {}
    return merged(before, after, mask) or None


def _list(tokens: list[str], text: str, depth: int) -> tuple[Mask, list[str]]:
    if depth > _DEPTH:
        raise _unreadable(text)
    mask, rest = _path(tokens, text, depth)
    while rest and rest[0] == ",":
        more, rest = _path(rest[1:], text, depth)
        mask = _joined(mask, more)
    return mask, rest


def _path(tokens: list[str], text: str, depth: int) -> tuple[Mask, list[str]]:
    if not tokens or tokens[0] in ".,/()" or depth > _DEPTH:
        raise _unreadable(text)
    name, rest = tokens[0], tokens[1:]
    inner: Mask = {}
    if rest and rest[0] in {".", "/"}:
        inner, rest = _path(rest[1:], text, depth + 1)
    elif rest and rest[0] == "(":
        inner, rest = _list(rest[1:], text, depth + 1)
        if not rest or rest[0] != ")":
            raise _unreadable(text)
        rest = rest[1:]
    return {name: inner}, rest


def _joined(one: Mask, other: Mask) -> Mask:
    result = dict(one)
    for name, inner in other.items():
        known = result.get(name)
        result[name] = inner if known is None else (_joined(known, inner) if known and inner else {})
    return result


def _unreadable(text: str) -> Invalid:
    return Invalid(f"Invalid field selection {text}")
