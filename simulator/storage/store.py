"""All files, in memory and on disk. A file is replaced as a whole, so readers need no lock."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path

import msgspec

from simulator.files import write_whole
from simulator.sheets.formulas.refreshing import has_formulas, refresh
from simulator.sheets.model import Cell, Spreadsheet
from simulator.storage import journal
from simulator.storage.file import File, now

Listener = Callable[[File], None]


class Gone(Exception):
    """The file was deleted meanwhile."""


class Store:
    """Files by id, kept in `folder`: a JSON file each, and a journal of late changes.

    Never change a file outside of `change`."""

    def __init__(self, folder: Path, changed: Listener) -> None:
        self._folder = folder
        self._changed = changed
        self._lock = threading.RLock()
        self._plain: set[str] = set()
        """The files that are known to have no formulas."""
        self._files = {file.id: file for file in self._read()}

    def everything(self) -> list[File]:
        """All files, the oldest first."""
        return sorted(self._files.values(), key=lambda file: file.born)

    def get(self, file_id: str) -> File | None:
        return self._files.get(file_id)

    def add(self, file: File) -> File:
        with self._lock:
            self._keep(file)
        self._changed(file)
        return file

    @contextmanager
    def change(self, file_id: str) -> Iterator[File]:
        """A copy to change; it takes the file's place when the block ends well. Raises `Gone` when there is none."""
        with self._lock:
            known = self._files.get(file_id)
            if known is None:
                raise Gone
            file = known.copy()
            yield file
            self._refresh(known, file)
            file.revision += 1
            file.modified = now()
            if journal.append(self._journal(file_id), known, file):
                self._files[file_id] = file
            else:
                self._keep(file)
        self._changed(file)

    def _refresh(self, before: File, after: File) -> None:
        """Work out the formulas, unless there was none and none is new."""
        if after.id in self._plain and not has_formulas(changed_rows(before.spreadsheet, after.spreadsheet)):
            return
        refresh(after.spreadsheet)
        self._plain.discard(after.id)
        if not any(has_formulas(tab.rows) for tab in after.spreadsheet.tabs):
            self._plain.add(after.id)

    def delete(self, file_id: str) -> None:
        with self._lock:
            file = self._files.pop(file_id, None)
            self._path(file_id).unlink(missing_ok=True)
            self._journal(file_id).unlink(missing_ok=True)
        if file:
            self._changed(file)

    def _keep(self, file: File) -> None:
        write_whole(self._path(file.id), msgspec.json.encode(file))
        self._journal(file.id).unlink(missing_ok=True)
        self._files[file.id] = file

    def _path(self, file_id: str) -> Path:
        return self._folder / f"{file_id}.json"

    def _journal(self, file_id: str) -> Path:
        return self._folder / f"{file_id}.journal"

    def _read(self) -> Iterator[File]:
        for path in sorted(self._folder.glob("*.json")):
            file = msgspec.json.decode(path.read_bytes(), type=File)
            journal.replay(self._journal(file.id), file)
            yield file


def changed_rows(before: Spreadsheet, after: Spreadsheet) -> Iterator[list[Cell | None]]:
    """The rows of `after` that `before` has not at the same place."""
    for tab in after.tabs:
        former = before.tab(tab.id)
        known = former.rows if former else []
        yield from (row for row, old in zip_longest(tab.rows, known[: len(tab.rows)]) if row is not old)
