"""What a text means that a person types into a cell: a number, a date, a boolean, or itself.

Knows the numbers, percents and currencies of en_US; in other locales only the order of day and month differs."""

import datetime
import re

import msgspec

from simulator.sheets import serials
from simulator.sheets.model import Value

_NUMBER = re.compile(r"([+-]?)([$€£]?)([+-]?)((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)(%?)")
_BOOKED = re.compile(r"\(([^()]+)\)")
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d{1,3}")
_CLOCK = r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?: ?([aApP])[mM])?"
_AFTER = "(?:[ T]" + _CLOCK + ")?"
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})" + _AFTER)
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})" + _AFTER)
_DAY_FIRST = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})\.?[ -](\d{4})" + _AFTER)
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}), ?(\d{4})" + _AFTER)
_TIME = re.compile(_CLOCK)
_MONTHS = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)


class Meant(msgspec.Struct, frozen=True):
    """A value, and the number format that it brings along."""

    value: Value
    kind: str = ""
    pattern: str = ""


def meant(text: str, locale: str) -> Meant:
    """What the text means; a leading `'` makes it a text."""
    if text.startswith("'"):
        return Meant(text[1:] or None)
    plain = text.strip()
    if plain.upper() in {"TRUE", "FALSE"}:
        return Meant(plain.upper() == "TRUE")
    return _number(plain) or date(plain, locale) or Meant(text or None)


def _number(text: str) -> Meant | None:
    if _SCIENTIFIC.fullmatch(text):
        return Meant(float(text), "SCIENTIFIC", "0.00E+00")
    booked = _BOOKED.fullmatch(text)
    found = _NUMBER.fullmatch(booked[1] if booked else text)
    if not found:
        return None
    first, currency, second, digits, percent = found.groups()
    if (first and second) or (second and not currency) or (booked and (first or second)):
        return None
    value = float(f"{'-' if booked else first or second}{digits.replace(',', '')}")
    decimals = ".00" if "." in digits else ""
    if percent:
        return None if currency else Meant(value / 100, "PERCENT", f"0{decimals}%")
    if currency:
        sign = '"$"' if currency == "$" else f"[${currency}]"
        return Meant(value, "CURRENCY", f"{sign}#,##0{decimals}")
    return Meant(value, "NUMBER", f"#,##0{decimals}") if "," in digits else Meant(value)


def date(text: str, locale: str) -> Meant | None:
    """The date, the time or both that the text means, or None."""
    if found := _ISO.fullmatch(text):
        year, month, day, *clock = found.groups()
        return _moment(year, month, day, clock, "yyyy-mm-dd")
    if found := _SLASHED.fullmatch(text):
        first, second, year, *clock = found.groups()
        if locale == "en_US":
            return _moment(year, first, second, clock, "m/d/yyyy")
        return _moment(year, second, first, clock, "dd/mm/yyyy")
    if found := _TIME.fullmatch(text):
        timed = _moment("1899", "12", "30", list(found.groups()), "")
        return timed and Meant(timed.value, "TIME", timed.pattern.strip())
    return _worded(text)


def _worded(text: str) -> Meant | None:
    if found := _DAY_FIRST.fullmatch(text):
        day, name, year, *clock = found.groups()
        return _moment(year, _month(name), day, clock, "d mmm yyyy")
    if found := _MONTH_FIRST.fullmatch(text):
        name, day, year, *clock = found.groups()
        return _moment(year, _month(name), day, clock, "mmm d, yyyy")
    return None


def _month(name: str) -> str:
    """The number of a month by its English name, or its first three letters; 0 for none."""
    lower = name.lower()
    return str(next((n for n, known in enumerate(_MONTHS, 1) if lower in {known, known[:3]}), 0))


def _moment(year: str, month: str, day: str, clock: list[str | None], pattern: str) -> Meant | None:
    hour, minute, second = (int(part or 0) for part in clock[:3])
    half = clock[3]
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + 12 * (half in "pP")
    try:
        when = datetime.datetime(_year(year), int(month), int(day), hour, minute, second)  # noqa: DTZ001 - no zone
    except ValueError:
        return None
    if clock[0] is None:
        return Meant(serials.serial(when), "DATE", pattern)
    written = "h:mm" + (":ss" if clock[2] else "") + (" am/pm" if half else "")
    return Meant(serials.serial(when), "DATE_TIME", f"{pattern} {written}")


def _year(text: str) -> int:
    """Of two digits: 1930 to 2029."""
    year = int(text)
    return year if len(text) > 2 else year + (2000 if year < 30 else 1900)
