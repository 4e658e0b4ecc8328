"""The report of a day, a week or a month."""

from collections.abc import Mapping
from datetime import date, timedelta

from numirror.domains.reporting.cards import words
from numirror.domains.reporting.decider import DETAIL_DAYS, Figure, Kind, Period, Report, Reporting, report, tags
from numirror.kernel.card import (
    Button,
    Buttons,
    Card,
    DecoratedText,
    Drawn,
    Header,
    Paragraph,
    Section,
    Show,
    Widget,
    bold,
    coloured,
    joined,
)
from numirror.kernel.domain import Viewer

_TAGS_SHOWN = 8

_SAID = {
    "done": "done",
    "new": "new",
    "slipped": "slipped: became overdue",
    "overdue": "overdue at the end",
}


def day_card(state: Reporting, viewer: Viewer, fields: Mapping[str, str]) -> Card:
    return _card(state, viewer, "day", fields)


def week_card(state: Reporting, viewer: Viewer, fields: Mapping[str, str]) -> Card:
    return _card(state, viewer, "week", fields)


def month_card(state: Reporting, viewer: Viewer, fields: Mapping[str, str]) -> Card:
    return _card(state, viewer, "month", fields)


def _card(state: Reporting, viewer: Viewer, kind: Kind, fields: Mapping[str, str]) -> Card:
    today = words.today_of(viewer)
    period = words.period_of(kind, fields, today)
    found = report(state, period, today)
    beside = f"{words.span_words(found.shown)}, beside {words.span_words(found.beside)}"
    return Card(
        kind,
        Header(words.TITLES[kind], beside),
        (
            Section((*_figures(found, period, today), _chart(found, period))),
            Section(_tag_rows(state, found, period, today), "By tag"),
            Section(_ways(period, today)),
        ),
    )


def _figures(found: Report, period: Period, today: date) -> tuple[Widget, ...]:
    running = found.shown.last == today
    said = {**_SAID, "overdue": "overdue now"} if running else _SAID
    return tuple(_figure(figure, _said(said, figure), _why(period, figure.name)) for figure in found.figures)


def _said(said: Mapping[str, str], figure: Figure) -> str:
    return words.days_in_a_row(figure.now) if figure.name == "streak" else said[figure.name]


def _figure(figure: Figure, said: str, why: Show) -> DecoratedText:
    return DecoratedText(
        joined(bold(f"{figure.now:,}"), f" {said}  ", coloured(words.change(figure), words.mood(figure))),
        bottom_label=f"{figure.before:,} before",
        control=Button(f"Why {figure.now:,}?", why),
    )


def _why(period: Period, figure: str, tag: str = "") -> Show:
    return Show("why", {"figure": figure, "tag": tag, "period": period.kind, "on": period.day.isoformat()})


def _chart(found: Report, period: Period) -> Drawn:
    said = f"Bars: {found.done.now:,} done, {found.done.before:,} in the time before, by day."
    return Drawn("chart.png", said, {"period": period.kind, "on": period.day.isoformat()})


def _tag_rows(state: Reporting, found: Report, period: Period, today: date) -> tuple[Widget, ...]:
    if found.beside.first <= today - timedelta(days=DETAIL_DAYS):
        return (Paragraph(f"Tags are counted for the last {DETAIL_DAYS} days only."),)
    figures = tags(state, found.shown, found.beside)
    if not figures:
        return (Paragraph("Nothing with a tag was done. Write #garden into the title of a task to see it here."),)
    rows = [_figure(tag, f"#{tag.name}", _why(period, "done", tag.name)) for tag in figures[:_TAGS_SHOWN]]
    left_out = len(figures) - len(rows)
    return (*rows, Paragraph(f"and {left_out:,} more tags")) if left_out else tuple(rows)


def _ways(period: Period, today: date) -> tuple[Widget, ...]:
    before, after = period.before, period.after
    last = before.whole.last
    ways = (
        Button("Earlier", _to(period.kind, last), disabled=last < words.earliest(today)),
        Button("Later", _to(period.kind, after.day), disabled=after.day > today),
    )
    others = tuple(Button(words.TITLES[kind], _to(kind, period.day)) for kind in words.TITLES if kind != period.kind)
    return (Buttons(ways), Buttons(others))


def _to(kind: Kind, day: date) -> Show:
    return Show(kind, {"on": day.isoformat()})
