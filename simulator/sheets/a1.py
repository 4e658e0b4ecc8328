"""A1 notation (and R1C1, and names): `Sheet1!A1:B2` to a tab and an area, and back."""

import re
from typing import NoReturn

import msgspec

from simulator.sheets import naming, r1c1
from simulator.sheets.area import Area
from simulator.sheets.errors import Invalid, beyond_grid
from simulator.sheets.model import Spreadsheet, Tab

_HALF = re.compile(r"\$?([A-Za-z]{1,3})?\$?([1-9][0-9]{0,7})?")
_QUOTED = re.compile(r"'((?:[^']|'')+)'")
_PLAIN_TITLE = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc][0-9]*|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]")


class Reference(msgspec.Struct, frozen=True):
    """Cells of one tab, clipped to its grid. `grows`: one cell was named, so data may reach beyond it."""

    tab: Tab
    area: Area
    grows: bool = False

    @property
    def written(self) -> str:
        return written(self.tab, self.area)


def resolve(spreadsheet: Spreadsheet, text: str) -> Reference:
    """What `text` means. Without a tab's title it means the first tab; a bare title means the whole tab.

    Raises `Invalid` when it cannot be read or starts outside the grid."""
    title, mark, cells = _split(text)
    if mark:
        tab = spreadsheet.titled(title)
        area = _area(cells) or r1c1.area(cells) if tab else None
        if tab is not None and area is not None:
            return _clipped(tab, area, text)
        return _named(spreadsheet, cells) or _unreadable(text)
    area = _area(text) or r1c1.area(text)
    if area is not None:
        return _clipped(spreadsheet.tabs[0], area, text)
    if named := _named(spreadsheet, text):
        return named
    tab = spreadsheet.titled(title)
    return Reference(tab, tab.grid) if tab else _unreadable(text)


def written(tab: Tab, area: Area) -> str:
    """`area` in A1 notation, with the tab's title."""
    return f"{quoted(tab.title)}!{cells_written(area)}"


def cells_written(area: Area) -> str:
    first = f"{naming.letters(area.left)}{area.top + 1}"
    last = f"{naming.letters(area.right - 1)}{area.bottom}"
    return first if first == last else f"{first}:{last}"


def quoted(title: str) -> str:
    """The title as it stands before `!`: in quotes unless it is a plain word that does not look like a cell."""
    if _PLAIN_TITLE.fullmatch(title) and not _LIKE_A_CELL.fullmatch(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def _named(spreadsheet: Spreadsheet, name: str) -> Reference | None:
    found = spreadsheet.named(name)
    tab = spreadsheet.tab(found.tab) if found else None
    return Reference(tab, found.area.common(tab.grid)) if found and tab else None


def _unreadable(text: str) -> NoReturn:
    raise Invalid(f"Unable to parse range: {text}")


def _split(text: str) -> tuple[str, bool, str]:
    quoted_title = _QUOTED.match(text)
    if quoted_title and text[quoted_title.end() : quoted_title.end() + 1] in {"", "!"}:
        title = quoted_title[1].replace("''", "'")
        rest = text[quoted_title.end() :]
        return title, bool(rest), rest[1:]
    title, mark, cells = text.rpartition("!")
    return (title, True, cells) if mark else (text, False, "")


def _area(cells: str) -> Area | None:
    """The asked area; an open edge is a very large number. None when the text is no range."""
    halves = [_HALF.fullmatch(half) for half in cells.split(":")]
    found = [
        (naming.number(half[1]) if half[1] else None, int(half[2]) - 1 if half[2] else None)
        for half in halves
        if half and half[0]
    ]
    if len(found) != len(halves) or len(found) > 2:
        return None
    if len(found) == 1 and None in found[0]:
        return None
    columns = [column for column, _ in found if column is not None]
    rows = [row for _, row in found if row is not None]
    top, bottom = _span(rows, len(found))
    left, right = _span(columns, len(found))
    return Area(top, left, bottom, right)


_OPEN = 10**9


def _span(edges: list[int], halves: int) -> tuple[int, int]:
    if not edges:
        return 0, _OPEN
    if len(edges) < halves:
        return edges[0], _OPEN
    return min(edges), max(edges) + 1


def _clipped(tab: Tab, area: Area, text: str) -> Reference:
    grid = tab.grid
    if area.top >= grid.bottom or area.left >= grid.right:
        asked = written(tab, area) if area.bottom < _OPEN and area.right < _OPEN else text
        raise beyond_grid(asked, grid.bottom, grid.right)
    return Reference(tab, area.common(grid), area.height == 1 and area.width == 1)
