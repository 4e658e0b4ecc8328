"""Reporting: what was done in a day, a week, a month, beside the time before. It hears of tasks and stores nothing."""

from numirror.domains.reporting import cards, commands, decider, events, mirrors
from numirror.kernel.domain import Domain, MenuEntry

DOMAIN = Domain(
    name="reporting",
    state=decider.Reporting,
    state_version=1,
    decider=decider.DECIDER,
    events=events.EVENTS,
    commands=commands.COMMANDS,
    home=cards.first_card,
    pages={"day": cards.day_card, "week": cards.week_card, "month": cards.month_card, "why": cards.why_card},
    said=cards.said,
    title="Reports",
    icon="DESCRIPTION",
    news=cards.news,
    tables=(mirrors.DAYS_TABLE,),
    tabs=(mirrors.REPORTS_TAB,),
    menu=(
        MenuEntry("Daily report", "day"),
        MenuEntry("Weekly report", "week"),
        MenuEntry("Monthly report", "month"),
    ),
    media={"chart.png": cards.chart},
)
