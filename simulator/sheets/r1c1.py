"""R1C1 notation: `R2C3` is C2. A distance, as in `R[2]C[1]`, counts from A1: a call has no cell of its own."""

import re

from simulator.sheets.area import Area

_CELL = re.compile(r"[Rr](\d{1,8}|\[\d{1,8}\])?[Cc](\d{1,8}|\[\d{1,8}\])?")


def area(text: str) -> Area | None:
    """The cells meant, or None when the text is not in this notation."""
    halves = [_CELL.fullmatch(half) for half in text.split(":")]
    places = [(_line(half[1]), _line(half[2])) for half in halves if half]
    if len(places) != len(halves) or len(places) > 2 or any(min(place) < 0 for place in places):
        return None
    rows, columns = [row for row, _ in places], [column for _, column in places]
    return Area(min(rows), min(columns), max(rows) + 1, max(columns) + 1)


def _line(part: str | None) -> int:
    if part is None:
        return 0
    return int(part[1:-1]) if part.startswith("[") else int(part) - 1
