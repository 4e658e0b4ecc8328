"""Keyrings in their text form, for tests."""

from __future__ import annotations

import base64

ONE, TWO, THREE = (bytes([n]) * 32 for n in (1, 2, 3))


def encoded(value: bytes) -> str:
    return base64.b64encode(value).decode()


K1, K2, K3 = f"k1:{encoded(ONE)}", f"k2:{encoded(TWO)}", f"k3:{encoded(THREE)}"
DEVELOPMENT = f"k1:{encoded(bytes(range(32)))}"


def assert_shows_no_key(text: str) -> None:
    for value in (ONE, TWO, THREE, bytes(range(32))):
        assert encoded(value)[:12] not in text
        assert value.hex() not in text
        assert repr(value)[2:-1] not in text
