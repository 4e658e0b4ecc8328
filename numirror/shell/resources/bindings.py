"""The owner's yeses: which targets may be dialled, sealed in one cell of the `Vault` tab.

An editor of the Sheet can write another address into it, but not a binding for it: that is made only when the verified
owner confirms in the sidebar. The counter grows with each yes, so that a cell put back from the Sheet's history is seen
where a newer one was seen before.
"""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from numirror.shell.resources.vault import SealBroken, Vault

FIELD = "resource.binding"
"""The name of the entry in the `Vault` tab."""

SHARED = "shared"
"""Under this kind stands the owner's yes to sharing the Sheet with the platform's service account, by its address."""


class Bound(msgspec.Struct, frozen=True):
    """One confirmed target: what a person may see of it, the fingerprint that is compared, and its last good check."""

    host: str
    port: int
    name: str
    fingerprint: str
    checked_at: datetime
    milliseconds: float


class Bindings(msgspec.Struct, frozen=True):
    """All confirmed targets by kind of resource."""

    counter: int = 0
    bound: Mapping[str, Bound] = {}

    def having(self, kind: str, bound: Bound) -> "Bindings":
        """With one more yes, in the place of an older one of the same kind."""
        return Bindings(self.counter + 1, {**self.bound, kind: bound})

    def without(self, kind: str) -> "Bindings":
        """With a yes taken back."""
        return Bindings(self.counter + 1, {name: one for name, one in self.bound.items() if name != kind})


def seal(vault: Vault, tenant_id: str, bindings: Bindings) -> str:
    """The cell for the `Vault` tab."""
    return vault.encrypt_secret(tenant_id, FIELD, msgspec.json.encode(bindings))


def opened(vault: Vault, tenant_id: str, cell: str) -> Bindings | None:
    """The bindings in a cell; None where it was not made for this tenant, or can't be read."""
    try:
        return msgspec.json.decode(vault.decrypt_secret(tenant_id, FIELD, cell), type=Bindings)
    except (SealBroken, msgspec.DecodeError):
        return None
