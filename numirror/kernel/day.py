"""Which day it is. The only place that knows; everything else asks here."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


def known_zone(name: str) -> str:
    """`name` if it is an IANA zone such as `Europe/Berlin`, else UTC: a browser may send anything."""
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError):
        return "Etc/UTC"


def local_day(instant: datetime, zone: str, day_start: timedelta = timedelta(0)) -> date:
    """The day a person in `zone` calls today at `instant`, when their day begins `day_start` after midnight.

    The day start is counted on the wall clock, so a night of 23 or 25 hours moves nothing.
    """
    wall = instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return (wall - day_start).date()
