"""Opening a Discovery Map: one read of the Sheet, the vault's entries opened, the resources resolved."""

from collections.abc import Mapping
from typing import Any, assert_never, get_args

import msgspec

from numirror.shell.entrance import VaultOld
from numirror.shell.google.sheets import Spreadsheet
from numirror.shell.resources import bindings, resolution
from numirror.shell.resources.bindings import Bindings
from numirror.shell.resources.discovery_map import MapContent, read_map
from numirror.shell.resources.leases import Lease
from numirror.shell.resources.resolution import AiConfig, Kind, OpenedMap, Resource, ServiceAccount, Url, lendable
from numirror.shell.resources.vault import SealBroken, Vault
from numirror.shell.stores import Stores

KINDS: tuple[Kind, ...] = get_args(Kind)

LEFT = "database.left"
"""The entry of `Vault` that says where a log was before it moved."""

HEAD = "log.head"
"""The entry of `Vault` that says where the log ended when it was last verified: an anchor outside the database."""

OWNER = "owner"
"""The entry of `Vault` that says whose the others are. It is sealed for the Google account (`sub`), whose address may
change; the others are sealed for the address that it had at the first visit."""


class Opened(msgspec.Struct, frozen=True):
    """A Discovery Map as it was read, for whom its entries are sealed, and what it says."""

    tenant_id: str
    spreadsheet: Spreadsheet
    content: MapContent
    says: OpenedMap


class Resolved(msgspec.Struct, frozen=True):
    """The resources of a tenant."""

    storage: Resource[Url]
    read_model: Resource[Url]
    ai: Resource[AiConfig]
    google: Resource[ServiceAccount]

    def of(self, kind: Kind) -> Resource[Any]:
        """The resource of that kind."""
        match kind:
            case "database":
                return self.storage
            case "redis":
                return self.read_model
            case "ai":
                return self.ai
            case "google":
                return self.google
            case _:
                assert_never(kind)


SEALED = (*KINDS, LEFT, HEAD, bindings.FIELD)
"""The entries of `Vault` that are sealed for the tenant."""


def open_map(stores: Stores, lease: Lease, spreadsheet: Spreadsheet) -> Opened:
    """Reads the map of whoever has this lease, or had it under another address. One call to Google.

    Raises Google's errors, and `VaultOld` for bindings older than those that were seen before: an editor could take
    them from the Sheet's history to bring a target back.
    """
    opened = as_it_stands(stores, lease, spreadsheet, read_map(spreadsheet))
    if opened.says.bindings.counter < lease.yeses:
        raise VaultOld
    return opened


def as_it_stands(stores: Stores, lease: Lease, spreadsheet: Spreadsheet, content: MapContent) -> Opened:
    """What a map says, be it older than what was seen before or not: only to be written over."""
    owner = owner_of(stores.vault, lease.sub, content)
    tenant_id = owner or lease.tenant_id
    said = says(stores.vault, tenant_id, content, is_theirs=owner is not None)
    return Opened(tenant_id, spreadsheet, content, said)


def owner_of(vault: Vault, sub: str, content: MapContent) -> str | None:
    """The tenant for whom the entries of a map are sealed, as this Google account was known when it made them."""
    entry = content.vault.get(OWNER)
    try:
        return vault.decrypt_secret(sub, OWNER, entry.sealed).decode() if entry else None
    except SealBroken:
        return None


def says(vault: Vault, tenant_id: str, content: MapContent, *, is_theirs: bool) -> OpenedMap:
    """The settings and secrets of a map. An entry that does not open is named, never taken for green."""
    secrets, unreadable = _secrets(vault, tenant_id, content)
    entry = content.vault.get(bindings.FIELD)
    bound = bindings.opened(vault, tenant_id, entry.sealed) if entry else Bindings()
    if bound is None:
        unreadable = (*unreadable, bindings.FIELD)
    settings = {key: one.value for key, one in content.settings.items() if one.value}
    return OpenedMap(settings, secrets, bound or Bindings(), unreadable, is_theirs)


def resolve(stores: Stores, said: OpenedMap) -> Resolved:
    """Whose database, whose Redis, whose AI, whose service account."""
    settings, fingerprint = stores.settings, stores.targets.fingerprint
    return Resolved(
        resolution.resolve_storage_url(said, fingerprint, settings.database_url),
        resolution.resolve_read_model_url(said, fingerprint, settings.read_model_url or settings.redis_url),
        resolution.resolve_ai_config(said, fingerprint, stores.trial_ai),
        resolution.resolve_google(said, fingerprint),
    )


def resolved_before(lease: Lease) -> Resolved:
    """The resources that a lease holds."""
    return Resolved(lease.storage, lease.read_model, lease.ai, lease.google)


def lease_for(lease: Lease, said: OpenedMap, resolved: Resolved) -> Lease:
    """The lease with these resources."""
    return msgspec.structs.replace(
        lease,
        storage=lendable(resolved.storage),
        read_model=lendable(resolved.read_model),
        ai=lendable(resolved.ai),
        google=resolved.google,
        shared=bindings.SHARED in said.bindings.bound,
        yeses=said.bindings.counter,
    )


def _secrets(vault: Vault, tenant_id: str, content: MapContent) -> tuple[Mapping[str, bytes], tuple[str, ...]]:
    secrets: dict[str, bytes] = {}
    unreadable: list[str] = []
    for kind in (*KINDS, LEFT, HEAD):
        entry = content.vault.get(kind)
        if entry is None:
            continue
        try:
            secrets[kind] = vault.decrypt_secret(tenant_id, kind, entry.sealed)
        except SealBroken:
            unreadable.append(kind)
    return secrets, tuple(unreadable)
