"""Leases: what workers need to act for a tenant who is not there, sealed, for a limited time.

Made by the web at each visit, kept in the platform's Redis by the caller (`SET key sealed EX LEASE_SECONDS`, `MGET`);
nothing here talks to Redis. Losing one is normal: work waits for the next visit.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from numirror.shell.resources.resolution import NONE, TRIAL, AiConfig, Resource, ServiceAccount, Url
from numirror.shell.resources.secret import Hidden
from numirror.shell.resources.vault import SealBroken, Vault

LEASE_SECONDS = 30 * 24 * 3600
"""How long workers may act without a visit. The Google token inside ends after about an hour."""

TOKEN_LIVES = timedelta(minutes=55)
"""Google says no expiry with the token of a visit; it lives about an hour."""

READ_ONLY = 0
"""The schema of a lease whose database is newer than the code."""

_FIELD = "lease"


class Lease(Hidden, frozen=True, kw_only=True):
    """A tenant's resources, lent to the workers.

    Of a resource with the source `trial` there is no value: it is the operator's; it takes events until `trial_until`.
    `shared` says that the Sheet is shared with the platform's service account, `yeses` is the counter of the owner's
    bindings when this lease was made, `zone` an IANA name, `locale` as Google sends it (`de-DE`), `schema` the last
    migration known to be applied to the tenant's storage.
    """

    tenant_id: str
    sub: str
    storage: Resource[Url] = TRIAL
    read_model: Resource[Url] = TRIAL
    ai: Resource[AiConfig] = NONE
    google: Resource[ServiceAccount] = NONE
    shared: bool = False
    yeses: int = 0
    trial_until: datetime
    spreadsheet_id: str
    google_token: str
    google_token_expires: datetime
    zone: str
    locale: str
    schema: int

    @property
    def is_read_only(self) -> bool:
        """Whether the database is newer than the code that made this lease: it is read, and not written."""
        return self.schema == READ_ONLY

    @property
    def is_writable(self) -> bool:
        """Whether there is a database that workers may write."""
        return self.storage.is_there and not self.is_read_only

    @property
    def has_ai(self) -> bool:
        """Whether there is an AI account that workers may ask."""
        return self.ai.is_there


class _Lent(msgspec.Struct, frozen=True, array_like=True, tag=2):
    """A lease as it is sealed. The tag is the format's version: an unknown one counts as lost."""

    until: float
    lease: Lease


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(_Lent)


def key(tenant_hash: str) -> str:
    """Where a lease lies in the platform's Redis. The braces keep a tenant's keys in one slot."""
    return f"nu:{{{tenant_hash}}}:lease"


class Leases:
    """Seals and opens leases. `clock` gives seconds since 1970."""

    def __init__(self, vault: Vault, clock: Callable[[], float] = time.time) -> None:
        self._vault = vault
        self._clock = clock

    def seal(self, tenant_hash: str, lease: Lease) -> bytes:
        """The lease, readable by nobody without the master key, for LEASE_SECONDS from now.

        `tenant_hash` says under which name it will be looked for; a worker knows no other.
        """
        lent = _Lent(self._clock() + LEASE_SECONDS, lease)
        return self._vault.encrypt_secret(tenant_hash, _FIELD, _encoder.encode(lent)).encode("ascii")

    def open(self, tenant_hash: str, sealed: bytes | None) -> Lease | None:
        """The lease, or None when there is none, when it has ended, or when it can't be read."""
        if sealed is None:
            return None
        try:
            plain = self._vault.decrypt_secret(tenant_hash, _FIELD, sealed.decode("ascii"))
            lent = _decoder.decode(plain)
        except (SealBroken, UnicodeDecodeError, msgspec.DecodeError):
            return None
        return lent.lease if self._clock() < lent.until else None
