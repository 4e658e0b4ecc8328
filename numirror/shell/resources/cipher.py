"""AES-256-GCM and HKDF-SHA256 as the vault uses them. Tests run Wycheproof's vectors through these functions."""

from struct import Struct

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES = 12
TAG_BYTES = 16

_sha256 = SHA256()
_length = Struct(">I").pack


def derive(key: bytes, salt: bytes, info: bytes, length: int = 32) -> bytes:
    """HKDF-SHA256 (RFC 5869). Raises `ValueError` above 255 * 32 bytes."""
    return HKDF(_sha256, length, salt, info).derive(key)


def encrypt(key: bytes, nonce: bytes, plain: bytes, aad: bytes) -> bytes:
    """Ciphertext, then the tag of 16 bytes. A nonce must never come twice under one key."""
    return AESGCM(key).encrypt(nonce, plain, aad)


def decrypt(key: bytes, nonce: bytes, sealed: bytes, aad: bytes) -> bytes:
    """The plain bytes. Raises `cryptography.exceptions.InvalidTag` (or `ValueError` for impossible lengths)."""
    return AESGCM(key).decrypt(nonce, sealed, aad)


def framed(*parts: str) -> bytes:
    """L(x) of each part, joined: 4-byte big-endian length, then UTF-8. No two lists of parts give the same bytes."""
    return b"".join([_length(len(encoded := part.encode())) + encoded for part in parts])
