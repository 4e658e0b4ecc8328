"""The upload of Drive v2 that gspread's `import_csv` uses: a CSV takes the place of all tabs."""

import csv
import io
import secrets

from simulator.drive.asked import Asked
from simulator.drive.errors import forbidden, invalid
from simulator.sheets import entered
from simulator.sheets.model import COLUMNS, ROWS, Spreadsheet, new_tab
from simulator.storage import access
from simulator.storage.file import SPREADSHEET
from simulator.storage.store import Store
from simulator.wire import Json


def from_csv(store: Store, asked: Asked) -> Json:
    """files.update with `convert`: one tab, named like the file, under a new id; values as if they were typed."""
    known = asked.file(store)
    if not access.may_write(known, asked.email):
        raise forbidden()
    if asked.call.request.mimetype != "text/csv" or asked.call.query("convert").lower() != "true":
        raise invalid("convert", "The simulator takes text/csv with convert=true only.")
    try:
        rows = list(csv.reader(io.StringIO(asked.call.request.get_data().decode("utf-8-sig"), newline="")))
    except (UnicodeError, csv.Error) as error:
        raise invalid("", "The content is not CSV in UTF-8.") from error
    with store.change(known.id) as file:
        _replace(file.spreadsheet, rows)
    return {"kind": "drive#file", "id": file.id, "title": file.spreadsheet.title, "mimeType": SPREADSHEET}


def _replace(spreadsheet: Spreadsheet, rows: list[list[str]]) -> None:
    height = max(ROWS, len(rows))
    width = max(COLUMNS, max(map(len, rows), default=0))
    tab = new_tab(secrets.randbelow(2**31 - 1) + 1, spreadsheet.title[:100], 0, height, width)
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            tab.put(row, column, entered.typed(tab.cell(row, column), text, spreadsheet.locale))
    spreadsheet.tabs, spreadsheet.names = [tab], []
    spreadsheet.metadata = [one for one in spreadsheet.metadata if one.tab is None]
