"""What reporting remembers: open items, what was closed lately, and a few counts for each day of the last year."""

from datetime import date, timedelta

import msgspec

DAYS_KEPT = 400
"""Days with counts: of a year and a month at least, so that any month has its counterpart a year before."""

DETAIL_DAYS = 62
"""A whole month and the whole month before it: for so long it is known what was done, and under which tags."""

OPEN_KEPT = 500
CLOSED_KEPT = 200
ALWAYS_KEPT = 20
"""The last ones may be reopened however long ago they were closed."""

TAGS_OF_A_DAY = 20
TAGS_OF_AN_ITEM = 5
TITLE_KEPT = 80


class Item(msgspec.Struct, frozen=True, array_like=True):
    title: str
    tags: tuple[str, ...]
    due: date | None
    added: date

    @property
    def late_from(self) -> date | None:
        """The first day on which it is overdue while it is open."""
        return self.due and max(self.due + timedelta(days=1), self.added)


class Closed(msgspec.Struct, frozen=True, array_like=True):
    """An item that was done, or deleted, on a day."""

    item_id: str
    item: Item
    on: date
    is_done: bool

    @property
    def slipped_on(self) -> date | None:
        """The day on which it became overdue before it was closed."""
        late = self.item.late_from
        return late if late and late <= self.on else None


class Day(msgspec.Struct, frozen=True, array_like=True):
    """Counts of one day.

    `slipped` counts those that became overdue that day and are closed by now, `caught` the overdue ones closed that
    day: so what was overdue on some evening can be told from the days after it.
    """

    done: int = 0
    new: int = 0
    deleted: int = 0
    slipped: int = 0
    caught: int = 0


class Reporting(msgspec.Struct, frozen=True):
    """`closed` has the newest first; `tags` counts what was done, by day and tag."""

    open: dict[str, Item] = {}
    closed: tuple[Closed, ...] = ()
    days: dict[date, Day] = {}
    tags: dict[date, dict[str, int]] = {}

    def closed_as(self, item_id: str) -> Closed | None:
        return next((closed for closed in self.closed if closed.item_id == item_id), None)
