"""Leases of some tenants in a real Redis, and vaults that hold some of the keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import redis

from numirror.shell.resources import leases
from numirror.shell.resources.keyring import Keyring
from numirror.shell.resources.leases import LEASE_SECONDS, Lease, Leases
from numirror.shell.resources.resolution import Resource, Url
from numirror.shell.resources.vault import Vault
from tests.resources.key_texts import K1, K2, K3

TEXTS = {"k1": K1, "k2": K2, "k3": K3}
ADDRESS = "ada@example.com"
Lend = Callable[..., None]


def vault(*kids: str) -> Vault:
    return Vault(Keyring.parse(",".join(TEXTS[kid] for kid in kids), production=True))


def name(number: int) -> str:
    return f"{number:032x}"


def lease(number: int) -> Lease:
    return Lease(
        tenant_id=ADDRESS,
        sub=str(number),
        storage=Resource(Url("postgresql://ada:hunter2@db.example.com/ada"), "vault"),
        trial_until=datetime(2027, 2, 22, tzinfo=UTC),
        spreadsheet_id="1AbC",
        google_token="ya29.secret",
        google_token_expires=datetime(2026, 11, 22, 12, tzinfo=UTC),
        zone="Europe/Berlin",
        locale="de-DE",
        schema=3,
    )


@pytest.fixture
def platform(redis_url: str) -> Iterator[redis.Redis]:
    with redis.Redis.from_url(redis_url) as connection:
        yield connection


@pytest.fixture
def lend(platform: redis.Redis) -> Lend:
    """Leaves a lease for each number, sealed by a vault with these kids."""

    def lent(numbers: range, *kids: str) -> None:
        sealing = Leases(vault(*kids))
        with platform.pipeline(transaction=False) as pipe:
            for number in numbers:
                sealed = sealing.seal(name(number), lease(number))
                pipe.set(leases.key(name(number)), sealed, ex=LEASE_SECONDS)
            pipe.execute()

    return lent


def opened(platform: redis.Redis, number: int, *kids: str) -> Lease | None:
    return Leases(vault(*kids)).open(name(number), platform.get(leases.key(name(number))))


def everything(platform: redis.Redis) -> dict[bytes, tuple[bytes | None, int]]:
    """Each key of Redis, its value as DUMP gives it, and when it ends."""
    return {key: (platform.dump(key), platform.pexpiretime(key)) for key in platform.scan_iter(count=1000)}
