"""How what happens to tasks is counted."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TypeVar, assert_never

import msgspec

from numirror.domains.reporting.decider.state import (
    ALWAYS_KEPT,
    CLOSED_KEPT,
    DAYS_KEPT,
    DETAIL_DAYS,
    OPEN_KEPT,
    TAGS_OF_A_DAY,
    TAGS_OF_AN_ITEM,
    TITLE_KEPT,
    Closed,
    Day,
    Item,
    Reporting,
)
from numirror.domains.reporting.events import (
    ItemAdded,
    ItemDeleted,
    ItemDone,
    ItemRenamed,
    ItemReopened,
    ReportNotice,
)
from numirror.kernel.card import shortened
from numirror.kernel.decider import Command, Decider, Event
from numirror.kernel.tags import tags_of

Counts = TypeVar("Counts")


def decide(_state: Reporting, _command: Command) -> tuple[Event, ...]:
    """Nothing: a report is looked at."""
    return ()


def evolve(state: Reporting, notice: ReportNotice) -> Reporting:
    """The counts after a notice. One about an item that is not at hand any more changes nothing."""
    match notice:
        case ItemAdded():
            return _add(state, notice)
        case ItemDone():
            return _close(state, notice.entity_id, notice.on, is_done=True)
        case ItemDeleted():
            return _close(state, notice.entity_id, notice.on, is_done=False)
        case ItemReopened():
            return _reopen(state, notice.entity_id)
        case ItemRenamed():
            return _rename(state, notice)
        case _:
            assert_never(notice)


DECIDER = Decider(initial=Reporting(), decide=decide, evolve=evolve)


def _add(state: Reporting, notice: ItemAdded) -> Reporting:
    if notice.entity_id in state.open or len(state.open) >= OPEN_KEPT:
        return state
    item = Item(_kept(notice.title), _tags(notice.title), notice.due, notice.on)
    return msgspec.structs.replace(
        state, open={**state.open, notice.entity_id: item}, days=_counted(state.days, notice.on, new=1)
    )


def _close(state: Reporting, item_id: str, on: date, *, is_done: bool) -> Reporting:
    still_open = dict(state.open)
    item = still_open.pop(item_id, None)
    if item is None:
        return state
    closed = Closed(item_id, item, on, is_done)
    days, tags = _tallied(state, closed, 1)
    return Reporting(still_open, _recent((closed, *state.closed)), days, tags)


def _reopen(state: Reporting, item_id: str) -> Reporting:
    closed = state.closed_as(item_id)
    if closed is None:
        return state
    days, tags = _tallied(state, closed, -1)
    others = tuple(other for other in state.closed if other is not closed)
    return Reporting({**state.open, item_id: closed.item}, others, days, tags)


def _rename(state: Reporting, notice: ItemRenamed) -> Reporting:
    item = state.open.get(notice.entity_id)
    if item is None:
        return state
    renamed = msgspec.structs.replace(item, title=_kept(notice.title), tags=_tags(notice.title))
    return msgspec.structs.replace(state, open={**state.open, notice.entity_id: renamed})


def _tallied(state: Reporting, closed: Closed, by: int) -> tuple[dict[date, Day], dict[date, dict[str, int]]]:
    """The counts of days and of tags with a closed item in them (`by` 1), or out of them again (-1)."""
    if closed.is_done:
        days, tags = _counted(state.days, closed.on, done=by), _tagged(state.tags, closed, by)
    else:
        days, tags = _counted(state.days, closed.on, deleted=by), state.tags
    if closed.slipped_on:
        days = _counted(_counted(days, closed.slipped_on, slipped=by), closed.on, caught=by)
    return days, tags


def _counted(days: Mapping[date, Day], on: date, **by: int) -> dict[date, Day]:
    """The days with some more of one. Of a day that is forgotten, nothing can be taken back."""
    if on not in days and min(by.values()) < 0:
        return dict(days)
    day = days.get(on, Day())
    more = {name: max(0, getattr(day, name) + count) for name, count in by.items()}
    return _latest(DAYS_KEPT, {**days, on: msgspec.structs.replace(day, **more)})


def _tagged(tags: Mapping[date, dict[str, int]], closed: Closed, by: int) -> dict[date, dict[str, int]]:
    day = dict(tags.get(closed.on, {}))
    for tag in closed.item.tags:
        if tag in day or (by > 0 and len(day) < TAGS_OF_A_DAY):
            day[tag] = day.get(tag, 0) + by
    left = {tag: count for tag, count in day.items() if count > 0}
    return _latest(DETAIL_DAYS, {**tags, closed.on: left})


def _latest(length: int, by_day: dict[date, Counts]) -> dict[date, Counts]:
    """So many of the days that something happened on. One more comes at a time, so one goes."""
    if len(by_day) > length:
        del by_day[min(by_day)]
    return by_day


def _recent(closed: tuple[Closed, ...]) -> tuple[Closed, ...]:
    first = closed[0].on - timedelta(days=DETAIL_DAYS - 1)
    return closed[:ALWAYS_KEPT] + tuple(one for one in closed[ALWAYS_KEPT:CLOSED_KEPT] if one.on >= first)


def _tags(title: str) -> tuple[str, ...]:
    return tags_of(title)[:TAGS_OF_AN_ITEM]


def _kept(title: str) -> str:
    return shortened(title, TITLE_KEPT)
