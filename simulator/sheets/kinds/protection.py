"""Protected ranges: made, taken away, and held."""

import secrets

import msgspec

from simulator.sheets import gridrange
from simulator.sheets.errors import Invalid
from simulator.sheets.kinds import masks
from simulator.sheets.model import Protection, Spreadsheet, Tab
from simulator.sheets.render import protection_resource
from simulator.wire import Json

_KNOWN = frozenset({"protectedRangeId", "range", "description", "warningOnly", "editors", "requestingUserCanEdit"})
_FIELDS = {"range": "area", "description": "description", "warningOnly": "warning_only", "editors": "editors"}


def add(spreadsheet: Spreadsheet, body: Json) -> Json:
    """addProtectedRange: reply with its id. Editors are ignored when it only warns."""
    given = body.get("protectedRange", {})
    if unknown := given.keys() - _KNOWN:
        raise Invalid(f"The simulator does not keep {min(unknown)} of a protected range yet.")
    tab, protection = _read(spreadsheet, given, _free_id(spreadsheet, given.get("protectedRangeId")))
    tab.protections = [*tab.protections, protection]
    return {"addProtectedRange": {"protectedRange": protection_resource(tab, protection, None)}}


def update(spreadsheet: Spreadsheet, body: Json) -> Json:
    """updateProtectedRange: range, description, warningOnly and editors, by the mask."""
    mask = masks.required(body, "ProtectedRange")
    given = body.get("protectedRange", {})
    tab, known = _find(spreadsheet, given.get("protectedRangeId", 0))
    if unknown := mask.keys() - {*_KNOWN, "*"}:
        raise Invalid(f"The simulator does not keep {min(unknown)} of a protected range yet.")
    target, one = _read(spreadsheet, given, known.id)
    for name, field in _FIELDS.items():
        if name not in mask and "*" not in mask:
            one = msgspec.structs.replace(one, **{field: getattr(known, field)})
    target = target if {"range", "*"} & mask.keys() else tab
    tab.protections = [other for other in tab.protections if other is not known]
    target.protections = [*target.protections, one]
    return {}


def delete(spreadsheet: Spreadsheet, body: Json) -> Json:
    """deleteProtectedRange."""
    tab, known = _find(spreadsheet, body.get("protectedRangeId", 0))
    tab.protections = [one for one in tab.protections if one is not known]
    return {}


def check_held(before: Spreadsheet, after: Spreadsheet, email: str) -> None:
    """Raises `Invalid` when a change touched what this person, who is not the owner, may not edit."""
    for tab in before.tabs:
        for protection in tab.protections:
            free = protection.warning_only or email in protection.editors
            if not free and _content(tab, protection.id) != _content(after.tab(tab.id), protection.id):
                raise Invalid(
                    "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to "
                    "remove protection if you need to edit."
                )


def _find(spreadsheet: Spreadsheet, wanted: int) -> tuple[Tab, Protection]:
    for tab in spreadsheet.tabs:
        for one in tab.protections:
            if one.id == wanted:
                return tab, one
    raise Invalid(f"No protected range with ID: {wanted}")


def _read(spreadsheet: Spreadsheet, given: Json, protection_id: int) -> tuple[Tab, Protection]:
    span = given.get("range", {})
    tab, area = gridrange.read(spreadsheet, span)
    return tab, Protection(
        protection_id,
        None if gridrange.is_whole_tab(span) else area,
        given.get("description", ""),
        given.get("warningOnly", False),
        tuple(email.lower() for email in given.get("editors", {}).get("users", [])),
    )


def _content(tab: Tab | None, protection_id: int) -> object:
    """What lies in the protected range, counted from its corner (it may have moved as a whole), and who may edit it."""
    found = [one for one in tab.protections if one.id == protection_id] if tab else []
    if not tab or not found:
        return None
    area = found[0].area or tab.grid
    free = found[0].warning_only, found[0].editors
    return free, area.height, area.width, [(r - area.top, c - area.left, cell) for r, c, cell in tab.cells(area)]


def _free_id(spreadsheet: Spreadsheet, wanted: int | None) -> int:
    taken = {one.id for tab in spreadsheet.tabs for one in tab.protections}
    if wanted in taken:
        raise Invalid(f"A protected range with ID {wanted} already exists.")
    return wanted or secrets.randbelow(2**31 - 1) + 1
