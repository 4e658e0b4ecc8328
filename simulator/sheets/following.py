"""Whatever names a place on a tab follows when rows or columns come, go or are carried elsewhere."""

from collections.abc import Iterable
from typing import TypeVar

import msgspec

from simulator.sheets import charts
from simulator.sheets.area import Area, Axis, Moved
from simulator.sheets.formulas import references
from simulator.sheets.model import Filter, Group, Metadata, NamedRange, Protection, Rule, Spreadsheet, Tab

_Kept = TypeVar("_Kept")


def put_in(start: int, count: int) -> Moved:
    """`count` lines were put in before `start`."""
    return lambda low, high: (low + count * (start <= low), high + count * (start < high))


def taken_out(start: int, end: int) -> Moved:
    """The lines from `start` to `end` went."""

    def moved(edge: int) -> int:
        return edge if edge <= start else max(start, edge - (end - start))

    return lambda low, high: (moved(low), moved(high))


def carried(start: int, end: int, before: int) -> Moved:
    """The lines from `start` to `end` went to the place before `before`: what lies among them goes along."""
    gap = put_in(before - (end - start) * (before > start), end - start)
    away = taken_out(start, end)

    def moved(low: int, high: int) -> tuple[int, int]:
        if start <= low and high <= end:
            offset = before - (end if before > start else start)
            return low + offset, high + offset
        return gap(*away(low, high))

    return moved


def follow(spreadsheet: Spreadsheet, tab: Tab, axis: Axis, moved: Moved) -> None:
    """Everything that names rows or columns of `tab` follows; what has lost its place is gone."""
    tab.merges = [area for old in tab.merges if _is_merge(area := old.moved(axis, moved))]
    tab.protections = _there(_protection(one, axis, moved) for one in tab.protections)
    tab.filter = tab.filter and _filter(tab.filter, axis, moved)
    tab.rules = _there(_rule(rule, axis, moved) for rule in tab.rules)
    tab.groups = _there(_group(group, axis, moved) for group in tab.groups)
    spreadsheet.names = _there(_name(one, tab, axis, moved) for one in spreadsheet.names)
    spreadsheet.metadata = _there(_metadata(one, tab, axis, moved) for one in spreadsheet.metadata)
    charts.follow(spreadsheet, tab, axis, moved)
    references.follow(spreadsheet, tab, axis, moved)


def _there(found: Iterable[_Kept | None]) -> list[_Kept]:
    return [one for one in found if one is not None]


def _is_merge(area: Area) -> bool:
    return not area.empty and area.height * area.width > 1


def _protection(one: Protection, axis: Axis, moved: Moved) -> Protection | None:
    if one.area is None:
        return one
    area = one.area.moved(axis, moved)
    return None if area.empty else msgspec.structs.replace(one, area=area)


def _filter(one: Filter, axis: Axis, moved: Moved) -> Filter | None:
    area = one.area.moved(axis, moved)
    return None if area.empty else msgspec.structs.replace(one, area=area)


def _rule(rule: Rule, axis: Axis, moved: Moved) -> Rule | None:
    areas = tuple(area for old in rule.areas if not (area := old.moved(axis, moved)).empty)
    return msgspec.structs.replace(rule, areas=areas) if areas else None


def _group(group: Group, axis: Axis, moved: Moved) -> Group | None:
    if group.axis != axis:
        return group
    low, high = moved(group.start, group.end)
    return msgspec.structs.replace(group, start=low, end=high) if low < high else None


def _name(one: NamedRange, tab: Tab, axis: Axis, moved: Moved) -> NamedRange | None:
    if one.tab != tab.id:
        return one
    area = one.area.moved(axis, moved)
    return None if area.empty else msgspec.structs.replace(one, area=area)


def _metadata(one: Metadata, tab: Tab, axis: Axis, moved: Moved) -> Metadata | None:
    if one.tab != tab.id or one.axis != axis:
        return one
    low, high = moved(one.index, one.index + 1)
    return msgspec.structs.replace(one, index=low) if low < high else None
