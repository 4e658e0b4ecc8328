"""Writing down what the owner decided: the sealed entry, and their yes to its target. One batch each."""

from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec

from numirror.shell.checks import Report
from numirror.shell.opening import HEAD, KINDS, LEFT, OWNER, SEALED, Opened, owner_of, resolved_before, says
from numirror.shell.resources import bindings
from numirror.shell.resources.bindings import Bindings, Bound
from numirror.shell.resources.discovery_map import Change, ClearSetting, Entry, PutEntry, apply
from numirror.shell.resources.leases import Lease
from numirror.shell.resources.resolution import (
    AI_BASE_URL,
    AI_KEY,
    AI_MODEL,
    AI_PROVIDER,
    DATABASE_URL,
    REDIS_URL,
    Kind,
    Url,
    ai_override,
)
from numirror.shell.resources.secret import Hidden
from numirror.shell.resources.vault import SealBroken
from numirror.shell.stores import Stores

CELLS: dict[Kind, tuple[str, ...]] = {
    "database": (DATABASE_URL,),
    "redis": (REDIS_URL,),
    "ai": (AI_KEY, AI_PROVIDER, AI_MODEL, AI_BASE_URL),
    "google": (),
}
"""The settings of `Meta` that say what a resource is."""


Write = Callable[..., Opened]
"""`Keeper.keep` or `Keeper.bind`: keeper, kind, value, report, now, and changes to be written with it."""


def override(opened: Opened, kind: Kind) -> object | None:
    """What stands in the open in `Meta`."""
    if kind == "ai":
        return ai_override(opened.says)
    text = opened.says.settings.get(CELLS[kind][0]) if CELLS[kind] else None
    return Url(text) if text else None


class Keeper:
    """Writes entries and yeses for one tenant into their opened map."""

    def __init__(self, stores: Stores, lease: Lease, opened: Opened) -> None:
        self._stores = stores
        self._tenant_id, self._sub = opened.tenant_id, lease.sub
        self._opened = opened

    def keep(self, kind: Kind, value: object, report: Report, now: datetime, *also: Change) -> Opened:
        """Seals a value that was checked into the vault, and notes the owner's yes. What `Meta` said of it is emptied,
        as that would come first."""
        entry = self._entry(kind, value, now)
        cleared = [ClearSetting(key) for key in CELLS[kind] if key in self._opened.says.settings]
        return self._apply([entry, *cleared, self._yes(kind, value, report, now), *self._owner(), *also])

    def bind(self, kind: Kind, value: object, report: Report, now: datetime, *also: Change) -> Opened:
        """Notes the owner's yes to what stands in `Meta`."""
        return self._apply([self._yes(kind, value, report, now), *self._owner(), *also])

    def note_head(self, count: int, head_hash: bytes, now: datetime) -> Opened:
        """Notes where a log ends that was verified just now."""
        head = msgspec.json.encode({"count": count, "hash": head_hash.hex()})
        sealed = self._stores.vault.encrypt_secret(self._tenant_id, HEAD, head)
        return self._apply([PutEntry(HEAD, sealed, f"{count:,} events verified", now.isoformat(timespec="seconds"))])

    def reseal(self) -> Opened:
        """Seals anew, under the newest master key, what lies under an older one. Writes nothing where nothing does."""
        entries = self._opened.content.vault
        stale = [
            name for name in SEALED if name in entries and self._stores.vault.needs_resealing(entries[name].sealed)
        ]
        changes = [change for name in stale if (change := self._anew(name, entries[name]))]
        if self._opened.says.bindings.counter:
            changes += self._owner()
        return self._apply(changes) if changes else self._opened

    def leaving(self, left: Hidden) -> PutEntry:
        """The entry that says which database a log leaves, to be written with the one that it goes to."""
        sealed = self._stores.vault.encrypt_secret(self._tenant_id, LEFT, msgspec.json.encode(left))
        return PutEntry(LEFT, sealed, "where your log was before; it is only read now")

    def leave(self, left: Hidden) -> Opened:
        """Notes how far a move has come."""
        return self._apply([self.leaving(left)])

    def stayed(self) -> Opened:
        """Forgets the database that was left."""
        return self._apply([PutEntry(LEFT, "")])

    def begin_anew(self) -> Opened:
        """Forgets what was said of a log that was erased since."""
        return self._apply([PutEntry(HEAD, ""), PutEntry(LEFT, "")])

    def share(self, email: str, now: datetime) -> Opened:
        """Notes that the owner has shared the Sheet with the platform's account."""
        made = self._opened.says.bindings.having(bindings.SHARED, _shared(email, now))
        return self._apply([self._sealed(made), *self._owner()])

    def unshare(self) -> Opened:
        """Notes that they have taken it back."""
        return self._apply([self._sealed(self._opened.says.bindings.without(bindings.SHARED))])

    def put_back(self, lease: Lease, now: datetime) -> Opened:
        """Writes what the person uses now, as their lease knows it, over a vault that is older than that, or empty."""
        changes: list[Change] = []
        bound: dict[str, Bound] = {}
        before = resolved_before(lease)
        for kind in KINDS:
            resource = before.of(kind)
            if resource.source == "vault":
                changes.append(self._entry(kind, resource.value, resource.checked_at or now))
            elif resource.source != "lost" and kind in self._opened.content.vault:
                changes.append(PutEntry(kind, ""))
            if resource.source in ("meta", "vault"):
                bound[kind] = self._bound(kind, resource.value, resource.checked_at or now, resource.milliseconds)
        if lease.shared:
            bound[bindings.SHARED] = _shared(self._stores.lanes.platform_email, now)
        return self._apply([*changes, self._sealed(Bindings(lease.yeses + 1, bound)), *self._owner()])

    def drop(self, kind: Kind) -> Opened:
        """Takes an entry and the yes to it out."""
        return self._apply([PutEntry(kind, ""), self._sealed(self._opened.says.bindings.without(kind))])

    def _entry(self, kind: Kind, value: object, checked_at: datetime) -> PutEntry:
        sealed = self._stores.vault.encrypt_secret(self._tenant_id, kind, msgspec.json.encode(value))
        return PutEntry(kind, sealed, self._hint(kind, value), checked_at.isoformat(timespec="seconds"))

    def _yes(self, kind: Kind, value: object, report: Report, now: datetime) -> PutEntry:
        bound = self._bound(kind, value, now, report.lines[-1].milliseconds)
        return self._sealed(self._opened.says.bindings.having(kind, bound))

    def _bound(self, kind: Kind, value: object, checked_at: datetime, milliseconds: float) -> Bound:
        targets = self._stores.targets
        host, port, name = targets.where(kind, value)
        return Bound(host, port, name, targets.fingerprint(kind, value) or "", checked_at, milliseconds)

    def _sealed(self, made: Bindings) -> PutEntry:
        cell = bindings.seal(self._stores.vault, self._tenant_id, made)
        return PutEntry(bindings.FIELD, cell, f"{len(made.bound)} confirmed by you in the sidebar")

    def _owner(self) -> tuple[PutEntry, ...]:
        """Whose the entries are, where that is not written down yet, or lies under an older master key."""
        vault, content = self._stores.vault, self._opened.content
        known = owner_of(vault, self._sub, content) == self._tenant_id
        if known and not vault.needs_resealing(content.vault[OWNER].sealed):
            return ()
        sealed = vault.encrypt_secret(self._sub, OWNER, self._tenant_id.encode())
        return (PutEntry(OWNER, sealed, "finds the others again if your address changes"),)

    def _hint(self, kind: Kind, value: object) -> str:
        host, port, name = self._stores.targets.where(kind, value)
        return f"{host}:{port}/{name}" if port else host or name

    def _anew(self, name: str, entry: Entry) -> PutEntry | None:
        vault = self._stores.vault
        try:
            plain = vault.decrypt_secret(self._tenant_id, name, entry.sealed)
        except SealBroken:
            return None  # it is told as such; what can't be read can't be sealed either
        return PutEntry(name, vault.encrypt_secret(self._tenant_id, name, plain), entry.hint, entry.checked)

    def _apply(self, changes: Sequence[Change]) -> Opened:
        content = apply(self._opened.spreadsheet, self._opened.content, changes)
        return Opened(
            self._tenant_id,
            self._opened.spreadsheet,
            content,
            says(self._stores.vault, self._tenant_id, content, is_theirs=True),
        )


def _shared(email: str, now: datetime) -> Bound:
    """The owner's yes to sharing the Sheet with the platform's account."""
    return Bound("", 0, email, "", now, 0.0)
