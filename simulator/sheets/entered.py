"""What a value becomes when it enters a cell: as it is (RAW), or as if a person typed it (USER_ENTERED)."""

import msgspec

from simulator.sheets import meant, shown
from simulator.sheets.errors import Invalid
from simulator.sheets.formulas import refreshing
from simulator.sheets.model import Cell, Value
from simulator.wire import Json

LONGEST = 50_000
"""Characters in a cell."""

Given = bool | int | float | str


def raw(cell: Cell, given: Given) -> Cell:
    """`cell` with the value as it came; an empty text clears."""
    return _with(cell, _stored(given), None)


def typed(cell: Cell, given: Given, locale: str) -> Cell:
    """`cell` with the value that a person would get who types `given`.

    A formula has no value until the spreadsheet's formulas are worked out.
    A number format that the cell already has is kept, and a cell formatted as text takes everything as text."""
    if not isinstance(given, str):
        return raw(cell, given)
    _stored(given)
    kind = cell.format.get("numberFormat", {}).get("type")
    if kind == "TEXT":
        return raw(cell, given)
    if len(given) > 1 and given.startswith("="):
        brought = refreshing.kind(given)
        return _formatted(_of_formula(cell, given), "" if kind else brought, shown.DEFAULTS.get(brought, ""))
    found = meant.meant(given, locale)
    return _formatted(_with(cell, found.value, None), "" if kind else found.kind, found.pattern)


def of_extended(cell: Cell, value: Json | None) -> Cell:
    """`cell` with an ExtendedValue of a batch request (`userEnteredValue`), or without a value.

    Raises `Invalid` unless exactly one member is set."""
    if not value:
        return _with(cell, None, None)
    if len(value) != 1:
        raise Invalid("Invalid value: only one of the members of ExtendedValue may be set.")
    ((name, given),) = value.items()
    if name == "errorValue":
        raise Invalid("Invalid value: errorValue is read-only.")
    if name == "formulaValue":
        if not given.startswith("="):
            raise Invalid("Invalid value: a formulaValue starts with '='.")
        return _of_formula(cell, given)
    return raw(cell, given)


def _of_formula(cell: Cell, given: str) -> Cell:
    """The same formula as before keeps its value until it is worked out anew."""
    return _with(cell, cell.value if cell.formula == given else None, given)


def _formatted(cell: Cell, kind: str, pattern: str) -> Cell:
    if not kind:
        return cell
    return msgspec.structs.replace(cell, format=cell.format | {"numberFormat": {"type": kind, "pattern": pattern}})


def _with(cell: Cell, value: Value, formula_text: str | None) -> Cell:
    return msgspec.structs.replace(cell, value=value, formula=formula_text)


def _stored(given: Given) -> Value:
    if isinstance(given, str):
        if len(given) > LONGEST:
            raise Invalid(f"Your input contains more than the maximum of {LONGEST} characters in a single cell.")
        return given or None
    return given if isinstance(given, bool) else float(given)
