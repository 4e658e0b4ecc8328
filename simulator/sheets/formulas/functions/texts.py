"""Functions of texts. A link shows its label; a picture in a cell has no text."""

import re

from simulator.sheets import plain, shown
from simulator.sheets.formulas.functions import taking
from simulator.sheets.formulas.meaning import (
    NOT_FOUND,
    VALUE,
    Result,
    Wrong,
    number,
    single,
    text,
    truth,
    values,
    whole,
)
from simulator.sheets.formulas.working_out import Function

_LONGEST = 50_000


def _joined(between: Result, skip_empty: Result, *given: Result) -> Result:
    parts = [text(one) for one in values(given)]
    return text(between).join(part for part in parts if part or not truth(skip_empty))


def _middle(whole_text: Result, start: Result, length: Result) -> Result:
    first = whole(start)
    if first < 1 or whole(length) < 0:
        raise Wrong(VALUE)
    return text(whole_text)[first - 1 : first - 1 + whole(length)]


def _left(given: Result, length: Result = 1.0) -> Result:
    return text(given)[: max(whole(length), 0)]


def _right(given: Result, length: Result = 1.0) -> Result:
    return text(given)[len(text(given)) - whole(length) :] if whole(length) < len(text(given)) else text(given)


def _substituted(given: Result, old: Result, new: Result, which: Result = None) -> Result:
    if which is None or not text(old):
        return text(given).replace(text(old), text(new)) if text(old) else text(given)
    parts = text(given).split(text(old))
    place = whole(which)
    if not 1 <= place < len(parts):
        return text(given)
    return text(old).join(parts[:place]) + text(new) + text(old).join(parts[place:])


def _replaced(given: Result, start: Result, length: Result, new: Result) -> Result:
    first = whole(start) - 1
    return text(given)[:first] + text(new) + text(given)[first + whole(length) :]


def _found(wanted: str, given: str, start: Result) -> Result:
    place = given.find(wanted, whole(start) - 1)
    if place < 0:
        raise Wrong(VALUE)
    return place + 1.0


def _repeated(given: Result, times: Result) -> Result:
    if whole(times) * len(text(given)) > _LONGEST:
        raise Wrong(VALUE)
    return text(given) * whole(times)


def _formatted(value: Result, pattern: Result) -> Result:
    one = single(value)
    if not isinstance(one, float) or isinstance(one, bool):
        return text(value)
    written = text(pattern)
    is_date = re.search(r"[ymdhs]", re.sub(r'"[^"]*"', "", written), re.IGNORECASE)
    return shown.formatted(one, {"type": "DATE_TIME" if is_date else "NUMBER", "pattern": written})


def _value(given: Result) -> Result:
    return number(given)


def _extracted(given: str, pattern: str) -> Result:
    match = re.search(pattern, given)
    if not match:
        raise Wrong(NOT_FOUND)
    return match[1] if match.groups() else match[0]


def _number_of(given: Result) -> Result:
    one = single(given)
    return 0.0 if one is None or isinstance(one, str) else number(one)


def _text_of(given: Result) -> Result:
    one = single(given)
    return one if isinstance(one, str) else ""


FUNCTIONS: dict[str, Function] = {
    "CONCATENATE": taking.results(lambda *given: "".join(plain.text(one) for one in values(given))),
    "CONCAT": taking.texts(lambda one, other: one + other),
    "JOIN": taking.results(lambda between, *given: _joined(between, False, *given)),
    "TEXTJOIN": taking.results(_joined),
    "LEFT": taking.results(_left),
    "RIGHT": taking.results(_right),
    "MID": taking.results(_middle),
    "LEN": taking.texts(lambda one: float(len(one))),
    "UPPER": taking.texts(str.upper),
    "LOWER": taking.texts(str.lower),
    "PROPER": taking.texts(str.title),
    "TRIM": taking.texts(lambda one: " ".join(one.split())),
    "SUBSTITUTE": taking.results(_substituted),
    "REPLACE": taking.results(_replaced),
    "FIND": taking.results(lambda wanted, given, start=1.0: _found(text(wanted), text(given), start)),
    "SEARCH": taking.results(lambda wanted, given, start=1.0: _found(text(wanted).lower(), text(given).lower(), start)),
    "REPT": taking.results(_repeated),
    "TEXT": taking.results(_formatted),
    "VALUE": taking.results(_value),
    "EXACT": taking.texts(lambda one, other: one == other),
    "CHAR": taking.results(lambda one: chr(whole(one))),
    "CODE": taking.texts(lambda one: float(ord(one[0]))),
    "N": taking.results(_number_of),
    "T": taking.results(_text_of),
    "TO_TEXT": taking.results(text),
    "REGEXMATCH": taking.texts(lambda given, pattern: re.search(pattern, given) is not None),
    "REGEXEXTRACT": taking.texts(_extracted),
    "REGEXREPLACE": taking.texts(lambda given, pattern, new: re.sub(pattern, re.sub(r"\$(\d)", r"\\\1", new), given)),
    "HYPERLINK": taking.results(lambda address, label=None: single(address) if label is None else single(label)),
    "IMAGE": taking.results(lambda *_: None),
    "SPARKLINE": taking.results(lambda *_: None),
}
