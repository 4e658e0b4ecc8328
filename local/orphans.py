"""Processes that a killed run left behind: found by what only they have, given a moment to finish, then killed."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

MARK = "NU_STACK"  # environment variable that all programs of one stack carry: its data folder
PATIENCE = 5.0  # seconds in which a program that lost its parent should have finished by itself


def standing_in(folder: Path, program: str) -> Callable[[], list[int]]:
    """Finds processes called `program` whose working folder is `folder`: servers stand in their data folder."""

    def find() -> list[int]:
        return [pid for pid in _pids() if _standing(pid) == (program, folder.resolve())]

    return find


def marked(folder: Path) -> Callable[[], list[int]]:
    """Finds processes that carry the mark of the stack in `folder`, grandchildren too, but not this one."""
    mark = f"{MARK}={folder}".encode()
    return lambda: [pid for pid in _pids() if pid != os.getpid() and mark in _environment(pid)]


def clear(find: Callable[[], list[int]], ask: signal.Signals | None = None, patience: float = PATIENCE) -> None:
    """Return when `find()` finds nobody: asked with `ask` (or, if None, on their way out already), killed at last."""
    for pid in find() if ask else ():
        _send(pid, ask)
    deadline = time.monotonic() + patience
    while pids := find():
        if time.monotonic() > deadline:
            for pid in pids:
                _send(pid, signal.SIGKILL)
        time.sleep(0.02)


def _pids() -> Iterator[int]:
    return (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())


def _standing(pid: int) -> tuple[str, Path] | None:
    with suppress(OSError):
        return Path(f"/proc/{pid}/comm").read_text().strip(), Path(f"/proc/{pid}/cwd").readlink()
    return None


def _environment(pid: int) -> list[bytes]:
    with suppress(OSError):
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    return []


def _send(pid: int, number: signal.Signals | None) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.kill(pid, number or 0)
