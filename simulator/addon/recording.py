"""An exchange with the add-on as a file: what was sent, what came back; and how another answer differs from it.

No token is in it, and no address: the add-on's own stands as `{addon}`, so that the file fits wherever it runs.
"""

import json
from collections.abc import Collection, Iterator
from typing import Any

import msgspec

from simulator.wire import Json

ADDON = "{addon}"
_SIGNED = ("parameters",)
"""Members whose values are often other ones each time, such as ids and seals."""


class Recording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file. `event` is the body of `POST /sim/event` without user and spreadsheet, `ignore` names members of the
    answer that are not compared, wherever they stand."""

    event: dict[str, Any]
    status: int
    response: Any
    ignore: tuple[str, ...] = _SIGNED
    version: int = 1


class Difference(msgspec.Struct, frozen=True):
    """A place where another answer is not as the one before; what is missing is None."""

    path: str
    was: Any
    now: Any


def without_address(value: Any, origin: str) -> Any:
    """The same value, with `{addon}` for the address of the add-on."""
    return _replaced(value, origin, ADDON)


def with_address(value: Any, origin: str) -> Any:
    """The other way round."""
    return _replaced(value, ADDON, origin)


def differences(was: Any, now: Any, ignore: Collection[str], path: str = "$") -> Iterator[Difference]:
    """Every innermost place, in order, where `now` is not as `was`."""
    if isinstance(was, dict) and isinstance(now, dict):
        for name in (*was, *(name for name in now if name not in was)):
            if name not in ignore:
                yield from differences(was.get(name), now.get(name), ignore, f"{path}.{name}")
    elif isinstance(was, list) and isinstance(now, list):
        for place in range(max(len(was), len(now))):
            one, other = (value[place] if place < len(value) else None for value in (was, now))
            yield from differences(one, other, ignore, f"{path}[{place}]")
    elif was != now:
        yield Difference(path, was, now)


def _replaced(value: Any, old: str, new: str) -> Any:
    text: str = json.dumps(value)
    replaced: Json = json.loads(text.replace(json.dumps(old)[1:-1], json.dumps(new)[1:-1]))
    return replaced
