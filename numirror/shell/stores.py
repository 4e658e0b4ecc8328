"""What the shell keeps for as long as the process lives: connections, keys, and who uses them."""

from collections.abc import Mapping
from typing import Any

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from numirror.settings import Settings
from numirror.shell.log import Connections, EventLog, Target, Tenant
from numirror.shell.mirrors import redis as read_models
from numirror.shell.mirrors.postgres import Projections
from numirror.shell.mirrors.redis import ReadModel
from numirror.shell.queue import Queue, job_key
from numirror.shell.resources import leases
from numirror.shell.resources.keyring import Keyring
from numirror.shell.resources.leases import LEASE_SECONDS, Lease, Leases
from numirror.shell.resources.purposes import key_for
from numirror.shell.resources.resolution import resolve_storage_url
from numirror.shell.resources.tenant import TenantHash
from numirror.shell.resources.vault import Vault

_REDIS_SECONDS = 2.0
"""A card waits no longer for Redis than this."""


class Stores:
    """One per process. `platform` is the operator's Redis, for leases and the queue; `models` the one for read models,
    which may be the same."""

    def __init__(self, settings: Settings) -> None:
        keyring = Keyring.parse(settings.master_key, production=settings.production)
        self.settings = settings
        self.tenant_hash = TenantHash(keyring)
        self.leases = Leases(Vault(keyring))
        self.platform = _redis(settings.redis_url)
        self.models = _redis(settings.read_model_url) if settings.read_model_url else self.platform
        self.queue = Queue(self.platform, job_key(keyring))
        connections = Connections(total=settings.connections)
        self.log = EventLog(connections)
        self.projections = Projections(connections)
        self._keyring = keyring
        self._trial = Target.parse(settings.database_url)

    def key_for(self, purpose: str) -> bytes:
        """A key of 32 bytes, the same in every process."""
        return key_for(purpose, self._keyring)

    def tenant(self, lease: Lease) -> Tenant:
        """Whose log it is, and where it lies."""
        resource = resolve_storage_url(lease.storage_url, self.settings.database_url)
        target = self._trial if resource.source == "trial" else Target.parse(resource.url)
        return Tenant(lease.tenant_id, target)

    def keep(self, tenant_hash: str, streams: Mapping[str, int], models: Mapping[str, ReadModel]) -> None:
        """Saves read models. They are a shortcut: without them the next visit folds for itself."""
        keys = read_models.keys(tenant_hash, {stream: streams[stream] for stream in models})
        with self.models.pipeline(transaction=False) as pipe:
            read_models.save(pipe, dict(zip(keys, models.values(), strict=True)))
            pipe.execute()

    def flush_wait(self, tenant_hash: str) -> float:
        """Takes the right to flush the tenant's Sheet now: 0, or the seconds until it can be had."""
        milliseconds = round(self.settings.sheet_flush_seconds * 1000)
        key = f"nu:{{{tenant_hash}}}:flushed"
        if not milliseconds or self.platform.set(key, b"", nx=True, px=milliseconds):
            return 0.0
        return max(float(self.platform.pttl(key)), 1.0) / 1000

    def lease(self, tenant_hash: str) -> Lease | None:
        """The lease that the last visit left."""
        sealed: Any = self.platform.get(leases.key(tenant_hash))
        return self.leases.open(tenant_hash, sealed)

    def take_back_lease(self, tenant_hash: str) -> None:
        """Ends a lease whose Sheet can't be used any more."""
        self.platform.delete(leases.key(tenant_hash))

    def lend(self, lease: Lease, *tenant_hashes: str) -> None:
        """Leaves a lease for the workers, under every name that the tenant goes by."""
        with self.platform.pipeline(transaction=False) as pipe:
            for name in dict.fromkeys(tenant_hashes):
                pipe.set(leases.key(name), self.leases.seal(name, lease), ex=LEASE_SECONDS)
            pipe.execute()


def _redis(url: str) -> redis.Redis:
    # One retry, at once: for a connection that was closed while it lay idle.
    return redis.Redis.from_url(
        url, socket_timeout=_REDIS_SECONDS, socket_connect_timeout=_REDIS_SECONDS, retry=Retry(NoBackoff(), 1)
    )
