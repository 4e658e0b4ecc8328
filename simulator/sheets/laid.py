"""What is laid over the cells of a tab, as Google answers it: names, filter, groups, conditional formats."""

from simulator.sheets import formats, gridrange
from simulator.sheets.area import Axis
from simulator.sheets.model import Filter, Group, NamedRange, Rule, Tab
from simulator.wire import Json

_GROUPS: tuple[tuple[str, Axis], ...] = (("rowGroups", "ROWS"), ("columnGroups", "COLUMNS"))


def resources(tab: Tab) -> Json:
    """The members of a Sheet resource; what there is none of is left out."""
    found: Json = {}
    if tab.rules:
        found["conditionalFormats"] = [rule_resource(tab, one) for one in tab.rules]
    if tab.filter:
        found["basicFilter"] = filter_resource(tab, tab.filter)
    for name, axis in _GROUPS:
        if groups := groups_of(tab, axis):
            found[name] = groups
    return found


def named_range(one: NamedRange) -> Json:
    """A NamedRange."""
    return {"namedRangeId": one.id, "name": one.name, "range": gridrange.write(one.tab, one.area)}


def filter_resource(tab: Tab, one: Filter) -> Json:
    """A BasicFilter."""
    return {"range": gridrange.write(tab.id, one.area)} | one.rest


def groups_of(tab: Tab, axis: Axis) -> list[Json]:
    """The DimensionGroups of the rows or of the columns."""
    return [group_resource(tab, group) for group in tab.groups if group.axis == axis]


def group_resource(tab: Tab, group: Group) -> Json:
    """A DimensionGroup."""
    lines: Json = {"sheetId": tab.id} if tab.id else {}
    lines |= {"dimension": group.axis, "startIndex": group.start, "endIndex": group.end}
    return {"range": lines, "depth": group.depth} | ({"collapsed": True} if group.collapsed else {})


def rule_resource(tab: Tab, rule: Rule) -> Json:
    """A ConditionalFormatRule."""
    rest: Json = formats.read_back(rule.rest)
    return {"ranges": [gridrange.write(tab.id, area) for area in rule.areas]} | rest
