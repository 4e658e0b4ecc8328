"""Signed jobs: a worker runs only what someone who has the key has written, and only for a while."""

import hmac

from numirror.shell.resources.keyring import Keyring
from numirror.shell.resources.purposes import key_for


def job_key(keyring: Keyring) -> bytes:
    """The key that signs jobs, the same for web and workers."""
    return key_for("jobs", keyring)


def sign(key: bytes, call: bytes, until: int) -> str:
    """The signature over the serialised call (function and arguments) and its last second since the epoch."""
    return hmac.digest(key, len(call).to_bytes(4, "big") + call + until.to_bytes(8, "big"), "sha256").hex()


def signed(key: bytes, call: bytes, until: int, signature: str) -> bool:
    """Whether `signature` is ours."""
    return hmac.compare_digest(sign(key, call, until).encode(), signature.encode("utf-8", "replace"))
