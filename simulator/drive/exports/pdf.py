"""A whole spreadsheet as PDF, drawn with fpdf2: each tab that is not hidden as a table under its title."""

from pathlib import Path
from typing import TYPE_CHECKING

from simulator.drive.exports.delimited import shown_rows
from simulator.sheets.model import Spreadsheet

if TYPE_CHECKING:
    from fpdf import FPDF

_FONT = Path(__file__).parents[3] / "numirror/shell/drawing/fonts/Roboto-Regular.ttf"
"""The fonts that PDF readers have know no letters beyond Latin-1."""
_SIZE, _LINE = 8, 5


def written(spreadsheet: Spreadsheet) -> bytes:
    """A4 across; letters that the font lacks are left out."""
    from fpdf import FPDF  # slow to import, and seldom wanted

    document = FPDF(orientation="landscape", format="A4")
    document.set_title(spreadsheet.title)
    document.add_font("sheet", fname=_FONT)
    document.set_font("sheet", size=_SIZE)
    for tab in spreadsheet.tabs:
        if not tab.properties.get("hidden"):
            _page(document, tab.title, shown_rows(tab))
    return bytes(document.output())


def _page(document: "FPDF", title: str, rows: list[list[str]]) -> None:
    document.add_page()
    document.cell(0, _LINE * 2, _known(document, title), new_x="LMARGIN", new_y="NEXT")
    if not rows:
        return
    with document.table(first_row_as_headings=False, line_height=_LINE, text_align="LEFT") as table:
        for row in rows:
            line = table.row()
            for text in row:
                line.cell(_known(document, text))


def _known(document: "FPDF", text: str) -> str:
    """The text without letters that cannot be drawn."""
    known = getattr(document.current_font, "cmap", {})
    return "".join(letter for letter in text if letter == "\n" or ord(letter) in known)
