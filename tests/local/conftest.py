"""Folders for runs."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

_numbers = itertools.count(1)


@pytest.fixture
def data(server_folder: Path) -> Path:
    """The path of a data folder that is not there yet."""
    return server_folder / f"data-{next(_numbers)}"
