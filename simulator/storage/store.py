"""All files, in memory and on disk. A file is replaced as a whole, so readers need no lock."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from simulator.files import write_whole
from simulator.storage.file import File, now

Listener = Callable[[File], None]


class Gone(Exception):
    """The file was deleted meanwhile."""


class Store:
    """Files by id, kept in `folder`, one JSON file each. Never change a file outside of `change`."""

    def __init__(self, folder: Path, changed: Listener) -> None:
        self._folder = folder
        self._changed = changed
        self._lock = threading.RLock()
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
            file.revision += 1
            file.modified = now()
            self._keep(file)
        self._changed(file)

    def delete(self, file_id: str) -> None:
        with self._lock:
            file = self._files.pop(file_id, None)
            self._path(file_id).unlink(missing_ok=True)
        if file:
            self._changed(file)

    def _keep(self, file: File) -> None:
        write_whole(self._path(file.id), msgspec.json.encode(file))
        self._files[file.id] = file

    def _path(self, file_id: str) -> Path:
        return self._folder / f"{file_id}.json"

    def _read(self) -> Iterator[File]:
        for path in sorted(self._folder.glob("*.json")):
            yield msgspec.json.decode(path.read_bytes(), type=File)
