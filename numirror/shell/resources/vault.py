"""The vault: seals a tenant's secrets so that they may lie in the tenant's own Sheet.

A sealed secret is `nu1.<kid>.<base64url, no padding, of nonce || ciphertext || tag>`. Each tenant has an own subkey
under each master key, and the additional data names format, key, tenant and field: a cell copied into another
tenant's Sheet, or into another row, does not open. Nonces are random: fine up to 2**32 seals of one tenant (NIST
SP 800-38D, 8.3).
"""

import base64
import os
import re
from collections.abc import Callable
from functools import lru_cache

from cryptography.exceptions import InvalidTag

from numirror.kernel.errors import NuMirrorError
from numirror.shell.resources import cipher
from numirror.shell.resources.keyring import Keyring

FORMAT = "nu1"
MAX_CHARACTERS = 40_000
MAX_BYTES = MAX_CHARACTERS * 3 // 4 - cipher.NONCE_BYTES - cipher.TAG_BYTES
"""The longest secret, in bytes; the shortest is 1."""

_KEPT_SUBKEYS = 1024
"""Deriving is half the price of opening a lease. No risk is added: whoever reads our memory finds the master key."""

_SALT = b"numirror/vault/v1"
_SEALED = re.compile(rf"{FORMAT}\.([a-z0-9]{{1,16}})\.([A-Za-z0-9_-]{{39,{MAX_CHARACTERS}}})")


_framed_field = lru_cache(64)(cipher.framed)
"""Fields are few, and the same for everybody."""


class SealBroken(NuMirrorError):
    """This entry of the vault can't be opened. Please enter the secret again."""


class Vault:
    """Seals and opens secrets of tenants under the platform's master keys."""

    def __init__(self, keyring: Keyring, entropy: Callable[[int], bytes] = os.urandom) -> None:
        self.keyring = keyring
        self._entropy = entropy
        self._subkey = lru_cache(_KEPT_SUBKEYS)(self._derived)

    def encrypt_secret(self, tenant: str, field: str, value: bytes) -> str:
        """`value` sealed for this tenant and field, under the newest key. Raises `ValueError` for a bad length."""
        if not 1 <= len(value) <= MAX_BYTES:
            raise ValueError(f"A secret has 1 to {MAX_BYTES} bytes.")
        kid = self.keyring.newest
        nonce = self._entropy(cipher.NONCE_BYTES)
        scope = cipher.framed(FORMAT, kid, tenant)
        sealed = cipher.encrypt(self._subkey(kid, scope), nonce, value, scope + _framed_field(field))
        return f"{FORMAT}.{kid}.{_encode(nonce + sealed)}"

    def decrypt_secret(self, tenant: str, field: str, sealed: str) -> bytes:
        """What `encrypt_secret` was given. Raises `SealBroken`, whatever is wrong; tries exactly one key."""
        value = self._opened(tenant, field, sealed)
        if value is None:
            raise SealBroken
        return value

    def needs_resealing(self, sealed: str) -> bool:
        """Whether `sealed` is a sealed secret under another key than the newest. Opens nothing."""
        kid = key_id(sealed)
        return kid is not None and kid != self.keyring.newest

    def _opened(self, tenant: str, field: str, sealed: str) -> bytes | None:
        # Answers None instead of raising so that the one error carries no context: the reason helps only an attacker.
        match = _SEALED.fullmatch(sealed)
        if match is None:
            return None
        kid, text = match.groups()
        try:
            raw = _decode(text)
            scope = cipher.framed(FORMAT, kid, tenant)
            nonce, body = raw[: cipher.NONCE_BYTES], raw[cipher.NONCE_BYTES :]
            return cipher.decrypt(self._subkey(kid, scope), nonce, body, scope + _framed_field(field))
        except (ValueError, KeyError, InvalidTag):
            return None

    def _derived(self, kid: str, scope: bytes) -> bytes:
        return cipher.derive(self.keyring[kid].reveal(), _SALT, scope)


def key_id(sealed: str) -> str | None:
    """The kid that a sealed secret says it was sealed under; None if it does not look like one."""
    match = _SEALED.fullmatch(sealed)
    return match[1] if match else None


def _decode(text: str) -> bytes:
    """The bytes of base64url text. Raises `ValueError` unless `text` is exactly what `_encode` makes of them."""
    raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    # Python ignores the unused bits in the last group; the groups before it, of known letters, have no two spellings.
    if _encode(raw[len(raw) // 3 * 3 :]) != text[len(text) // 4 * 4 :]:
        raise ValueError("Another spelling of the same bytes.")
    return raw


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")
