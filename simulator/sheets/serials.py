"""Dates as Sheets stores them: days since 1899-12-30, the time of day as the fraction."""

import datetime

_DAY_ZERO = datetime.datetime(1899, 12, 30)  # noqa: DTZ001 - a cell has no time zone
_SECONDS = 86400


def serial(moment: datetime.datetime) -> float:
    since = moment - _DAY_ZERO
    return since.days + (since.seconds + since.microseconds / 1e6) / _SECONDS


def moment(number: float) -> datetime.datetime | None:
    """The date and time of a serial, to the second; None outside the years 1 to 9999."""
    try:
        return _DAY_ZERO + datetime.timedelta(seconds=round(number * _SECONDS))
    except OverflowError:
        return None
