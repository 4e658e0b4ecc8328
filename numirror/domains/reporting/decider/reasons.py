"""What stands behind a figure."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

import msgspec

from numirror.domains.reporting.decider.figures import is_late
from numirror.domains.reporting.decider.periods import Span
from numirror.domains.reporting.decider.state import Reporting

Behind = Literal["done", "new", "slipped", "overdue", "streak"]


class Reason(msgspec.Struct, frozen=True):
    """An item that a figure counts, and its day there: when it was done, added or became late, or was due."""

    day: date
    title: str


def reasons(state: Reporting, figure: Behind, span: Span, tag: str = "") -> tuple[Reason, ...]:
    """The items that a figure of `span` counts, newest day first: as many as are still known.

    With a `tag`, only those that have it. A streak has days and no items.
    """
    match figure:
        case "done":
            found = _done(state, span, tag)
        case "new":
            found = _new(state, span)
        case "slipped":
            found = _slipped(state, span)
        case "overdue":
            found = _overdue(state, span.last)
        case "streak":
            found = iter(())
    return tuple(sorted(found, key=lambda reason: (-reason.day.toordinal(), reason.title)))


def _done(state: Reporting, span: Span, tag: str) -> Iterator[Reason]:
    for closed in state.closed:
        if closed.is_done and closed.on in span and (not tag or tag in closed.item.tags):
            yield Reason(closed.on, closed.item.title)


def _new(state: Reporting, span: Span) -> Iterator[Reason]:
    for item in (*state.open.values(), *(closed.item for closed in state.closed)):
        if item.added in span:
            yield Reason(item.added, item.title)


def _slipped(state: Reporting, span: Span) -> Iterator[Reason]:
    late = [(item.late_from, item.title) for item in state.open.values()]
    late += [(closed.slipped_on, closed.item.title) for closed in state.closed]
    return (Reason(day, title) for day, title in late if day is not None and day in span)


def _overdue(state: Reporting, evening: date) -> Iterator[Reason]:
    open_then = [*state.open.values(), *(closed.item for closed in state.closed if closed.on > evening)]
    return (Reason(item.due, item.title) for item in open_then if item.due is not None and is_late(item, evening))
