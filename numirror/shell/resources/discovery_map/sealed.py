"""The `Vault` tab, read."""

from numirror.shell.google.cells import Formula, Grid
from numirror.shell.resources.discovery_map.content import Entry, Problem, Table
from numirror.shell.resources.discovery_map.finding import SEALED
from numirror.shell.resources.discovery_map.header import Known, read_header, text_of
from numirror.shell.resources.discovery_map.settings import LONGEST

NAMES = ("name", "sealed", "hint", "checked")
_KNOWN: dict[str, Known] = {"sealed": lambda text: text.startswith(SEALED)}
_LONGEST = {"sealed": 40_100}
"""The longest text that the vault opens; all else has the limit of a setting."""


class VaultReading:
    """What one `Vault` tab says."""

    def __init__(self, grid: Grid) -> None:
        self.entries: dict[str, Entry] = {}
        self.problems: list[Problem] = []
        places: dict[str, int] = {}
        self.table = Table(grid, read_header(grid.rows, NAMES, _KNOWN), places)
        for row in range(len(grid.rows)):
            if not (self.table.header.found and row == self.table.header.row):
                self._read(row, places)

    def _read(self, row: int, places: dict[str, int]) -> None:
        name, sealed, hint, checked = (text_of(self.table.held(row, one)) for one in NAMES)
        refused = next((one for one in NAMES if self._refusal(row, one)), None)
        if refused:
            self._explain(row, refused, self._refusal(row, refused))
        elif not name and sealed.startswith(SEALED):
            self._explain(row, "sealed", "holds a sealed entry without a name; enter it again in the sidebar.")
        elif name in places:
            self._explain(row, "name", f"is here a second time; only row {places[name] + 1} is read.")
        elif name:
            places[name] = row
            if sealed:
                self.entries[name] = Entry(sealed, hint, checked, row + 1)

    def _refusal(self, row: int, name: str) -> str:
        held, most = self.table.held(row, name), _LONGEST.get(name, LONGEST)
        if isinstance(held, Formula):
            return "holds a formula; delete it, and enter this again in the sidebar."
        return f"is too long; it has at most {most:,} characters." if len(text_of(held)) > most else ""

    def _explain(self, row: int, name: str, words: str) -> None:
        title, cell = self.table.grid.title, self.table.cell(row, name)
        self.problems.append(Problem(title, cell, f"{title}!{cell} {words}"))
