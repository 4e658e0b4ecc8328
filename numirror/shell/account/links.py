"""Links that let in whoever knows them, for one purpose, one person and ten minutes."""

import hmac
from datetime import datetime, timedelta

from numirror.kernel.errors import NuMirrorError
from numirror.shell.stores import Stores

VALID_FOR = timedelta(minutes=10)


class LinkOver(NuMirrorError):
    """This link is over. Open the sidebar and ask for a new one: it lives ten minutes."""


class SignedLinks:
    """Makes and checks the links of a `purpose`, which is both the first part of the path and what the key is for."""

    def __init__(self, stores: Stores, purpose: str) -> None:
        self._purpose = purpose
        self._key = stores.key_for(purpose)

    def path(self, tenant_hash: str, now: datetime) -> str:
        """What is open for `VALID_FOR` to whoever knows the path."""
        expires = int((now + VALID_FOR).timestamp())
        return f"/{self._purpose}/{tenant_hash}/{expires}/{self._seal(tenant_hash, expires)}"

    def check(self, tenant_hash: str, expires: int, seal: str, now: datetime) -> None:
        """Whether the parts are those of a path of ours that is not over. Raises `LinkOver`."""
        # Compared as bytes: text that is not ASCII would raise.
        known = hmac.compare_digest(seal.encode(), self._seal(tenant_hash, expires).encode())
        if not known or now.timestamp() >= expires:
            raise LinkOver

    def _seal(self, tenant_hash: str, expires: int) -> str:
        return hmac.digest(self._key, f"{tenant_hash}/{expires}".encode(), "sha256").hex()
