"""How often a request was tried, in the platform's Redis. A flush forgets it; the cap of the day does not."""

from dataclasses import dataclass
from typing import Any

import redis

_KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Try:
    """`count` tries were begun; the next may not before `until` (seconds since 1970)."""

    count: int = 0
    until: float = 0.0


class Tries:
    """Of every request of a tenant, by a name that the caller gives it."""

    def __init__(self, platform: redis.Redis) -> None:
        self._redis: Any = platform

    def all(self, tenant_hash: str) -> dict[str, Try]:
        """What is known of each request."""
        return {name.decode(): _read(value) for name, value in self._redis.hgetall(_key(tenant_hash)).items()}

    def note(self, tenant_hash: str, name: str, one: Try) -> None:
        """From now on this is so."""
        with self._redis.pipeline(transaction=False) as pipe:
            pipe.hset(_key(tenant_hash), name, f"{one.count} {one.until:.3f}")
            pipe.expire(_key(tenant_hash), _KEPT_SECONDS)
            pipe.execute()

    def forget(self, tenant_hash: str, name: str) -> None:
        """The request was answered."""
        self._redis.hdel(_key(tenant_hash), name)


def _key(tenant_hash: str) -> str:
    return f"nu:{{{tenant_hash}}}:tries"


def _read(value: bytes) -> Try:
    count, _, until = value.decode().partition(" ")
    return Try(int(count), float(until))
