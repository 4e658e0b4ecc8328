"""A folder belongs to one run at a time."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from local.faults import FolderInUse


class Lock:
    """A lock on a folder; the system gives it back when its holder dies, however it dies (flock(2))."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "lock"

    @contextmanager
    def held(self) -> Iterator[Lock]:
        """Hold the folder. Raises FolderInUse, which names the holder."""
        with self._file.open("a+b") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise self._in_use() from None
            self.tell()
            yield self

    def tell(self, **facts: object) -> None:
        """Write down who holds the folder, with more facts for whoever comes next."""
        self._file.write_text(json.dumps({"pid": os.getpid(), **facts}))

    def holder(self) -> dict[str, Any] | None:
        """What the holder told, or None if nobody holds the folder."""
        if not self._file.exists():
            return None
        with self._file.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return self._told()
            return None

    def _told(self) -> dict[str, Any]:
        """What stands in the file; its holder may be writing it just now."""
        for _ in range(100):
            with suppress(ValueError):
                told: dict[str, Any] = json.loads(self._file.read_text())
                return told
            time.sleep(0.02)
        raise FolderInUse(folder=self._folder, pid="unknown")

    def _in_use(self) -> FolderInUse:
        told = self._told()
        where = f" ({told['url']})" if "url" in told else ""
        return FolderInUse(folder=self._folder, pid=told["pid"], where=where)
