"""Cell formats as Google keeps them and reads them back: 8-bit colours with `…Style` twins, no false flags."""

import struct
from typing import Any

from simulator.sheets.mask import Mask
from simulator.wire import Json

_COLOURS = ("backgroundColor", "foregroundColor", "tabColor", "color")
DEFAULT: Json = {
    "backgroundColor": {"red": 1, "green": 1, "blue": 1},
    "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": {"foregroundColor": {}, "fontFamily": "arial,sans,sans-serif", "fontSize": 10},
}


def kept(value: Any) -> Any:
    """`value` (a format or sheet properties) as it is stored: no false flags, one plain 8-bit colour a pair."""
    if isinstance(value, list):
        return [kept(item) for item in value]
    if not isinstance(value, dict):
        return value
    result = {}
    for name, member in _paired(value).items():
        if member is not None and member is not False:
            result[name] = _colour(member) if name in _COLOURS else kept(member)
    return result


def kept_mask(mask: Mask) -> Mask:
    """The mask that touches in the stored value what `mask` touches in a request."""
    return {_plain(name): {} if _plain(name) in _COLOURS else kept_mask(inner) for name, inner in mask.items()}


def read_back(value: Any) -> Any:
    """A stored value as Google answers: each colour with its `…Style` twin."""
    if not isinstance(value, dict):
        return value
    result = {}
    for name, member in value.items():
        result[name] = read_back(member)
        if name in _COLOURS:
            result[f"{name}Style"] = {"rgbColor": member}
    return result


def effective(own: Json) -> Json:
    """The whole format of a cell: its own over the default."""
    return _over(DEFAULT, own)


def eight_bit(channel: float) -> float:
    """A channel from 0 to 1 as the server gives it back: 0.5 is 127/255 in single precision."""
    single: float = struct.unpack("f", struct.pack("f", int(max(0.0, min(1.0, channel)) * 255 + 1e-4) / 255))[0]
    short = float(f"{single:.8g}")
    return int(short) if short.is_integer() else short


def hexadecimal(colour: Json) -> str:
    """`#rrggbb` of a Color."""
    return "#" + "".join(f"{round(colour.get(name, 0) * 255):02x}" for name in ("red", "green", "blue"))


def _plain(name: str) -> str:
    return name.removesuffix("Style") if name.removesuffix("Style") in _COLOURS else name


def _paired(value: Json) -> Json:
    """`value` with each `…Style` put in the place of its plain twin, which it outranks."""
    result = {name: member for name, member in value.items() if _plain(name) == name}
    for name, style in value.items():
        if _plain(name) != name:
            result[_plain(name)] = (style or {}).get("rgbColor")
    return result


def _colour(colour: Any) -> Any:
    if not isinstance(colour, dict):
        return colour
    channels = {name: eight_bit(part) for name, part in colour.items() if isinstance(part, int | float)}
    return {name: part for name, part in channels.items() if part}


def _over(base: Json, own: Json) -> Json:
    result = dict(base)
    for name, member in own.items():
        nested = isinstance(member, dict) and isinstance(base.get(name), dict) and "olor" not in name
        result[name] = _over(base[name], member) if nested else member
    return result
