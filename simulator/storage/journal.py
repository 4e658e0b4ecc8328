"""What was changed in a file since it was written as a whole: a line for each change that touched a few rows only."""

import os
from pathlib import Path

import msgspec

from simulator.sheets.model import Cell, Spreadsheet, Tab
from simulator.storage.file import File

_MOST_ROWS = 200
_MOST_BYTES = 2_000_000
_MOVING = frozenset({"spreadsheet", "revision", "modified"})


class Entry(msgspec.Struct, frozen=True):
    """One change: the rows of each tab as they became, by their numbers."""

    revision: int
    modified: str
    tabs: dict[int, dict[int, list[Cell | None]]]


def append(path: Path, before: File, after: File) -> bool:
    """Write the change down, readable by the owner only. False when it is more than a few rows, or the journal long."""
    entry = _entry(before, after)
    if entry is None or (path.exists() and path.stat().st_size > _MOST_BYTES):
        return False
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "ab") as journal:
        journal.write(msgspec.json.encode(entry) + b"\n")
    return True


def replay(path: Path, file: File) -> None:
    """Bring a file that was written as a whole up to date. A last line that was cut off did not happen."""
    if not path.exists():
        return
    written, mark, _ = path.read_bytes().rpartition(b"\n")
    os.truncate(path, len(written) + len(mark))
    for line in written.splitlines():
        entry = msgspec.json.decode(line, type=Entry)
        if entry.revision > file.revision:
            _apply(entry, file)


def _apply(entry: Entry, file: File) -> None:
    for sheet_id, rows in entry.tabs.items():
        tab = file.spreadsheet.tab(sheet_id)
        if tab is None:
            continue
        for row, cells in rows.items():
            tab.rows.extend([] for _ in range(row + 1 - len(tab.rows)))
            tab.rows[row] = cells
    file.revision, file.modified = entry.revision, entry.modified


def _entry(before: File, after: File) -> Entry | None:
    """None when anything but rows was changed, or many of them."""
    old, new = before.spreadsheet, after.spreadsheet
    if _rest(before) != _rest(after) or len(old.tabs) != len(new.tabs):
        return None
    tabs = {}
    for one, other in zip(old.tabs, new.tabs, strict=True):
        if _beside_rows(one) != _beside_rows(other) or len(other.rows) < len(one.rows):
            return None
        tabs[other.id] = _changed(one, other)
    if sum(map(len, tabs.values())) > _MOST_ROWS:
        return None
    return Entry(after.revision, after.modified, {number: rows for number, rows in tabs.items() if rows})


def _changed(before: Tab, after: Tab) -> dict[int, list[Cell | None]]:
    known = len(before.rows)
    return {row: cells for row, cells in enumerate(after.rows) if row >= known or cells is not before.rows[row]}


def _rest(file: File) -> list[object]:
    """Everything of a file but its tabs, and what each change changes."""
    of_file = [getattr(file, name) for name in File.__struct_fields__ if name not in _MOVING]
    return of_file + [getattr(file.spreadsheet, name) for name in Spreadsheet.__struct_fields__ if name != "tabs"]


def _beside_rows(tab: Tab) -> list[object]:
    return [getattr(tab, name) for name in Tab.__struct_fields__ if name != "rows"]
