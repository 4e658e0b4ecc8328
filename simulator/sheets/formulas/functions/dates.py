"""Functions of dates and times, which are numbers of days."""

import calendar
import datetime
import math
from collections.abc import Callable

from simulator.sheets import meant, serials
from simulator.sheets.formulas import tree
from simulator.sheets.formulas.functions import taking
from simulator.sheets.formulas.meaning import NUMBER, VALUE, Result, Wrong, number, text, whole
from simulator.sheets.formulas.working_out import Function, Working

KINDS = {
    "TODAY": "DATE",
    "DATE": "DATE",
    "EDATE": "DATE",
    "EOMONTH": "DATE",
    "NOW": "DATE_TIME",
    "TIME": "TIME",
}
"""The functions whose result shows as a date, and the type of format that it brings along."""


def _now(working: Working, _: tuple[tree.Node, ...]) -> Result:
    return serials.serial(working.now)


def _today(working: Working, _: tuple[tree.Node, ...]) -> Result:
    return float(math.floor(serials.serial(working.now)))


def _date(year: Result, month: Result, day: Result) -> Result:
    """Months and days beyond the end of their year and month count on."""
    years, months = divmod(whole(year) * 12 + whole(month) - 1, 12)
    return _serial(years, months + 1, 1) + whole(day) - 1


def _serial(year: int, month: int, day: int) -> float:
    try:
        return serials.serial(datetime.datetime(year, month, day))  # noqa: DTZ001 - a cell has no time zone
    except ValueError as error:
        raise Wrong(NUMBER) from error


def _part(take: Callable[[datetime.datetime], int]) -> Function:
    return taking.results(lambda given: float(take(_moment(given))))


def _moment(given: Result) -> datetime.datetime:
    found = serials.moment(_days(given))
    if found is None:
        raise Wrong(NUMBER)
    return found


def _days(given: Result) -> float:
    """A date, also one that is written out."""
    try:
        return number(given)
    except Wrong:
        return _read(given)


def _read(given: Result) -> float:
    found = meant.date(text(given).strip(), "en_US")
    if found is None or not isinstance(found.value, float):
        raise Wrong(VALUE)
    return found.value


def _weekday(given: Result, kind: Result = 1.0) -> Result:
    monday = _moment(given).isoweekday()
    return float({1: monday % 7 + 1, 2: monday, 3: monday - 1}[whole(kind)])


def _months_later(given: Result, months: Result) -> datetime.datetime:
    start = _moment(given)
    years, month = divmod(start.year * 12 + start.month - 1 + whole(months), 12)
    last = calendar.monthrange(years, month + 1)[1]
    return start.replace(year=years, month=month + 1, day=min(start.day, last))


def _month_end(given: Result, months: Result) -> Result:
    later = _months_later(given, months)
    last = calendar.monthrange(later.year, later.month)[1]
    return float(math.floor(serials.serial(later.replace(day=last))))


def _week(given: Result, *_: Result) -> Result:
    return float(_moment(given).isocalendar().week)


FUNCTIONS: dict[str, Function] = {
    "NOW": _now,
    "TODAY": _today,
    "DATE": taking.results(_date),
    "TIME": taking.numbers(lambda hour, minute, second: ((hour * 60 + minute) * 60 + second) / 86400 % 1),
    "DATEVALUE": taking.results(lambda given: float(math.floor(_read(given)))),
    "TIMEVALUE": taking.results(lambda given: _read(given) % 1),
    "DAYS": taking.results(lambda end, start: float(math.floor(_days(end)) - math.floor(_days(start)))),
    "YEAR": _part(lambda moment: moment.year),
    "MONTH": _part(lambda moment: moment.month),
    "DAY": _part(lambda moment: moment.day),
    "HOUR": _part(lambda moment: moment.hour),
    "MINUTE": _part(lambda moment: moment.minute),
    "SECOND": _part(lambda moment: moment.second),
    "WEEKDAY": taking.results(_weekday),
    "ISOWEEKNUM": taking.results(_week),
    "EDATE": taking.results(lambda given, months: float(math.floor(serials.serial(_months_later(given, months))))),
    "EOMONTH": taking.results(_month_end),
}
