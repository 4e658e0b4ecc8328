"""What reporting hears of tasks. These are notices: folded, never stored; the log holds what they were made from."""

from datetime import date

from numirror.kernel.decider import Event


class ItemAdded(Event, frozen=True):
    title: str
    due: date | None
    on: date


class ItemDone(Event, frozen=True):
    on: date


class ItemReopened(Event, frozen=True):
    """A done or deleted item is open again: what it counted for is taken back."""


class ItemRenamed(Event, frozen=True):
    title: str


class ItemDeleted(Event, frozen=True):
    on: date


EVENTS: tuple[type[Event], ...] = ()

ReportNotice = ItemAdded | ItemDone | ItemReopened | ItemRenamed | ItemDeleted
