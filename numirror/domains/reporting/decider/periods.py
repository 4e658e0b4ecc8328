"""Days, weeks from Monday to Sunday, and months; and what each is held against."""

from datetime import date, timedelta
from typing import Literal, NamedTuple

Kind = Literal["day", "week", "month"]

_DAY = timedelta(days=1)


class Span(NamedTuple):
    """Days in a row, both ends included."""

    first: date
    last: date

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1))

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


class Period(NamedTuple):
    """The day, week or month that `day` lies in."""

    kind: Kind
    day: date

    @property
    def whole(self) -> Span:
        match self.kind:
            case "day":
                return Span(self.day, self.day)
            case "week":
                monday = self.day - timedelta(days=self.day.weekday())
                return Span(monday, monday + timedelta(days=6))
            case "month":
                # From any first of a month, 31 days later is some day of the next one.
                first = self.day.replace(day=1)
                return Span(first, (first + timedelta(days=31)).replace(day=1) - _DAY)

    @property
    def before(self) -> "Period":
        return Period(self.kind, self.whole.first - _DAY)

    @property
    def after(self) -> "Period":
        return Period(self.kind, self.whole.last + _DAY)

    def until(self, today: date) -> Span:
        """What of it has been, today included."""
        return Span(self.whole.first, min(self.whole.last, today))

    def beside(self, today: date) -> Span:
        """The period before it: the whole of it, or as many of its days as have been of one that still runs."""
        shown, before = self.until(today), self.before.whole
        if shown == self.whole:
            return before
        return Span(before.first, min(before.last, before.first + (shown.last - shown.first)))
