"""Numbers and texts of cells without a format."""

import re

from simulator.sheets.model import CellError, Value

_NUMBER = re.compile(r"([+-]?)\$?((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?(?:[eE][+-]?\d{1,3})?|\.\d+)(%?)")


def general(number: float) -> str:
    """A number under the automatic format: ten significant digits, none that say nothing."""
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    if abs(number) >= 1e15 or abs(number) < 1e-9:
        mantissa, _, exponent = f"{number:.5E}".partition("E")
        return f"{mantissa.rstrip('0').rstrip('.')}E{exponent}"
    digits = f"{number:.10g}"
    return f"{float(digits):.15f}".rstrip("0").rstrip(".") if "e" in digits else digits


def text(value: Value) -> str:
    """The text of a value."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case str():
            return value
        case CellError():
            return value.shown
        case number:
            return general(number)


def number(written: str) -> float | None:
    """The number that a text means, or None."""
    found = _NUMBER.fullmatch(written.strip())
    if not found:
        return None
    value = float(found[1] + found[2].replace(",", ""))
    return value / 100 if found[3] else value
