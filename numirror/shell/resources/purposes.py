"""Keys for other purposes than the vault, each derived from the keyring under its own label."""

from numirror.shell.resources import cipher
from numirror.shell.resources.keyring import Keyring


def key_for(purpose: str, keyring: Keyring) -> bytes:
    """32 bytes, the same in every process, and of no use for any other purpose.

    From the *oldest* master key, so that putting a new one in front makes nothing invalid that is under way.
    """
    return cipher.derive(keyring[keyring.oldest].reveal(), f"numirror/{purpose}/v1".encode(), b"")
