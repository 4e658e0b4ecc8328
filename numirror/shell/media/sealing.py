"""Seals pictures for the minutes that they lie in Redis: a vault entry may be 30 kB long, a picture 2 MB."""

import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag

from numirror.shell.resources import cipher

_SALT = b"numirror/pictures/v1"
_KEPT_SUBKEYS = 1024


class Sealing:
    """AES-256-GCM under a subkey of each tenant. What is sealed for one tenant or name opens for no other."""

    def __init__(self, key: bytes) -> None:
        self._subkey = lru_cache(_KEPT_SUBKEYS)(lambda tenant: cipher.derive(key, _SALT, cipher.framed(tenant)))

    def seal(self, tenant_hash: str, name: str, content: bytes) -> bytes:
        """`content`, which may be empty, sealed."""
        nonce = os.urandom(cipher.NONCE_BYTES)
        return nonce + cipher.encrypt(self._subkey(tenant_hash), nonce, content, cipher.framed(tenant_hash, name))

    def open(self, tenant_hash: str, name: str, sealed: bytes) -> bytes | None:
        """What `seal` was given; None for anything else."""
        nonce, body = sealed[: cipher.NONCE_BYTES], sealed[cipher.NONCE_BYTES :]
        try:
            return cipher.decrypt(self._subkey(tenant_hash), nonce, body, cipher.framed(tenant_hash, name))
        except (InvalidTag, ValueError):
            return None
