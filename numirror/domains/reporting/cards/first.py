"""The first card: this week in short, and the three reports."""

from numirror.domains.reporting.cards import words
from numirror.domains.reporting.decider import Period, Reporting, done, report
from numirror.kernel.card import Button, Buttons, Card, DecoratedText, Header, Paragraph, Section, Show, Widget
from numirror.kernel.decider import Event
from numirror.kernel.domain import Viewer
from numirror.kernel.wording import day_words


def first_card(state: Reporting, viewer: Viewer) -> Card:
    """This week in short, and the doors to the reports."""
    doors = tuple(Button(title.removesuffix(" report"), Show(kind)) for kind, title in words.TITLES.items())
    return Card(
        "reports",
        Header("Reports", day_words(words.today_of(viewer))),
        (Section((_short(state, viewer),), "This week"), Section((Buttons(doors),))),
    )


def news(state: Reporting, viewer: Viewer) -> str:
    """What was done this week so far, beside the same days of the last; nothing while nothing was."""
    today = words.today_of(viewer)
    week = Period("week", today)
    found = done(state, week.until(today), week.beside(today))
    return f"{found.now:,} done this week  {words.change(found)}" if found.now else ""


def _short(state: Reporting, viewer: Viewer) -> Widget:
    if not state.days:
        return Paragraph("Nothing to report yet. Add a task and complete it: it is counted from then on.")
    today = words.today_of(viewer)
    found = report(state, Period("week", today), today)
    numbers = f"{found.done.now:,} done, {found.new.now:,} new, {found.overdue.now:,} overdue"
    streak = f"{found.streak.now:,} {words.days_in_a_row(found.streak.now)}"
    label = f"{words.change(found.done)} done than the week before; {streak}"
    return DecoratedText(numbers, bottom_label=label, on_click=Show("week"))


def said(_events: tuple[Event, ...]) -> str:
    """Nothing is wished of a report."""
    return ""
