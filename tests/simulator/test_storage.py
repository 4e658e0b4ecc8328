"""What is kept on disk: whole files, and journals of what was changed since."""

from __future__ import annotations

from pathlib import Path

import msgspec

from simulator.sheets.model import Cell
from simulator.storage.file import File, new_file
from simulator.storage.store import Store


def _store(folder: Path) -> Store:
    return Store(folder, lambda _: None)


def _put(store: Store, file: File, row: int, value: str) -> None:
    with store.change(file.id) as changed:
        changed.spreadsheet.tabs[0].put(row, 0, Cell(value))


def _column(store: Store, file: File) -> list[object]:
    kept = store.get(file.id)
    assert kept
    return [kept.spreadsheet.tabs[0].cell(row, 0).value for row in range(3)]


def test_small_changes_are_written_beside_the_file_and_read_with_it(tmp_path: Path) -> None:
    store = _store(tmp_path)
    file = store.add(new_file("ada@example.com", "Map"))
    whole = (tmp_path / f"{file.id}.json").read_bytes()
    _put(store, file, 0, "a")
    _put(store, file, 2, "c")
    assert (tmp_path / f"{file.id}.json").read_bytes() == whole
    again = _store(tmp_path)
    assert _column(again, file) == ["a", None, "c"]
    assert again.get(file.id) == store.get(file.id)


def test_other_changes_write_the_file_anew_and_end_the_journal(tmp_path: Path) -> None:
    store = _store(tmp_path)
    file = store.add(new_file("ada@example.com", "Map"))
    _put(store, file, 0, "a")
    kept = (tmp_path / f"{file.id}.journal").read_bytes()
    with store.change(file.id) as changed:
        changed.spreadsheet.title = "Other"
        changed.spreadsheet.tabs[0].put(0, 0, Cell("later"))
    assert not (tmp_path / f"{file.id}.journal").exists()
    (tmp_path / f"{file.id}.journal").write_bytes(kept)  # as if the end came before it was taken away
    assert _column(_store(tmp_path), file) == ["later", None, None]


def test_a_line_that_was_cut_off_did_not_happen(tmp_path: Path) -> None:
    store = _store(tmp_path)
    file = store.add(new_file("ada@example.com", "Map"))
    _put(store, file, 0, "a")
    with (tmp_path / f"{file.id}.journal").open("ab") as journal:
        journal.write(b'{"revision":3,"mod')
    assert _column(_store(tmp_path), file) == ["a", None, None]


def test_after_a_cut_line_writing_goes_on(tmp_path: Path) -> None:
    store = _store(tmp_path)
    file = store.add(new_file("ada@example.com", "Map"))
    _put(store, file, 0, "a")
    with (tmp_path / f"{file.id}.journal").open("ab") as journal:
        journal.write(b'{"revision":3,"mod')
    again = _store(tmp_path)
    _put(again, file, 1, "b")
    assert _column(_store(tmp_path), file) == ["a", "b", None]


def test_what_is_deleted_leaves_nothing_behind(tmp_path: Path) -> None:
    store = _store(tmp_path)
    file = store.add(new_file("ada@example.com", "Map"))
    _put(store, file, 0, "a")
    store.delete(file.id)
    assert list(tmp_path.iterdir()) == []


def test_the_journal_is_for_the_owner_of_the_folder_only(tmp_path: Path) -> None:
    store = _store(tmp_path)
    file = store.add(new_file("ada@example.com", "Map"))
    _put(store, file, 0, "a")
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.iterdir())


def test_rows_of_copies_do_not_change_with_the_original(tmp_path: Path) -> None:
    store = _store(tmp_path)
    file = store.add(new_file("ada@example.com", "Map"))
    _put(store, file, 0, "a")
    before = store.get(file.id)
    _put(store, file, 0, "b")
    assert before
    assert before.spreadsheet.tabs[0].cell(0, 0).value == "a"


def test_a_file_of_an_earlier_simulator_is_read(tmp_path: Path) -> None:
    file = new_file("ada@example.com", "Map")
    whole = msgspec.json.decode(msgspec.json.encode(file))
    del whole["spreadsheet"]["names"]
    for name in ("filter", "groups", "rules"):
        del whole["spreadsheet"]["tabs"][0][name]
    (tmp_path / f"{file.id}.json").write_bytes(msgspec.json.encode(whole))
    assert _store(tmp_path).get(file.id) == file
