"""The chart of a report: what was done on each day, beside the days before."""

from collections.abc import Mapping
from datetime import timedelta

from numirror.domains.reporting.cards import words
from numirror.domains.reporting.decider import Period, Reporting, Span, done_by_day
from numirror.kernel.domain import Viewer
from numirror.kernel.picture import Bars, Series

_WEEK = timedelta(days=7)


def chart(state: Reporting, viewer: Viewer, fields: Mapping[str, str]) -> tuple[Bars, ...]:
    """Bars by day. A single day is shown at the end of its seven days, beside the seven before."""
    period = words.period_of(fields.get("period", ""), fields, words.today_of(viewer))
    shown, before = _spans(period)
    labels = tuple(_label(period, day.day, f"{day:%a}") for day in shown.days)
    return (
        Bars(
            title="Done by day",
            subtitle=f"{words.span_words(shown)}, beside {words.span_words(before)}",
            labels=labels,
            series=(
                Series("now", _values(state, shown, len(labels))),
                Series("before", _values(state, before, len(labels))),
            ),
        ),
    )


def _spans(period: Period) -> tuple[Span, Span]:
    if period.kind != "day":
        return period.whole, period.before.whole
    week = Span(period.day - _WEEK + timedelta(days=1), period.day)
    return week, Span(week.first - _WEEK, week.last - _WEEK)


def _label(period: Period, number: int, weekday: str) -> str:
    return str(number) if period.kind == "month" else weekday


def _values(state: Reporting, span: Span, length: int) -> tuple[float, ...]:
    """A value for each label, whatever the months' lengths."""
    counts = [float(count) for count in done_by_day(state, span)][:length]
    return (*counts, *[0.0] * (length - len(counts)))
