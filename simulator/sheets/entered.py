"""What a value becomes when it enters a cell: as it is (RAW), or as if a person typed it (USER_ENTERED)."""

import datetime
import re

import msgspec

from simulator.sheets import formula, serials
from simulator.sheets.errors import Invalid
from simulator.sheets.model import Cell, Value
from simulator.wire import Json

LONGEST = 50_000
"""Characters in a cell."""

Given = bool | int | float | str

_NUMBER = re.compile(r"([+-]?)(\$?)((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)(%?)")
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d{1,3}")
_CLOCK = r"(\d{1,2}):(\d{2})(?::(\d{2}))?"
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]" + _CLOCK + ")?")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: " + _CLOCK + ")?")
_TIME = re.compile(_CLOCK)


class _Typed(msgspec.Struct, frozen=True):
    """What a typed text means, and the number format that it brings along."""

    value: Value
    kind: str = ""
    pattern: str = ""


def raw(cell: Cell, given: Given) -> Cell:
    """`cell` with the value as it came; an empty text clears."""
    return _with(cell, _stored(given), None)


def typed(cell: Cell, given: Given, locale: str) -> Cell:
    """`cell` with the value that a person would get who types `given`.

    Knows the dates, numbers, percents and dollars of en_US; in other locales only the order of day and month differs.
    A number format that the cell already has is kept, and a cell formatted as text takes everything as text."""
    if not isinstance(given, str):
        return raw(cell, given)
    _stored(given)
    kind = cell.format.get("numberFormat", {}).get("type")
    if kind == "TEXT":
        return raw(cell, given)
    if len(given) > 1 and given.startswith("="):
        return _with(cell, formula.result(given), given)
    meant = _meant(given, locale)
    entered = _with(cell, meant.value, None)
    if not meant.kind or kind:
        return entered
    number_format = {"type": meant.kind, "pattern": meant.pattern}
    return msgspec.structs.replace(entered, format=cell.format | {"numberFormat": number_format})


def of_extended(cell: Cell, value: Json | None) -> Cell:
    """`cell` with an ExtendedValue of a batch request (`userEnteredValue`), or without a value.

    Raises `Invalid` unless exactly one member is set."""
    if not value:
        return _with(cell, None, None)
    if len(value) != 1:
        raise Invalid("Invalid value: only one of the members of ExtendedValue may be set.")
    ((name, given),) = value.items()
    if name == "errorValue":
        raise Invalid("Invalid value: errorValue is read-only.")
    if name == "formulaValue":
        if not given.startswith("="):
            raise Invalid("Invalid value: a formulaValue starts with '='.")
        return _with(cell, formula.result(given), given)
    return raw(cell, given)


def _with(cell: Cell, value: Value, formula_text: str | None) -> Cell:
    return msgspec.structs.replace(cell, value=value, formula=formula_text)


def _stored(given: Given) -> Value:
    if isinstance(given, str):
        if len(given) > LONGEST:
            raise Invalid(f"Your input contains more than the maximum of {LONGEST} characters in a single cell.")
        return given or None
    return given if isinstance(given, bool) else float(given)


def _meant(text: str, locale: str) -> _Typed:
    if text.startswith("'"):
        return _Typed(text[1:] or None)
    plain = text.strip()
    if plain.upper() in {"TRUE", "FALSE"}:
        return _Typed(plain.upper() == "TRUE")
    return _number(plain) or _date(plain, locale) or _Typed(text or None)


def _number(text: str) -> _Typed | None:
    if _SCIENTIFIC.fullmatch(text):
        return _Typed(float(text), "SCIENTIFIC", "0.00E+00")
    found = _NUMBER.fullmatch(text)
    if not found:
        return None
    sign, dollar, digits, percent = found.groups()
    value = float(f"{sign}{digits.replace(',', '')}")
    decimals = ".00" if "." in digits else ""
    if percent:
        return None if dollar else _Typed(value / 100, "PERCENT", f"0{decimals}%")
    if dollar:
        return _Typed(value, "CURRENCY", f'"$"#,##0{decimals}')
    return _Typed(value, "NUMBER", f"#,##0{decimals}") if "," in digits else _Typed(value)


def _date(text: str, locale: str) -> _Typed | None:
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
        return timed and _Typed(timed.value, "TIME", timed.pattern.strip())
    return None


def _moment(year: str, month: str, day: str, clock: list[str | None], pattern: str) -> _Typed | None:
    hour, minute, second = (int(part or 0) for part in clock)
    try:
        when = datetime.datetime(int(year), int(month), int(day), hour, minute, second)  # noqa: DTZ001 - no zone
    except ValueError:
        return None
    if clock[0] is None:
        return _Typed(serials.serial(when), "DATE", pattern)
    return _Typed(serials.serial(when), "DATE_TIME", f"{pattern} h:mm" + (":ss" if clock[2] else ""))
