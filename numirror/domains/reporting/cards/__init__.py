"""Reports in the sidebar."""

from numirror.domains.reporting.cards.chart import chart
from numirror.domains.reporting.cards.first import first_card, news, said
from numirror.domains.reporting.cards.report import day_card, month_card, week_card
from numirror.domains.reporting.cards.why import why_card

__all__ = ["chart", "day_card", "first_card", "month_card", "news", "said", "week_card", "why_card"]
