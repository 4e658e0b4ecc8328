"""Works formulas out, each cell once, whatever order they depend on each other in."""

import datetime
import math
import re
import zoneinfo
from collections.abc import Callable

from simulator.sheets import a1
from simulator.sheets.errors import Invalid
from simulator.sheets.formulas import tree
from simulator.sheets.formulas.meaning import (
    CIRCULAR,
    DIVIDE,
    NAME,
    NUMBER,
    PARSE,
    REFERENCE,
    VALUE,
    Grid,
    Result,
    Unknown,
    Wrong,
    single,
)
from simulator.sheets.model import CellError, Spreadsheet, Tab, Value

_Key = tuple[int, int, int]
_Place = tuple[Tab, int, int]
_DEEPEST = 30
"""Formulas that are open at once."""
Function = Callable[["Working", tuple[tree.Node, ...]], Result]
"""A function gets its arguments unread, for it may not need all of them."""


class _Deeper(Exception):
    """Another cell has to be worked out first: the way to it is too long to be gone at once."""

    def __init__(self, place: _Place) -> None:
        super().__init__()
        self.place = place


class Working:
    """One working out of a spreadsheet's formulas; `functions` are those that are served."""

    def __init__(self, spreadsheet: Spreadsheet, functions: dict[str, Function]) -> None:
        self._spreadsheet = spreadsheet
        self._functions = functions
        self._known: dict[_Key, Value] = {}
        self._open: set[_Key] = set()
        self._at: list[_Place] = []

    @property
    def now(self) -> datetime.datetime:
        """The time in the spreadsheet's zone, without one."""
        return datetime.datetime.now(zoneinfo.ZoneInfo(self._spreadsheet.time_zone)).replace(tzinfo=None)

    @property
    def place(self) -> tuple[int, int]:
        """Row and column of the cell that is being worked out."""
        return self._at[-1][1:]

    def work_out(self, tab: Tab, row: int, column: int) -> Value:
        """The value of a cell with a formula, however many others it hangs on."""
        todo = [(tab, row, column)]
        while True:
            try:
                value = self.cell(*todo[-1])
            except _Deeper as deeper:
                if deeper.place in todo:
                    self._known[_key(*deeper.place)] = CIRCULAR
                else:
                    todo.append(deeper.place)
                continue
            todo.pop()
            if not todo:
                return value

    def cell(self, tab: Tab, row: int, column: int) -> Value:
        """The value of a cell, worked out when it has a formula."""
        found = tab.cell(row, column)
        if not found.formula:
            return found.value
        key = _key(tab, row, column)
        if key in self._open:
            return CIRCULAR
        if key not in self._known and len(self._at) >= _DEEPEST:
            raise _Deeper((tab, row, column))
        if key not in self._known:
            self._open.add(key)
            self._at.append((tab, row, column))
            try:
                self._known[key] = self._result(found.formula, found.value)
            finally:
                self._open.discard(key)
                self._at.pop()
        return self._known[key]

    def value(self, node: tree.Node) -> Result:
        """What an expression gives. Raises `Wrong` or `Unknown`."""
        match node:
            case None:
                return None
            case tree.Constant():
                return node.value
            case tree.Place():
                return self.grid(node)
            case tree.Listing():
                return Grid([[single(self.value(item)) for item in row] for row in node.rows])
            case _:
                function = self._functions.get(node.name)
                if function is None:
                    raise Unknown
                return function(self, node.arguments)

    def grid(self, place: tree.Place) -> Grid:
        """The values of the cells that are named. Raises `Wrong` when there are none such."""
        reference = self.reference(place)
        tab, area = reference.tab, reference.area
        bottom = max(area.top + 1, min(area.bottom, len(tab.rows)))
        rows = [
            [self.cell(tab, row, column) for column in range(area.left, area.right)] for row in range(area.top, bottom)
        ]
        return Grid(rows, area.top, area.left)

    def reference(self, place: tree.Place) -> a1.Reference:
        """The cells that are named; without a title those of the tab of the formula."""
        if "#REF!" in place.text:
            raise Wrong(REFERENCE)
        text = place.text
        if "!" not in text and not self._spreadsheet.named(text):
            text = f"{a1.quoted(self._at[-1][0].title)}!{text}"
        try:
            return a1.resolve(self._spreadsheet, text)
        except Invalid as error:
            raise Wrong(REFERENCE if "exceeds" in error.message or "!" in place.text else NAME) from error

    def _result(self, formula: str, last: Value) -> Value:
        try:
            value = single(self.value(tree.read(formula)))
        except tree.Unreadable:
            return PARSE
        except Wrong as wrong:
            return wrong.error
        except Unknown:
            return NAME if last is None else last
        except ZeroDivisionError:
            return DIVIDE
        except OverflowError:
            return NUMBER
        except (ValueError, TypeError, LookupError, re.error):
            return VALUE
        except RecursionError:
            return CIRCULAR
        return _kept(value)


def _key(tab: Tab, row: int, column: int) -> _Key:
    return tab.id, row, column


def _kept(value: Value) -> Value:
    """A result as a cell holds it."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value) if math.isfinite(value) else NUMBER
    return value if isinstance(value, CellError | bool | str | None) else NUMBER
