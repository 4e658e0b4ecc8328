"""A whole spreadsheet as XLSX, written with openpyxl."""

import io
import re
from typing import TYPE_CHECKING, Any

from simulator.sheets import a1, formats, naming
from simulator.sheets.model import Cell, Spreadsheet, Tab
from simulator.sheets.shown import shown

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_FORBIDDEN_IN_TITLE = re.compile(r"[\[\]:*?/\\]")
_FORBIDDEN_IN_CELL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_PIXELS_A_LETTER = 7


def written(spreadsheet: Spreadsheet) -> bytes:
    """Values, formulas, formats, merges, notes, frozen rows and columns, widths, hidden tabs."""
    import openpyxl  # slow to import, and seldom wanted

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for tab in spreadsheet.tabs:
        sheet = book.create_sheet(_FORBIDDEN_IN_TITLE.sub("_", tab.title)[:31])
        sheet.sheet_state = "hidden" if tab.properties.get("hidden") else "visible"
        _fill(sheet, tab)
        _lay_out(sheet, tab)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _fill(sheet: "Worksheet", tab: Tab) -> None:
    from openpyxl.comments import Comment

    for row, column, cell in tab.cells(tab.grid):
        target = sheet.cell(row + 1, column + 1)
        target.value = _value(cell)
        if isinstance(target.value, str) and not cell.formula:
            target.data_type = "s"  # a text that begins with "=" is no formula
        if cell.note:
            target.comment = Comment(cell.note, "")
        _format(target, cell)


def _value(cell: Cell) -> Any:
    if cell.formula:
        return _FORBIDDEN_IN_CELL.sub("", cell.formula)
    if isinstance(cell.value, bool | float | None):
        return cell.value
    return _FORBIDDEN_IN_CELL.sub("", shown(cell))


def _format(target: Any, cell: Cell) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    text = cell.format.get("textFormat", {})
    if text:
        colour = formats.hexadecimal(text["foregroundColor"])[1:] if "foregroundColor" in text else None
        strike, size = text.get("strikethrough"), text.get("fontSize")
        target.font = Font(b=text.get("bold"), i=text.get("italic"), strike=strike, sz=size, color=colour)
    if "backgroundColor" in cell.format:
        target.fill = PatternFill("solid", fgColor=formats.hexadecimal(cell.format["backgroundColor"])[1:])
    if pattern := cell.format.get("numberFormat", {}).get("pattern"):
        target.number_format = pattern
    side = cell.format.get("horizontalAlignment", "").lower()
    if side or cell.format.get("wrapStrategy") == "WRAP":
        wraps = cell.format.get("wrapStrategy") == "WRAP"
        target.alignment = Alignment(horizontal=side or None, wrap_text=wraps)


def _lay_out(sheet: "Worksheet", tab: Tab) -> None:
    size = tab.properties["gridProperties"]
    frozen = size.get("frozenRowCount", 0), size.get("frozenColumnCount", 0)
    if any(frozen):
        sheet.freeze_panes = f"{naming.letters(frozen[1])}{frozen[0] + 1}"
    for area in tab.merges:
        sheet.merge_cells(a1.cells_written(area))
    for column, mark in enumerate(tab.column_marks):
        if mark:
            known = sheet.column_dimensions[naming.letters(column)]
            known.hidden = mark.hidden
            known.width = (mark.pixels or 100) / _PIXELS_A_LETTER
