"""Undo: what one person did is taken back, and what others did meanwhile stays."""

import itertools
import threading
from collections import OrderedDict
from typing import Any

import msgspec

from simulator.sheets.errors import Invalid
from simulator.sheets.model import BLANK, Spreadsheet, Tab

_MOST = 60
_TOO_LATE = "This can no longer be undone: the same place was changed meanwhile."


class Step(msgspec.Struct, frozen=True):
    """A spreadsheet around one edit. Cells are shared, so this is small."""

    file_id: str
    before: Spreadsheet
    after: Spreadsheet


class Steps:
    """The last edits of the page by number, in memory only."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._steps: OrderedDict[int, Step] = OrderedDict()
        self._numbers = itertools.count(1)

    def keep(self, step: Step) -> int:
        """Its number; the oldest are forgotten."""
        with self._lock:
            number = next(self._numbers)
            self._steps[number] = step
            while len(self._steps) > _MOST:
                self._steps.popitem(last=False)
            return number

    def get(self, file_id: str, number: int) -> Step:
        """Raises `Invalid` when it was forgotten, or was an edit of another file."""
        step = self._steps.get(number)
        if step is None or step.file_id != file_id:
            raise Invalid("This can no longer be undone.")
        return step


def take_back(now: Spreadsheet, step: Step) -> None:
    """Put what `step` changed back in `now`. Raises `Invalid` where somebody changed the same since."""
    for name in Spreadsheet.__struct_fields__:
        if name != "tabs":
            _take_back_field(now, step.before, step.after, name)
    _take_back_order(now, step.before, step.after)
    for index, tab in enumerate(now.tabs):
        before, after = step.before.tab(tab.id), step.after.tab(tab.id)
        if before and after:
            _take_back_tab(tab, before, after)
        tab.properties = tab.properties | {"index": index}


def _take_back_order(now: Spreadsheet, before: Spreadsheet, after: Spreadsheet) -> None:
    """Tabs that came go, tabs that went come back, and the order is the former one."""
    ids, former = [tab.id for tab in after.tabs], [tab.id for tab in before.tabs]
    if ids == former:
        return
    if [tab.id for tab in now.tabs] != ids or any(_differs(now.tab(new), after.tab(new)) for new in {*ids} - {*former}):
        raise Invalid(_TOO_LATE)
    now.tabs = [now.tab(tab.id) or tab.copy() for tab in before.tabs]


def _differs(one: Tab | None, other: Tab | None) -> bool:
    return not one or not other or any(_seen(one, name) != _seen(other, name) for name in Tab.__struct_fields__)


def _take_back_tab(now: Tab, before: Tab, after: Tab) -> None:
    same_size = before.grid == after.grid == now.grid
    if before.grid != after.grid and _seen(now, "rows") != _seen(after, "rows"):
        raise Invalid(_TOO_LATE)
    for name in Tab.__struct_fields__:
        if name == "rows" and same_size:
            _take_back_cells(now, before, after)
        else:
            _take_back_field(now, before, after, name)


def _take_back_cells(now: Tab, before: Tab, after: Tab) -> None:
    for row in range(max(len(before.rows), len(after.rows))):
        old, new = _row(before, row), _row(after, row)
        if old == new:
            continue
        for column in range(max(len(old), len(new))):
            if before.cell(row, column) != after.cell(row, column) == now.cell(row, column):
                now.put(row, column, before.cell(row, column) or BLANK)


def _row(tab: Tab, row: int) -> list[Any]:
    return tab.rows[row] if row < len(tab.rows) else []


def _take_back_field(now: Any, before: Any, after: Any, name: str) -> None:
    if _seen(before, name) == _seen(after, name):
        return
    if _seen(now, name) != _seen(after, name):
        raise Invalid(_TOO_LATE)
    value = getattr(before, name)
    setattr(now, name, [_own(item) for item in value] if isinstance(value, list) else value)


def _own(item: Any) -> Any:
    """Rows are lists that are changed in place; everything else is replaced as a whole."""
    return item.copy() if isinstance(item, list) else item


def _seen(holder: Any, name: str) -> Any:
    """A field as it counts: not the index of a tab, which moves along with others, nor blank cells at the end."""
    value = getattr(holder, name)
    match name:
        case "properties":
            return {key: part for key, part in value.items() if key != "index"}
        case "rows":
            return _trimmed([_trimmed(row) for row in value])
        case _:
            return value


def _trimmed(items: list[Any]) -> list[Any]:
    end = len(items)
    while end and not items[end - 1]:
        end -= 1
    return items[:end]
