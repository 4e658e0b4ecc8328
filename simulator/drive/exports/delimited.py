"""The first tab as CSV or TSV: what its cells show, without a line break at the end."""

import csv
import io

from simulator.sheets.model import Spreadsheet, Tab
from simulator.sheets.shown import shown


def written(spreadsheet: Spreadsheet, delimiter: str) -> bytes:
    """UTF-8, lines ended by CR LF; in TSV, tabs and line breaks of cells become spaces."""
    rows = shown_rows(spreadsheet.tabs[0])
    if delimiter == "\t":
        return "\r\n".join("\t".join(" ".join(text.split()) for text in row) for row in rows).encode()
    sheet = io.StringIO()
    csv.writer(sheet).writerows(rows)
    return sheet.getvalue().removesuffix("\r\n").encode()


def shown_rows(tab: Tab) -> list[list[str]]:
    """What the cells show: as wide and as high as the cells that show something, row by row."""
    rows = [[shown(cell) if cell else "" for cell in row] for row in tab.rows]
    height = max((number for number, row in enumerate(rows, 1) if any(row)), default=0)
    width = max((number for row in rows for number, text in enumerate(row, 1) if text), default=0)
    return [[*row[:width], *[""] * (width - len(row))] for row in rows[:height]]
