"""The cells that formulas name: shifted when a formula is copied, followed when rows and columns come, go or move."""

import re

import msgspec
from openpyxl.formula.tokenizer import Token

from simulator.sheets import naming
from simulator.sheets.area import Axis, Moved
from simulator.sheets.formulas import tree
from simulator.sheets.model import Spreadsheet, Tab

_HALF = re.compile(r"(\$?)([A-Za-z]{1,3})?(\$?)([1-9][0-9]{0,7})?")
_GONE = "#REF!"


class _Edge(msgspec.Struct, frozen=True):
    """One corner of a reference; a missing row or column is None, `$` pins it."""

    column: int | None
    row: int | None
    column_pinned: bool
    row_pinned: bool

    def written(self) -> str:
        column = "" if self.column is None else "$" * self.column_pinned + naming.letters(self.column)
        return column + ("" if self.row is None else "$" * self.row_pinned + str(self.row + 1))


def moved(formula: str, down: int, right: int) -> str:
    """The formula as it stands in a copy that far away: what is not pinned by `$` moves along."""

    def shift(text: str) -> str:
        title, mark, cells = text.rpartition("!")
        edges = [_shifted(edge, down, right) for edge in _edges(cells)]
        if not edges:
            return text
        gone = any(edge is None for edge in edges)
        return title + mark + (_GONE if gone else ":".join(edge.written() for edge in edges if edge))

    return _rewritten(formula, shift)


def follow(spreadsheet: Spreadsheet, tab: Tab, axis: Axis, where: Moved) -> None:
    """Rows or columns of `tab` went where `where` says: so do the references to them in all formulas."""
    for holder in spreadsheet.tabs:
        for row, column, cell in list(holder.cells(holder.grid)):
            if cell.formula:
                changed = _followed(cell.formula, holder is tab, tab, axis, where)
                if changed != cell.formula:
                    holder.put(row, column, msgspec.structs.replace(cell, formula=changed))


def renamed(spreadsheet: Spreadsheet, old: str, new: str) -> None:
    """A tab has another title, `new` as it is written in references: so has it in all formulas."""

    def change(text: str) -> str:
        title, mark, cells = text.rpartition("!")
        return f"{new}!{cells}" if mark and naming.unquoted(title).casefold() == old.casefold() else text

    if naming.unquoted(new) == old:
        return
    for tab in spreadsheet.tabs:
        for row, column, cell in list(tab.cells(tab.grid)):
            if cell.formula and "!" in cell.formula:
                tab.put(row, column, msgspec.structs.replace(cell, formula=_rewritten(cell.formula, change)))


def _followed(formula: str, at_home: bool, tab: Tab, axis: Axis, where: Moved) -> str:
    def change(text: str) -> str:
        title, mark, cells = text.rpartition("!")
        named = naming.unquoted(title).casefold() == tab.title.casefold() if mark else at_home
        edges = _edges(cells) if named else []
        after = _carried(edges, axis, where) if edges else None
        return text if after is None else title + mark + after

    return _rewritten(formula, change)


def _carried(edges: list[_Edge], axis: Axis, where: Moved) -> str | None:
    name = "row" if axis == "ROWS" else "column"
    lines = [line for edge in edges if (line := getattr(edge, name)) is not None]
    if len(lines) < len(edges):
        return None
    low, high = where(min(lines), max(lines) + 1)
    if low >= high:
        return _GONE
    ends = {min(lines): low, max(lines): high - 1}
    if len(lines) == 1:
        ends = {lines[0]: low}
    return ":".join(msgspec.structs.replace(edge, **{name: ends[getattr(edge, name)]}).written() for edge in edges)


def _rewritten(formula: str, change: naming.Change) -> str:
    try:
        found = tree.tokens(formula)
    except tree.Unreadable:
        return formula
    texts = [
        change(token.value) if (token.type, token.subtype) == (Token.OPERAND, Token.RANGE) else token.value
        for token in found
    ]
    after = "".join(texts)
    return "=" + after if texts != [token.value for token in found] else formula


def _edges(cells: str) -> list[_Edge]:
    """The one or two corners; none when the text is a name."""
    halves = [_HALF.fullmatch(half) for half in cells.split(":")]
    edges = [_edge(half) for half in halves if half and (half[2] or half[4])]
    whole = len(edges) == len(halves) and (len(edges) == 2 or None not in (edges[0].row, edges[0].column))
    return edges if whole and len(edges) <= 2 else []


def _edge(half: re.Match[str]) -> _Edge:
    column = naming.number(half[2]) if half[2] else None
    first, second = bool(half[1]), bool(half[3])
    return _Edge(
        column, int(half[4]) - 1 if half[4] else None, first and column is not None, second or (not half[2] and first)
    )


def _shifted(edge: _Edge, down: int, right: int) -> _Edge | None:
    column = edge.column if edge.column is None or edge.column_pinned else edge.column + right
    row = edge.row if edge.row is None or edge.row_pinned else edge.row + down
    if (column is not None and column < 0) or (row is not None and row < 0):
        return None
    return msgspec.structs.replace(edge, column=column, row=row)
