"""Links of cells."""

from simulator.sheets.formulas import tree


def target(formula: str | None) -> str | None:
    """The address of a HYPERLINK whose address is written out, or None."""
    if not formula or not formula.upper().startswith("=HYPERLINK("):
        return None
    try:
        node = tree.read(formula)
    except tree.Unreadable:
        return None
    match node:
        case tree.Call("HYPERLINK", (tree.Constant(str() as address), *_)):
            return address
        case _:
            return None
