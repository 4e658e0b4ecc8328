"""The master keys that seal the vault."""

import base64
import re
from collections.abc import Mapping

from numirror.settings import SettingsWrong
from numirror.shell.resources.secret import Secret

VARIABLE = "LLM_MASTER_KEY"
KEY_BYTES = 32
DEVELOPMENT_KEY = Secret(bytes(range(KEY_BYTES)))
"""Printed in docs and tests, so it seals nothing."""

SOURCES = ("file", "secretmanager")
"""First words of the variable that name a place instead of a key (`key_sources`), so no key may be called so."""

_KID = re.compile(r"[a-z0-9]{1,16}")
_FORM = "Write it as k1:<base64 of 32 bytes>; after a change of keys the new one first: k2:<…>,k1:<…>."


class Keyring:
    """Master keys by key id (kid), in the operator's order: the first encrypts, all decrypt."""

    __slots__ = ("_keys", "_oldest")

    def __init__(self, keys: Mapping[str, Secret[bytes]]) -> None:
        """`keys` has at least one entry, the newest first."""
        self._keys = dict(keys)
        self._oldest = next(reversed(self._keys))

    def __getitem__(self, kid: str) -> Secret[bytes]:
        """The master key called `kid`, 32 bytes. Raises `KeyError`."""
        return self._keys[kid]

    @property
    def newest(self) -> str:
        """The kid of the key that seals."""
        return next(iter(self._keys))

    @property
    def oldest(self) -> str:
        """The kid of the key that names and signatures are derived from; the same for as long as the process lives."""
        return self._oldest

    @property
    def kids(self) -> tuple[str, ...]:
        """Every kid, the newest first."""
        return tuple(self._keys)

    @classmethod
    def parse(cls, text: str, *, production: bool) -> "Keyring":
        """The keyring that `text` describes. Raises `SettingsWrong`, without any part of a key."""
        return cls(parse_keys(text, production=production))


def parse_keys(text: str, *, production: bool) -> dict[str, Secret[bytes]]:
    """The keys in their text form, `k2:<base64>,k1:<base64>`. Raises `SettingsWrong`, without any part of a key."""
    keys: dict[str, Secret[bytes]] = {}
    for part in text.split(","):
        kid, _, encoded = part.strip().partition(":")
        if not _KID.fullmatch(kid):
            raise SettingsWrong(f"{VARIABLE}: a key has no id of 1 to 16 small letters and digits. {_FORM}")
        if kid in SOURCES:
            raise SettingsWrong(f"{VARIABLE}: a key can't be called {kid}, which names a source. {_FORM}")
        if kid in keys:
            raise SettingsWrong(f"{VARIABLE} has two keys called {kid}. Give each its own id.")
        keys[kid] = _key(kid, encoded, production)
    return keys


def _key(kid: str, encoded: str, production: bool) -> Secret[bytes]:
    value = _decoded(encoded)
    if value is None or len(value) != KEY_BYTES:
        raise SettingsWrong(f"{VARIABLE}: the key {kid} is not the base64 of {KEY_BYTES} bytes. {_FORM}")
    if value == bytes(KEY_BYTES):
        raise SettingsWrong(f"{VARIABLE}: the key {kid} is all zeros. Make one with: openssl rand -base64 32")
    key = Secret(value)
    if production and key == DEVELOPMENT_KEY:
        raise SettingsWrong(
            f"{VARIABLE}: the key {kid} is the public development key. Make one with: openssl rand -base64 32"
        )
    return key


def _decoded(encoded: str) -> bytes | None:
    """The bytes, or None unless `encoded` is exactly what an encoder writes."""
    try:
        value = base64.b64decode(encoded)
    except ValueError:
        return None
    return value if base64.b64encode(value).decode("ascii") == encoded else None
