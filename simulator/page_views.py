"""The last views of each spreadsheet, so that a page that has one is sent only what has changed since."""

import threading
from collections import OrderedDict
from typing import Any

from simulator.page_view import NOTHING, Drawn, draw
from simulator.storage.file import File
from simulator.wire import Json

_FILES, _REVISIONS = 16, 8


class Views:
    """Draws spreadsheets, and remembers the last revisions of the last ones that were looked at."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._files: OrderedDict[str, OrderedDict[int, Drawn]] = OrderedDict()

    def view(self, file: File, since: int | None = None) -> Json:
        """The whole view; of a page that has the one of revision `since`, what is other than there.

        A tab then has, in the place of `rows`, the `rowTotal` and the `changed` rows by index."""
        with self._lock:
            known = self._known(file.id)
            latest = known[next(reversed(known))] if known else NOTHING
            if file.revision not in known:
                known[file.revision] = draw(file, latest)
            drawn, old = known[file.revision], known.get(since) if since is not None else None
            while len(known) > _REVISIONS:
                known.popitem(last=False)
        return _delta(drawn, old) if old else drawn.view

    def _known(self, file_id: str) -> OrderedDict[int, Drawn]:
        known = self._files.pop(file_id, None) or OrderedDict()
        self._files[file_id] = known
        while len(self._files) > _FILES:
            self._files.popitem(last=False)
        return known


def _delta(drawn: Drawn, old: Drawn) -> Json:
    tabs = [_changed_tab(tab, old) if tab["sheetId"] in old.cells else tab for tab in drawn.view["tabs"]]
    return drawn.view | {"since": old.view["revision"], "tabs": tabs}


def _changed_tab(tab: Json, old: Drawn) -> Json:
    rows, before = tab["rows"], old.rows(tab["sheetId"])
    changed: dict[str, list[Any]] = {
        str(index): row for index, row in enumerate(rows) if index >= len(before) or before[index] != row
    }
    bare = {name: value for name, value in tab.items() if name != "rows"}
    return bare | {"rowTotal": len(rows), "changed": changed}
