"""What the sidebar shows of reports, whatever there is to report."""

from datetime import UTC, date, datetime, timedelta

import pytest

from numirror.domains.reporting import DOMAIN
from numirror.domains.reporting.decider import DECIDER, Reporting
from numirror.domains.reporting.events import ItemAdded, ItemDone, ReportNotice
from numirror.kernel.card import Card, DecoratedText, Drawn, plain
from numirror.kernel.domain import Viewer
from numirror.kernel.picture import Bars
from numirror.web import render
from tests.cards.checked import CALLS, checked
from tests.cards.strategies import NASTY

SUNDAY, DAY = date(2026, 11, 22), timedelta(days=1)
VIEWER = Viewer(datetime(2026, 11, 22, 12, tzinfo=UTC), "Europe/Berlin")
PAGES = [*DOMAIN.pages]


def state(count: int, title: str = "Water #garden", due: date | None = None) -> Reporting:
    notices: list[ReportNotice] = []
    for n in range(count):
        on = SUNDAY - (n % 9) * DAY
        notices += [ItemAdded(entity_id=f"i{n}", title=title, due=due, on=on), ItemDone(entity_id=f"i{n}", on=on)]
    return DECIDER.fold(DECIDER.initial, notices)


def judged(card: Card) -> str:
    """The card as JSON, judged; its pictures at some address."""
    calls = render.Calls(CALLS.url, CALLS.base_url, CALLS.sign, media=lambda name, _fields: f"/media/{name}")
    return str(checked(render.card(calls, card), "card"))


def page(known: Reporting, name: str, **fields: str) -> Card:
    return DOMAIN.pages[name](known, VIEWER, fields)


def rows(card: Card) -> list[str]:
    widgets = [widget for section in card.sections for widget in section.widgets]
    return [plain(one.text) for one in widgets if isinstance(one, DecoratedText)]


@pytest.mark.parametrize("count", [0, 1, 60])
def test_every_number_of_items_makes_cards_that_google_shows(count: int) -> None:
    known = state(count, due=SUNDAY - 20 * DAY)
    judged(DOMAIN.home(known, VIEWER))
    for name in PAGES:
        judged(page(known, name))
    for figure in ("done", "new", "slipped", "overdue", "streak"):
        judged(page(known, "why", figure=figure, period="month"))


@pytest.mark.parametrize("title", [NASTY[0], NASTY[4], NASTY[9], "#" + "x" * 80 + " #a #b"])
def test_whatever_was_typed_makes_cards_that_google_shows(title: str) -> None:
    judged(page(state(2, title), "week"))
    judged(page(state(2, title), "why", figure="done", tag="x" * 3_000))


@pytest.mark.parametrize("on", ["", "soon", "0001-01-01", "9999-12-31", "2025-01-01"])
def test_a_click_from_elsewhere_shows_todays_report(on: str) -> None:
    assert page(state(3), "month", on=on) == page(state(3), "month")
    assert page(state(3), "why", on=on, figure="<b>", period="year").header.title == "Why 3 done?"


def test_a_figure_stands_beside_the_one_before_and_asks_why() -> None:
    card = page(state(10), "week")
    assert rows(card)[0] == "8 done  ▲ 6 more"
    assert "Why 8?" in judged(card)
    assert rows(page(state(10), "why", figure="done", period="week")).count("Water #garden") == 8
    assert "#garden" in rows(card)[-1]


def test_the_days_of_a_streak_are_its_reasons() -> None:
    card = page(state(3), "why", figure="streak", period="day")
    assert rows(card) == ["Sun 22 Nov 2026", "Sat 21 Nov 2026", "Fri 20 Nov 2026"]


def test_a_period_that_has_not_begun_is_not_offered() -> None:
    ways = [one for one in judged(page(state(1), "day")).split("'text': ") if one.startswith("'Later'")]
    assert "'disabled': True" in judged(page(state(1), "day"))
    assert ways
    assert "'disabled': True" not in judged(page(state(1), "day", on="2026-11-20"))


def test_tags_of_long_ago_are_not_claimed_to_be_none() -> None:
    assert "last 62 days only" in judged(page(state(1), "month", on="2026-09-20"))


def test_the_chart_has_a_bar_for_each_day_of_both_times() -> None:
    known = state(10)
    for kind, length in (("day", 7), ("week", 7), ("month", 30)):
        (bars,) = DOMAIN.media["chart.png"](known, VIEWER, {"period": kind})
        assert isinstance(bars, Bars)
        assert [len(bars.labels), *(len(series.values) for series in bars.series)] == [length] * 3
    (week,) = DOMAIN.media["chart.png"](known, VIEWER, {"period": "week"})
    assert isinstance(week, Bars)
    assert week.series[0].values == (1, 1, 1, 1, 1, 1, 2)
    assert any(isinstance(widget, Drawn) for section in page(known, "week").sections for widget in section.widgets)


def test_there_is_news_only_where_something_was_done() -> None:
    assert DOMAIN.news(Reporting(), VIEWER) == ""
    assert DOMAIN.news(state(10), VIEWER) == "8 done this week  ▲ 6 more"
    assert "Nothing to report yet" in judged(DOMAIN.home(Reporting(), VIEWER))
    assert "8 done, 8 new, 0 overdue" in judged(DOMAIN.home(state(10), VIEWER))
