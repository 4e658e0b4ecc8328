"""How a tenant is called where the e-mail address must not stand: in Redis keys and in logs."""

import hmac
from functools import lru_cache

from numirror.shell.resources.keyring import Keyring
from numirror.shell.resources.purposes import key_for

_BYTES = 16


class TenantHash:
    """Pseudonyms of tenants: 128 bits, 32 hex digits.

    Keyed, because a plain digest of an e-mail address is found by hashing known addresses. The key is derived from
    the *oldest* master key: putting a new key in front changes no name, so web and workers agree all through a
    rotation. Only dropping the oldest key, at the end of a rotation, renames everybody, which costs what a flushed
    Redis costs: leases and read models come back at the next visit. The old names stay until their time limit or
    until Redis is flushed. Who wants names to stay for ever leaves the oldest key at the end of the list.
    """

    def __init__(self, keyring: Keyring) -> None:
        self._key = key_for("tenant", keyring)

        self._known = lru_cache(maxsize=4096)(self._hashed)

    def __call__(self, tenant_id: str) -> str:
        """The pseudonym of `tenant_id`."""
        return self._known(tenant_id)

    def _hashed(self, tenant_id: str) -> str:
        return hmac.digest(self._key, tenant_id.encode(), "sha256")[:_BYTES].hex()
