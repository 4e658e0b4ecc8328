"""Where an AI answers, and a certificate that this process trusts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from numirror.shell.ai import transport
from tests.check_resources.hostile import certificate
from tests.check_resources.simulated import simulator

__all__ = ["simulator"]

NAME = "ai.example.com"


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The certificate of NAME, and no other."""
    file = certificate(tmp_path, NAME)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    transport.trust.cache_clear()
    yield file
    transport.trust.cache_clear()
