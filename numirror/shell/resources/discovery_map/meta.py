"""The `Meta` tab, read."""

import re
from collections.abc import Iterator

from numirror.shell.google.cells import Formula, Grid
from numirror.shell.resources.discovery_map.content import Problem, Setting, Table, cell_name
from numirror.shell.resources.discovery_map.finding import ROWS
from numirror.shell.resources.discovery_map.header import Known, read_header, text_of
from numirror.shell.resources.discovery_map.settings import BY_NAME, KEYS, LONGEST, Key

NAMES = ("key", "value", "note")
_NOTES = frozenset(key.note for key in KEYS)
_KNOWN: dict[str, Known] = {"key": lambda text: text.casefold() in BY_NAME, "note": _NOTES.__contains__}
_LIKE_A_KEY = re.compile(r"[A-Z]+(_[A-Z]+)*")
"""No secret looks so; what does not look so, is not named."""


class MetaReading:
    """What one `Meta` tab says."""

    def __init__(self, grid: Grid) -> None:
        self.settings: dict[str, Setting] = {}
        self.problems: list[Problem] = []
        self.ignored: list[str] = []
        places: dict[str, int] = {}
        self.table = Table(grid, read_header(grid.rows, NAMES, _KNOWN), places)
        for row in range(len(grid.rows)):
            if not (self.table.header.found and row == self.table.header.row):
                self._read(row, places)
        self.problems += [
            Problem(grid.title, "", f"The row of {key.name} is missing.", repairable=len(grid.rows) < ROWS)
            for key in KEYS
            if key.name not in places
        ]

    def _read(self, row: int, places: dict[str, int]) -> None:
        held = self.table.held(row, "key")
        name = text_of(held)
        key = BY_NAME.get(name.casefold())
        if isinstance(held, Formula):
            self._explain(row, "key", "holds a formula; type the key itself.")
        elif key is None:
            self._read_unknown(row, name)
        elif key.name in places:
            self._explain(row, "key", f"says {key.name} a second time; only row {places[key.name] + 1} is read.")
        else:
            places[key.name] = row
            self._read_value(row, key)

    def _read_unknown(self, row: int, name: str) -> None:
        if _LIKE_A_KEY.fullmatch(name):
            self.ignored.append(name)
        elif not name and self.table.held(row, "value") is not None:
            self._explain(row, "value", "holds a value, but no key stands beside it.")

    def _read_value(self, row: int, key: Key) -> None:
        held = self.table.held(row, "value")
        value = text_of(held).casefold() if key.choices else text_of(held)
        if isinstance(held, Formula):
            self._explain(row, "value", "holds a formula; type the value itself.")
        elif not value:
            self.problems += self._misplaced(row, key)
        elif len(value) > LONGEST:
            self._explain(row, "value", f"is too long; a setting has at most {LONGEST:,} characters.")
        elif not key.is_value(value):
            self._explain(row, "value", f"is not a value for {key.name}. It takes {key.takes}.")
        else:
            self.settings[key.name] = Setting(value, self.table.cell(row, "value"))

    def _misplaced(self, row: int, key: Key) -> Iterator[Problem]:
        """Text without a space in the row of a setting that has no value: a value, and no remark."""
        ours = {self.table.header.at.get("key"), self.table.header.at.get("value")}
        for column, held in enumerate(self.table.grid.rows[row]):
            text = text_of(held)
            if column not in ours and text and text != key.note and not re.search(r"\s", text):
                cell = cell_name(row, column)
                target = self.table.cell(row, "value") if "value" in self.table.header.at else "the column value"
                yield self._problem(
                    cell, f"stands beside {key.name}, whose value belongs into {target}; move it there."
                )

    def _explain(self, row: int, name: str, words: str) -> None:
        self.problems.append(self._problem(self.table.cell(row, name), words))

    def _problem(self, cell: str, words: str) -> Problem:
        return Problem(self.table.grid.title, cell, f"{self.table.grid.title}!{cell} {words}")
