"""How a cell looks: its value under its number format."""

import datetime
import re

from simulator.sheets import serials
from simulator.sheets.model import Cell
from simulator.sheets.plain import general, text
from simulator.wire import Json

DATES = frozenset({"DATE", "TIME", "DATE_TIME"})

DEFAULTS = {
    "NUMBER": "#,##0.00",
    "PERCENT": "0.00%",
    "CURRENCY": '"$"#,##0.00',
    "SCIENTIFIC": "0.00E+00",
    "DATE": "m/d/yyyy",
    "TIME": "h:mm:ss am/pm",
    "DATE_TIME": "m/d/yyyy h:mm:ss",
}
_DATE_TOKEN = re.compile(r'yyyy|yy|m{1,4}|d{1,4}|hh?|ss?|am/pm|"[^"]*"|\\.|.', re.IGNORECASE | re.DOTALL)
_NUMBER_PATTERN = re.compile(r"((?:\"[^\"]*\"|[^#0,.\"])*)([#0,]+)(\.[#0]+)?(E\+0+)?((?:\"[^\"]*\"|[^\"])*)")


def shown(cell: Cell) -> str:
    """The text that a person sees in the cell."""
    value = cell.value
    if isinstance(value, float) and not isinstance(value, bool):
        return formatted(value, cell.format.get("numberFormat", {}))
    return text(value)


def is_date(cell: Cell) -> bool:
    """Whether the cell holds a number that shows as a date or a time."""
    number = isinstance(cell.value, float) and not isinstance(cell.value, bool)
    return number and cell.format.get("numberFormat", {}).get("type") in DATES


def formatted(number: float, number_format: Json) -> str:
    """A number under Google's NumberFormat."""
    kind = number_format.get("type", "")
    pattern = number_format.get("pattern") or DEFAULTS.get(kind, "")
    if kind in DATES:
        moment = serials.moment(number)
        return _date(moment, pattern) if moment else general(number)
    return _number(number, pattern) if pattern else general(number)


def _number(number: float, pattern: str) -> str:
    found = _NUMBER_PATTERN.fullmatch(pattern.partition(";")[0])
    if not found:
        return general(number)
    before, whole, decimals, exponent, after = found.groups()
    places = len(decimals) - 1 if decimals else 0
    size = abs(number) * (100 if "%" in after else 1)
    digits = f"{size:.{places}E}" if exponent else f"{size:{',' if ',' in whole else ''}.{places}f}"
    if decimals and decimals.endswith("#"):
        kept = decimals.count("0")
        digits = _without_zeros(digits, kept)
    sign = "-" if number < 0 and any(digit in "123456789" for digit in digits) else ""
    return f"{sign}{_literal(before)}{digits}{_literal(after)}"


def _without_zeros(digits: str, kept: int) -> str:
    whole, _, fraction = digits.partition(".")
    fraction = fraction[:kept] + fraction[kept:].rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


def _literal(written: str) -> str:
    return written.replace('"', "").replace("\\", "").replace("[$", "").replace("]", "")


def _date(moment: datetime.datetime, pattern: str) -> str:
    tokens = _DATE_TOKEN.findall(pattern)
    half_day = any(token.lower() == "am/pm" for token in tokens)
    parts, after_hour = [], False
    for index, token in enumerate(tokens):
        following = next((t.lower() for t in tokens[index + 1 :] if t[0].isalpha()), "")
        minutes = token.lower() in {"m", "mm"} and (after_hour or following.startswith("s"))
        parts.append(_date_part(moment, "minute" + token.lower() if minutes else token, half_day))
        if token[0].isalpha():
            after_hour = token.lower() in {"h", "hh"}
    return "".join(parts)


def _date_part(moment: datetime.datetime, token: str, half_day: bool) -> str:
    hour = (moment.hour % 12 or 12) if half_day else moment.hour
    known = {
        "yyyy": f"{moment.year:04}",
        "yy": f"{moment.year % 100:02}",
        "mmmm": f"{moment:%B}",
        "mmm": f"{moment:%b}",
        "mm": f"{moment.month:02}",
        "m": str(moment.month),
        "dddd": f"{moment:%A}",
        "ddd": f"{moment:%a}",
        "dd": f"{moment.day:02}",
        "d": str(moment.day),
        "hh": f"{hour:02}",
        "h": str(hour),
        "minutemm": f"{moment.minute:02}",
        "minutem": str(moment.minute),
        "ss": f"{moment.second:02}",
        "s": str(moment.second),
        "am/pm": f"{moment:%p}",
    }
    return known.get(token.lower(), token.strip('"').removeprefix("\\"))
