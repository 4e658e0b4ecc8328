"""Files that are whole or absent, also after a crash; and the folder that holds them, for one process only."""

import fcntl
import os
import tempfile
from pathlib import Path


class FolderTaken(Exception):
    """The folder is another simulator's, or not ours to write."""


def hold(folder: Path) -> None:
    """Make the folder and keep it until this process ends. Raises `FolderTaken` with a sentence."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        fcntl.flock(os.open(folder, os.O_RDONLY | os.O_CLOEXEC), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise FolderTaken(f"Another simulator keeps its data in {folder}. Give another folder with --data.") from error
    except OSError as error:
        raise FolderTaken(f"{folder} cannot be written to. Give another folder with --data.") from error


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` at `path`, readable by the owner only; a reader sees the old file or the new one, never half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
