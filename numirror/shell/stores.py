"""What the shell keeps for as long as the process lives: connections, keys, and who uses them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import redis
import structlog
from redis.backoff import NoBackoff
from redis.exceptions import RedisClusterException
from redis.retry import Retry

from numirror.kernel.errors import NuMirrorError
from numirror.settings import Settings, is_cluster
from numirror.shell.log import Connections, EventLog, Target, Tenant
from numirror.shell.mirrors import redis as read_models
from numirror.shell.mirrors.postgres import Projections
from numirror.shell.mirrors.redis import ReadModel
from numirror.shell.queue import ASK, DRAW, FOLLOW, Queue, job_key
from numirror.shell.quota import SheetsQuota
from numirror.shell.resources import leases
from numirror.shell.resources.guard.guard import Guard
from numirror.shell.resources.key_sources import read_keyring
from numirror.shell.resources.leases import LEASE_SECONDS, Lease, Leases
from numirror.shell.resources.own_redis import OwnRedis
from numirror.shell.resources.purposes import key_for
from numirror.shell.resources.resolution import AiConfig
from numirror.shell.resources.tenant import TenantHash
from numirror.shell.resources.vault import Vault
from numirror.shell.targets import Targets

if TYPE_CHECKING:
    from numirror.shell.lanes import Lanes

log = structlog.get_logger()


class NoDatabase(NuMirrorError):
    """There is no database for you yet. Bring your own: a PostgreSQL that only you can reach into."""


class DatabaseLost(NoDatabase):
    """The address of your database can't be read in your Vault tab any more. Open the sidebar, and enter it again."""


_REDIS_SECONDS = 2.0
"""A card waits no longer for Redis than this."""


class Stores:
    """One per process. `platform` is the operator's Redis, for leases and the queue."""

    def __init__(self, settings: Settings) -> None:
        keyring = read_keyring(
            settings.master_key, production=settings.production, secret_manager_url=settings.secret_manager_url
        )
        self.settings = settings
        self.vault = Vault(keyring)
        self.tenant_hash = TenantHash(keyring)
        self.leases = Leases(self.vault)
        self.platform = _redis(settings.redis_url)
        self.sheets_quota = SheetsQuota(self.platform)
        self.queue, self.asks, self.draws = (
            Queue(self.platform, job_key(keyring), kind) for kind in (FOLLOW, ASK, DRAW)
        )
        self.targets = Targets(Guard(settings.local_pairs), settings.ai_base_urls)
        connections = Connections(total=settings.connections, admit=self.targets.guard.admit_target)
        self.log = EventLog(connections)
        self.projections = Projections(connections)
        self._keyring = keyring
        self._trial = Target.parse(settings.database_url) if settings.database_url else None
        self._own_database = lru_cache(maxsize=4096)(self.targets.database)
        self._own_redis = OwnRedis(self.targets.redis)

    @property
    def is_one_redis(self) -> bool:
        """Whether the operator's read models lie beside the leases."""
        return self.settings.read_model_url is None

    @cached_property
    def models(self) -> redis.Redis:
        """The operator's Redis for read models. A cluster is asked for its nodes now, and raises if it is away."""
        url = self.settings.read_model_url
        return self.platform if url is None else _cluster(url) if is_cluster(url) else _redis(url)

    @cached_property
    def lanes(self) -> "Lanes":
        """The ways of workers into Sheets; a card needs none."""
        from numirror.shell.lanes import Lanes

        return Lanes(self.settings.google_token_url, self.settings.platform_account or "")

    def key_for(self, purpose: str) -> bytes:
        """A key of 32 bytes, the same in every process."""
        return key_for(purpose, self._keyring)

    def tenant(self, lease: Lease) -> Tenant:
        """Whose log it is, and where it lies. Raises `NoDatabase`, `DatabaseLost`, `TargetRefused`."""
        if lease.storage.source == "lost":
            raise DatabaseLost
        own = lease.storage.value
        target = self._own_database(own, lease.tenant_id) if own else self._trial
        if target is None:
            raise NoDatabase
        return Tenant(lease.tenant_id, target)

    @property
    def trial_ai(self) -> AiConfig | None:
        """The account that the operator lends to those who have none."""
        settings = self.settings
        if settings.trial_ai_key is None:
            return None
        return AiConfig(settings.trial_ai_provider, settings.trial_ai_key, settings.trial_ai_model)

    def ai(self, lease: Lease) -> AiConfig | None:
        """The account that a tenant's stories are told with."""
        return self.trial_ai if lease.ai.source == "trial" else lease.ai.value

    @contextmanager
    def models_of(self, lease: Lease) -> Iterator[redis.Redis]:
        """The Redis that holds the tenant's read models: their own, or the operator's.

        Raises redis-py's errors, and `NuMirrorError` where an own one may not be dialled or rests.
        """
        own = lease.read_model.value
        if own is None:
            try:
                yield self.models
            except RedisClusterException:  # no RedisError, though a cluster that is away is nothing else
                raise redis.ConnectionError from None
        else:
            with self._own_redis.use(own, lease.tenant_id) as client:
                yield client

    def keep(self, lease: Lease, streams: Mapping[str, int], models: Mapping[str, ReadModel]) -> None:
        """Saves read models. They are a shortcut: where they can't be saved, the next visit folds for itself.

        Of who was forgotten meanwhile nothing stays; beside the lease it is not even written.
        """
        mine = self.tenant_hash(lease.tenant_id)
        keys = read_models.keys(mine, {stream: streams[stream] for stream in models})
        try:
            with self.models_of(lease) as store, store.pipeline(transaction=False) as pipe:
                together = store is self.platform
                beside = leases.key(mine) if together else ""
                read_models.save(pipe, dict(zip(keys, models.values(), strict=True)), beside=beside)
                pipe.execute()
                if not together and not self.platform.exists(leases.key(mine)):
                    store.delete(*keys)
        except (redis.RedisError, NuMirrorError) as error:
            log.warning("read models not saved", error=type(error).__name__)

    def flush_wait(self, tenant_hash: str) -> float:
        """Takes the right to flush the tenant's Sheet now: 0, or the seconds until it can be had."""
        milliseconds = round(self.settings.sheet_flush_seconds * 1000)
        key = f"nu:{{{tenant_hash}}}:flushed"
        if not milliseconds or self.platform.set(key, b"", nx=True, px=milliseconds):
            return 0.0
        return max(float(self.platform.pttl(key)), 1.0) / 1000

    def note_lane(self, tenant_hash: str, *, is_closed: bool) -> None:
        """Remembers for the next visit whether the tenant's own service account is shut out of their Sheet."""
        if is_closed:
            self.platform.set(lane_key(tenant_hash), b"closed", ex=LEASE_SECONDS)
        else:
            self.platform.delete(lane_key(tenant_hash))

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


def lane_key(tenant_hash: str) -> str:
    """What is there while the tenant's own service account is shut out of their Sheet."""
    return f"nu:{{{tenant_hash}}}:lane"


def _redis(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, **_options())


def _cluster(url: str) -> Any:
    """A tenant's keys lie on one node, so all that is asked for at once is."""
    return redis.RedisCluster.from_url(url.replace("+cluster", "", 1), **_options())


def _options() -> dict[str, Any]:
    # One retry, at once: for a connection that was closed while it lay idle.
    retry = Retry(NoBackoff(), 1)
    return {"socket_timeout": _REDIS_SECONDS, "socket_connect_timeout": _REDIS_SECONDS, "retry": retry}
