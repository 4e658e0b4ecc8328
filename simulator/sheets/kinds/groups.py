"""Requests about groups of rows or columns.

How deep each row or column lies says it all: a group of depth 2 is a run of lines that lie at least 2 deep."""

from collections import Counter
from collections.abc import Iterator

import msgspec

from simulator.sheets import gridrange, laid
from simulator.sheets.area import Axis
from simulator.sheets.errors import Invalid
from simulator.sheets.kinds import masks
from simulator.sheets.model import Group, Spreadsheet, Tab
from simulator.wire import Json

_DEEPEST = 8
_CONTROLS = {"ROWS": "rowGroupControlAfter", "COLUMNS": "columnGroupControlAfter"}


def add(spreadsheet: Spreadsheet, body: Json) -> Json:
    """addDimensionGroup: reply with all groups of the axis."""
    tab, axis, start, end = gridrange.read_lines(spreadsheet, body.get("range", {}))
    depths = _depths(tab, axis)
    depths.update(range(start, end))
    if max(depths.values()) > _DEEPEST:
        raise Invalid(f"Groups may not lie more than {_DEEPEST} deep.")
    _regroup(tab, axis, depths)
    size = tab.properties["gridProperties"] | {_CONTROLS[axis]: True}
    tab.properties = tab.properties | {"gridProperties": size}
    return {"addDimensionGroup": {"dimensionGroups": laid.groups_of(tab, axis)}}


def delete(spreadsheet: Spreadsheet, body: Json) -> Json:
    """deleteDimensionGroup: each line of the range lies one less deep; reply with the groups that are left."""
    tab, axis, start, end = gridrange.read_lines(spreadsheet, body.get("range", {}))
    depths = _depths(tab, axis)
    if not any(depths[line] for line in range(start, end)):
        raise Invalid(f"No groups found in the range {start} to {end} of the {axis.lower()}.")
    depths.subtract(range(start, end))
    _regroup(tab, axis, depths)
    left = laid.groups_of(tab, axis)
    return {"deleteDimensionGroup": {"dimensionGroups": left} if left else {}}


def update(spreadsheet: Spreadsheet, body: Json) -> Json:
    """updateDimensionGroup: whether it is folded together."""
    mask = masks.required(body, "DimensionGroup")
    given = body.get("dimensionGroup", {})
    tab, axis, start, end = gridrange.read_lines(spreadsheet, given.get("range", {}))
    place = (axis, start, end, given.get("depth", 0))
    known = next((one for one in tab.groups if (one.axis, one.start, one.end, one.depth) == place), None)
    if known is None:
        raise Invalid("There is no such group.")
    if "collapsed" in mask or "*" in mask:
        folded = msgspec.structs.replace(known, collapsed=given.get("collapsed", False))
        tab.groups = [folded if one is known else one for one in tab.groups]
    return {}


def _depths(tab: Tab, axis: Axis) -> Counter[int]:
    return Counter(line for one in tab.groups if one.axis == axis for line in range(one.start, one.end))


def _regroup(tab: Tab, axis: Axis, depths: Counter[int]) -> None:
    folded = {(one.start, one.end, one.depth) for one in tab.groups if one.axis == axis and one.collapsed}
    new = [
        Group(axis, start, end, depth, (start, end, depth) in folded)
        for depth in range(1, _DEEPEST + 1)
        for start, end in _runs(sorted(line for line, lies in depths.items() if lies >= depth))
    ]
    others = [one for one in tab.groups if one.axis != axis]
    tab.groups = [*others, *sorted(new, key=lambda one: (one.start, one.depth))]


def _runs(lines: list[int]) -> Iterator[tuple[int, int]]:
    """Start and end of each run of numbers that follow each other."""
    known = set(lines)
    starts = [line for line in lines if line - 1 not in known]
    ends = [line + 1 for line in lines if line + 1 not in known]
    return zip(starts, ends, strict=True)
