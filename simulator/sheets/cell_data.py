"""Google's CellData: a cell written in answers, and changed by requests."""

import msgspec

from simulator.sheets import entered, formats, links, values
from simulator.sheets.errors import Invalid
from simulator.sheets.mask import Mask, merged
from simulator.sheets.model import BLANK, Cell, CellError
from simulator.sheets.shown import shown
from simulator.wire import Json

_WRITABLE = frozenset({"userEnteredValue", "userEnteredFormat", "note", "dataValidation"})
_READ_ONLY = frozenset({"effectiveValue", "effectiveFormat", "formattedValue", "hyperlink"})


def write(cell: Cell) -> Json:
    """The CellData of a cell; nothing for a blank one."""
    if cell == BLANK:
        return {}
    found = _values(cell)
    if cell.format:
        found["userEnteredFormat"] = formats.read_back(cell.format)
    found["effectiveFormat"] = formats.read_back(formats.effective(cell.format))
    if cell.note:
        found["note"] = cell.note
    if cell.validation:
        found["dataValidation"] = cell.validation
    return found


def changed(cell: Cell, data: Json, mask: Mask) -> Cell:
    """`cell` with the masked fields of `data`; a masked field that `data` lacks is cleared.

    Raises `Invalid` for a field that the simulator does not keep."""
    mask = dict.fromkeys(_WRITABLE, Mask()) if not mask or "*" in mask else mask
    for name in mask.keys() - _READ_ONLY:
        if name not in _WRITABLE:
            raise Invalid(f"The simulator does not keep {name} of a cell yet.")
    if "userEnteredValue" in mask:
        cell = entered.of_extended(cell, data.get("userEnteredValue"))
    if "userEnteredFormat" in mask:
        cell = msgspec.structs.replace(cell, format=_format(cell, data, mask["userEnteredFormat"]))
    if "note" in mask:
        cell = msgspec.structs.replace(cell, note=data.get("note") or None)
    if "dataValidation" in mask:
        cell = msgspec.structs.replace(cell, validation=rule(data.get("dataValidation")))
    return cell


def rule(given: Json | None) -> Json | None:
    """A DataValidationRule as it is kept: false flags left out. Raises `Invalid` for a rule that cannot be."""
    if not given:
        return None
    condition = given.get("condition", {})
    kind, count = condition.get("type"), len(condition.get("values", []))
    if kind is None:
        raise Invalid("No condition type specified.")
    if kind == "BOOLEAN" and count > 2:
        raise Invalid("A BOOLEAN condition takes at most two values.")
    if kind == "ONE_OF_LIST" and not count:
        raise Invalid("A ONE_OF_LIST condition needs at least one value.")
    if kind == "ONE_OF_RANGE" and count != 1:
        raise Invalid("A ONE_OF_RANGE condition takes exactly one value.")
    return _without_empty(given)


def _without_empty(value: Json) -> Json:
    """Without false flags and empty lists, also inside."""
    inner = {name: _without_empty(member) if isinstance(member, dict) else member for name, member in value.items()}
    return {name: member for name, member in inner.items() if member is not False and member != []}


def _format(cell: Cell, data: Json, mask: Mask) -> Json:
    kept: Json = formats.kept(data.get("userEnteredFormat", {}))
    return merged(cell.format, kept, formats.kept_mask(mask))


def _values(cell: Cell) -> Json:
    if not cell.filled:
        return {}
    effective = _extended(cell)
    found: Json = {"userEnteredValue": {"formulaValue": cell.formula} if cell.formula else effective}
    if cell.value is not None:
        found |= {"effectiveValue": effective, "formattedValue": shown(cell)}
    if link := links.target(cell.formula):
        found["hyperlink"] = link
    return found


def _extended(cell: Cell) -> Json:
    match cell.value:
        case CellError():
            return {"errorValue": {"type": cell.value.kind, "message": cell.value.message}}
        case bool():
            return {"boolValue": cell.value}
        case str():
            return {"stringValue": cell.value}
        case None:
            return {}
        case _:
            return {"numberValue": values.plain(cell.value)}
