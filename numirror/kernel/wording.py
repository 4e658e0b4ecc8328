"""How numbers, days and times are said on cards."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def counted(number: int, what: str) -> str:
    """`1 line`, `2 lines`."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def day_words(day: date) -> str:
    """`Mon 23 Nov 2026`."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def time_words(instant: datetime, now: datetime, zone: str) -> str:
    """`10:42` on the clock of a person in `zone`, with the day where that is not the day of `now`."""
    wall, today = (one.astimezone(ZoneInfo(zone)) for one in (instant, now))
    return f"{wall:%H:%M}" if wall.date() == today.date() else f"{day_words(wall.date())}, {wall:%H:%M}"
