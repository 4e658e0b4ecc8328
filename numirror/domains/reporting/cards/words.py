"""How periods and figures are said, and how a click says which period it means."""

from collections.abc import Mapping
from datetime import date, timedelta

from numirror.domains.reporting.decider import DAYS_KEPT, Figure, Kind, Period, Span
from numirror.kernel.card import GREEN, GREY, RED, Colour
from numirror.kernel.day import local_day
from numirror.kernel.domain import Viewer
from numirror.kernel.wording import day_words

TITLES: Mapping[Kind, str] = {"day": "Daily report", "week": "Weekly report", "month": "Monthly report"}

_KINDS: Mapping[str, Kind] = {"day": "day", "week": "week", "month": "month"}
_LESS_IS_GOOD = frozenset({"slipped", "overdue"})
_NEITHER = frozenset({"new"})


def today_of(viewer: Viewer) -> date:
    return local_day(viewer.now, viewer.zone)


def period_of(kind: str, fields: Mapping[str, str], today: date) -> Period:
    """The period that a click asks for: today's, if it asks for none that there is a report of."""
    try:
        day = date.fromisoformat(fields.get("on", ""))
    except ValueError:
        day = today
    return Period(_KINDS.get(kind, "week"), day if earliest(today) <= day <= today else today)


def earliest(today: date) -> date:
    """The first day that counts are kept of."""
    return today - timedelta(days=DAYS_KEPT - 1)


def days_in_a_row(count: int) -> str:
    """What stands behind the number of a streak."""
    return "day in a row with something done" if count == 1 else "days in a row with something done"


def span_words(span: Span) -> str:
    """`Sun 22 Nov 2026`, or `16 Nov - 22 Nov 2026`."""
    if span.first == span.last:
        return day_words(span.first)
    return f"{span.first.day} {span.first:%b} - {span.last.day} {span.last:%b %Y}"


def change(figure: Figure) -> str:
    """An arrow and a number: how it moved since the period before."""
    more = figure.now - figure.before
    if not more:
        return "= as before"
    return f"▲ {more:,} more" if more > 0 else f"▼ {-more:,} fewer"


def mood(figure: Figure) -> Colour:
    """Green for what got better, red for what got worse."""
    more = figure.now - figure.before
    if not more or figure.name in _NEITHER:
        return GREY
    return GREEN if (more > 0) != (figure.name in _LESS_IS_GOOD) else RED
