"""Opening an entry of the vault, beside its two ciphers alone: HKDF-SHA256 and AES-256-GCM."""

import itertools
import os
from collections.abc import Callable

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bench.pairs import Operation, paired
from bench.row import Row
from numirror.shell.resources.keyring import Keyring
from numirror.shell.resources.secret import Secret
from numirror.shell.resources.vault import Vault

GOAL = 2.0
PLAIN = b'{"url":"postgresql://ada:0123456789abcdef@db.example.com:5432/ada"}'
_KEY = os.urandom(32)
_TENANTS = 4_000


def rows() -> list[Row]:
    """The time of opening one entry over the time of the bare ciphers; each tenant is a new one."""
    ratio = paired(_bare, _entry)  # rates: turned round, they are times
    print(f"open a vault entry: {ratio.rate_b:,.0f} a second against {ratio.rate_a:,.0f}")
    return [Row.at_most("open a vault entry / bare HKDF + AES-GCM (at most)", ratio.median, GOAL)]


def _entry(_: int) -> tuple[Operation, Callable[[], None]]:
    """More tenants than subkeys are kept of, so that each opening derives its own."""
    vault = Vault(Keyring({"k1": Secret(_KEY)}))
    tenants = (f"{n}@example.com" for n in range(_TENANTS))
    cells = itertools.cycle([(tenant, vault.encrypt_secret(tenant, "database", PLAIN)) for tenant in tenants])

    def operation() -> object:
        tenant, cell = next(cells)
        return vault.decrypt_secret(tenant, "database", cell)

    return operation, lambda: None


def _bare(_: int) -> tuple[Operation, Callable[[], None]]:
    nonce, algorithm = os.urandom(12), SHA256()
    sealed = AESGCM(HKDF(algorithm, 32, b"salt", b"info").derive(_KEY)).encrypt(nonce, PLAIN, b"aad")

    def operation() -> object:
        subkey = HKDF(algorithm, 32, b"salt", b"info").derive(_KEY)
        return AESGCM(subkey).decrypt(nonce, sealed, b"aad")

    return operation, lambda: None
