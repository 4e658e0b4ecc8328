"""The figures of a report, each beside that of the period before."""

from collections import Counter
from datetime import date, timedelta

import msgspec

from numirror.domains.reporting.decider.periods import Period, Span
from numirror.domains.reporting.decider.state import DAYS_KEPT, Day, Item, Reporting

_NO_DAY = Day()


class Figure(msgspec.Struct, frozen=True):
    """A number of things, now and in the period before."""

    name: str
    now: int
    before: int


class Report(msgspec.Struct, frozen=True):
    """What `shown` has to tell, beside the days of `beside`."""

    shown: Span
    beside: Span
    done: Figure
    new: Figure
    slipped: Figure
    overdue: Figure
    streak: Figure

    @property
    def figures(self) -> tuple[Figure, ...]:
        return (self.done, self.new, self.slipped, self.overdue, self.streak)


def report(state: Reporting, period: Period, today: date) -> Report:
    """The figures of a period that has begun by `today`."""
    shown, beside = period.until(today), period.beside(today)
    return Report(
        shown,
        beside,
        done=done(state, shown, beside),
        new=Figure("new", _new(state, shown), _new(state, beside)),
        slipped=Figure("slipped", _slipped(state, shown), _slipped(state, beside)),
        overdue=Figure("overdue", _overdue(state, shown.last), _overdue(state, beside.last)),
        streak=Figure("streak", _streak(state, shown.last, today), _streak(state, beside.last, today)),
    )


def done(state: Reporting, shown: Span, beside: Span) -> Figure:
    """The figure that is looked at most: it alone is on the first card of all."""
    return Figure("done", _done(state, shown), _done(state, beside))


def tags(state: Reporting, shown: Span, beside: Span) -> tuple[Figure, ...]:
    """What was done under each tag, most first."""
    now, before = _tags(state, shown), _tags(state, beside)
    figures = [Figure(tag, now[tag], before[tag]) for tag in now | before]
    return tuple(sorted(figures, key=lambda figure: (-figure.now, -figure.before, figure.name)))


def done_by_day(state: Reporting, span: Span) -> tuple[int, ...]:
    """How many were done on each of the days."""
    return tuple(state.days.get(day, _NO_DAY).done for day in span.days)


def is_late(item: Item, evening: date) -> bool:
    """Whether an item that is open is overdue at the end of that day."""
    return item.late_from is not None and item.late_from <= evening


def _done(state: Reporting, span: Span) -> int:
    return sum(done_by_day(state, span))


def _new(state: Reporting, span: Span) -> int:
    return sum(state.days.get(day, _NO_DAY).new for day in span.days)


def _slipped(state: Reporting, span: Span) -> int:
    """Those that became overdue: closed since, or open still."""
    since = sum(state.days.get(day, _NO_DAY).slipped for day in span.days)
    return since + sum(item.late_from is not None and item.late_from in span for item in state.open.values())


def _overdue(state: Reporting, evening: date) -> int:
    """Open and late at the end of a day: those that still are, and those that were closed late since then."""
    later = [counts for day, counts in state.days.items() if day > evening]
    closed_since = sum(day.caught - day.slipped for day in later)
    return max(0, closed_since + sum(is_late(item, evening) for item in state.open.values()))


def _streak(state: Reporting, evening: date, today: date) -> int:
    """Days in a row with something done. A today that is still empty breaks nothing."""
    day = evening
    if day == today and not state.days.get(day, _NO_DAY).done:
        day -= timedelta(days=1)
    length = 0
    while length < DAYS_KEPT and state.days.get(day, _NO_DAY).done:
        length, day = length + 1, day - timedelta(days=1)
    return length


def _tags(state: Reporting, span: Span) -> Counter[str]:
    counts: Counter[str] = Counter()
    for day in span.days:
        counts.update(state.tags.get(day, {}))
    return counts
