"""What is counted, and what a report finds in it."""

from numirror.domains.reporting.decider.counting import DECIDER
from numirror.domains.reporting.decider.figures import Figure, Report, done, done_by_day, report, tags
from numirror.domains.reporting.decider.periods import Kind, Period, Span
from numirror.domains.reporting.decider.reasons import Behind, Reason, reasons
from numirror.domains.reporting.decider.state import DAYS_KEPT, DETAIL_DAYS, Closed, Day, Item, Reporting

__all__ = [
    "DAYS_KEPT",
    "DECIDER",
    "DETAIL_DAYS",
    "Behind",
    "Closed",
    "Day",
    "Figure",
    "Item",
    "Kind",
    "Period",
    "Reason",
    "Report",
    "Reporting",
    "Span",
    "done",
    "done_by_day",
    "reasons",
    "report",
    "tags",
]
