"""Requests about named ranges."""

import re
import secrets

import msgspec

from simulator.sheets import gridrange, laid, r1c1
from simulator.sheets.errors import Invalid
from simulator.sheets.kinds import masks
from simulator.sheets.model import NamedRange, Spreadsheet
from simulator.wire import Json

_NAME = re.compile(r"[^\W\d]\w{0,249}")
_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}[0-9]+|true|false", re.IGNORECASE)


def add(spreadsheet: Spreadsheet, body: Json) -> Json:
    """addNamedRange: reply with the id, which Google makes of digits unless it is given."""
    given = body.get("namedRange", {})
    tab, area = gridrange.read(spreadsheet, given.get("range", {}))
    wanted = given.get("namedRangeId") or str(secrets.randbelow(10**10))
    if any(one.id == wanted for one in spreadsheet.names):
        raise Invalid(f"A named range with ID {wanted} already exists.")
    one = NamedRange(wanted, _checked(spreadsheet, given.get("name", ""), wanted), tab.id, area)
    spreadsheet.names = [*spreadsheet.names, one]
    return {"addNamedRange": {"namedRange": laid.named_range(one)}}


def update(spreadsheet: Spreadsheet, body: Json) -> Json:
    """updateNamedRange: its name, its range."""
    mask = masks.required(body, "NamedRange")
    given = body.get("namedRange", {})
    known = _find(spreadsheet, given.get("namedRangeId", ""))
    one = known
    if "name" in mask or "*" in mask:
        one = msgspec.structs.replace(one, name=_checked(spreadsheet, given.get("name", ""), known.id))
    if "range" in mask or "*" in mask:
        tab, area = gridrange.read(spreadsheet, given.get("range", {}))
        one = msgspec.structs.replace(one, tab=tab.id, area=area)
    spreadsheet.names = [one if other is known else other for other in spreadsheet.names]
    return {}


def delete(spreadsheet: Spreadsheet, body: Json) -> Json:
    """deleteNamedRange."""
    known = _find(spreadsheet, body.get("namedRangeId", ""))
    spreadsheet.names = [one for one in spreadsheet.names if one is not known]
    return {}


def _find(spreadsheet: Spreadsheet, wanted: str) -> NamedRange:
    found = next((one for one in spreadsheet.names if one.id == wanted), None)
    if found is None:
        raise Invalid(f"Cannot find a named range with ID: {wanted}")
    return found


def _checked(spreadsheet: Spreadsheet, name: str, own: str) -> str:
    if not _NAME.fullmatch(name) or _LIKE_A_CELL.fullmatch(name) or r1c1.area(name):
        raise Invalid("The name of the named range is invalid.")
    other = spreadsheet.named(name)
    if other and other.id != own:
        raise Invalid(f"A named range with name '{name}' already exists.")
    return name
