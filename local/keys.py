"""Secrets of this machine: made at the first run, kept in files that only their owner can read."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def new_password() -> str:
    """Letters, digits, - and _: it can stand in a URL as it is."""
    return secrets.token_urlsafe(24)


def kept(file: Path, make: Callable[[], str] = new_password) -> str:
    """The secret in the file; made and written there (mode 0600, all or nothing) if it is not there yet."""
    with suppress(FileNotFoundError):
        return file.read_text()
    unfinished = file.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(make())
    unfinished.rename(file)
    return file.read_text()
