"""Requests about conditional formats: kept in their order, the first that fits wins."""

from simulator.sheets import formats, gridrange, laid
from simulator.sheets.errors import Invalid
from simulator.sheets.model import Rule, Spreadsheet, Tab
from simulator.wire import Json

_FORMAT = frozenset({"backgroundColor", "backgroundColorStyle", "textFormat"})
_TEXT = frozenset({"bold", "italic", "strikethrough", "underline", "foregroundColor", "foregroundColorStyle"})


def add(spreadsheet: Spreadsheet, body: Json) -> Json:
    """addConditionalFormatRule: at the index, in front of what is there."""
    tab, rule = _read(spreadsheet, body.get("rule", {}))
    index = body.get("index", 0)
    if not 0 <= index <= len(tab.rules):
        raise _no_rule(tab, index)
    tab.rules = [*tab.rules[:index], rule, *tab.rules[index:]]
    return {}


def update(spreadsheet: Spreadsheet, body: Json) -> Json:
    """updateConditionalFormatRule: another rule in its place, or the same one at another."""
    if ("rule" in body) == ("newIndex" in body):
        raise Invalid("Exactly one of rule and newIndex must be set.")
    index = body.get("index", 0)
    if "rule" in body:
        tab, new = _read(spreadsheet, body["rule"])
        old, place = _at(tab, index), index
    else:
        tab = gridrange.tab_of(spreadsheet, body.get("sheetId", 0))
        old = new = _at(tab, index)
        place = body["newIndex"]
        _at(tab, place)
    others = [*tab.rules[:index], *tab.rules[index + 1 :]]
    tab.rules = [*others[:place], new, *others[place:]]
    reply = {"newRule": laid.rule_resource(tab, new), "newIndex": place}
    if "newIndex" not in body:
        reply["oldRule"] = laid.rule_resource(tab, old)
    return {"updateConditionalFormatRule": reply | {"oldIndex": index}}


def delete(spreadsheet: Spreadsheet, body: Json) -> Json:
    """deleteConditionalFormatRule: reply with the rule; those behind move up."""
    tab = gridrange.tab_of(spreadsheet, body.get("sheetId", 0))
    index = body.get("index", 0)
    old = _at(tab, index)
    tab.rules = [*tab.rules[:index], *tab.rules[index + 1 :]]
    return {"deleteConditionalFormatRule": {"rule": laid.rule_resource(tab, old)}}


def _at(tab: Tab, index: int) -> Rule:
    if not 0 <= index < len(tab.rules):
        raise _no_rule(tab, index)
    return tab.rules[index]


def _no_rule(tab: Tab, index: int) -> Invalid:
    return Invalid(f"No conditional format on sheet: {tab.id} at index: {index}")


def _read(spreadsheet: Spreadsheet, given: Json) -> tuple[Tab, Rule]:
    places = [gridrange.read(spreadsheet, one) for one in given.get("ranges", [])]
    if not places:
        raise Invalid("A conditional format needs at least one range.")
    tab = places[0][0]
    if any(other is not tab for other, _ in places):
        raise Invalid("All ranges of a conditional format lie on the same sheet.")
    if ("booleanRule" in given) == ("gradientRule" in given):
        raise Invalid("Exactly one of booleanRule and gradientRule must be set.")
    _check(given)
    rest: Json = formats.kept({name: member for name, member in given.items() if name != "ranges"})
    return tab, Rule(tuple(area for _, area in places), rest)


def _check(given: Json) -> None:
    if "gradientRule" in given:
        if not {"minpoint", "maxpoint"} <= given["gradientRule"].keys():
            raise Invalid("A gradient needs a minpoint and a maxpoint.")
        return
    form = given["booleanRule"].get("format", {})
    if not given["booleanRule"].get("condition", {}).get("type"):
        raise Invalid("No condition type specified.")
    if unknown := (form.keys() - _FORMAT) | (form.get("textFormat", {}).keys() - _TEXT):
        raise Invalid(f"A conditional format may not set {min(unknown)}.")
