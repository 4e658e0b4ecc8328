"""What stands behind a figure of a report."""

from collections.abc import Mapping
from datetime import date, timedelta

from numirror.domains.reporting.cards import words
from numirror.domains.reporting.decider import (
    Behind,
    Reason,
    Report,
    Reporting,
    Span,
    done_by_day,
    reasons,
    report,
    tags,
)
from numirror.kernel.card import Card, DecoratedText, Header, Paragraph, Section, Widget, sections_within, shortened
from numirror.kernel.domain import Viewer
from numirror.kernel.wording import day_words

_ROWS = 35

_ASKED: Mapping[Behind, str] = {
    "done": "{count} done",
    "new": "{count} new",
    "slipped": "{count} slipped",
    "overdue": "{count} overdue",
    "streak": "{count} days in a row",
}
_DAY_MEANS = {"done": "done", "new": "added", "slipped": "late from", "overdue": "was due"}


def why_card(state: Reporting, viewer: Viewer, fields: Mapping[str, str]) -> Card:
    """The items that a figure counts, each with its day; a streak has its days."""
    today = words.today_of(viewer)
    period = words.period_of(fields.get("period", ""), fields, today)
    found = report(state, period, today)
    name: Behind = next((known for known in _ASKED if known == fields.get("figure")), "done")
    tag = fields.get("tag", "") if name == "done" else ""
    count = _count(state, found, name, tag)
    title = f"Why {_ASKED[name].format(count=f'{count:,}')}{f' with #{tag}' if tag else ''}?"
    rows = _days(state, found, today) if name == "streak" else _items(state, found, name, tag, count)
    shown = sections_within(_ROWS, (Section(rows),), lambda more: Paragraph(f"and {more:,} more"))
    return Card("why", Header(shortened(title, 200), words.span_words(found.shown)), shown)


def _count(state: Reporting, found: Report, name: Behind, tag: str) -> int:
    if name == "done" and tag:
        return next((one.now for one in tags(state, found.shown, found.beside) if one.name == tag), 0)
    return next(figure.now for figure in found.figures if figure.name == name)


def _items(state: Reporting, found: Report, name: Behind, tag: str, count: int) -> tuple[Widget, ...]:
    known = reasons(state, name, found.shown, tag)
    rows = [_row(reason, _DAY_MEANS[name]) for reason in known]
    missing = count - len(known)
    if missing > 0:
        return (Paragraph(f"{missing:,} of them are too long ago to be named here; the Tasks tab has them."), *rows)
    return tuple(rows) or (Paragraph("Nothing stands behind this figure: it is 0."),)


def _row(reason: Reason, means: str) -> DecoratedText:
    return DecoratedText(reason.title or "(no title)", bottom_label=f"{means} {day_words(reason.day)}")


def _days(state: Reporting, found: Report, today: date) -> tuple[Widget, ...]:
    """The days of a streak, the last one first."""
    last = found.shown.last
    if last == today and not any(done_by_day(state, Span(last, last))):
        last -= timedelta(days=1)  # today breaks nothing
    days = Span(last - timedelta(days=found.streak.now - 1), last).days if found.streak.now else ()
    counts = zip(days, done_by_day(state, Span(days[0], last)), strict=True) if days else ()
    rows = [DecoratedText(day_words(day), bottom_label=f"{count:,} done") for day, count in counts]
    return tuple(reversed(rows)) or (Paragraph("No day in a row yet: complete one task, and this is day one."),)
