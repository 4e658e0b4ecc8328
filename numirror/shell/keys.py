"""What `numirror keys …` does with the leases in the platform's Redis: counts them by key, seals them anew.

Both walk with SCAN, a page at a time, so Redis serves everybody else meanwhile.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import msgspec
import redis

from numirror.kernel.errors import Away
from numirror.settings import SettingsWrong
from numirror.shell.resources import leases
from numirror.shell.resources.vault import SealBroken, Vault, key_id

PAGE = 500
"""About how many leases are read, and written, in one call."""

_SECONDS = 10.0
_FIELD = "lease"  # the name under which `Leases` seals
_KEY = re.compile(re.escape(leases.key("HASH")).replace("HASH", "([0-9a-f]{16,64})"))

_REPLACE = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL')
return 1
"""
"""Only what was read is replaced: a visit may have renewed, or ended, the lease since."""


class LeasesAway(Away):
    """REDIS_URL: the platform's Redis does not answer. Run the command again when it does; what was done is kept."""


class Standing(msgspec.Struct, frozen=True):
    """How the leases are sealed: how many there are, by the kid they name, and how many can't be opened."""

    total: int
    under: Mapping[str, int]
    broken: int


class Resealed(msgspec.Struct, frozen=True):
    """What became of the leases.

    `sealed` are under the newest key now (in a dry run: would be), `newest` were before; `renewed` were replaced by a
    visit in between and left alone; `broken` can't be opened and were left alone.
    """

    sealed: int
    newest: int
    renewed: int
    broken: int


class _Found(msgspec.Struct, frozen=True):
    """A lease as it lies in Redis. `old` and `text` are the same, as bytes and as text."""

    name: str
    old: bytes
    text: str


def platform(url: str) -> redis.Redis:
    """The platform's Redis, for a command that may wait. Raises `SettingsWrong`, without any part of `url`."""
    try:
        return redis.Redis.from_url(url, socket_timeout=_SECONDS, socket_connect_timeout=_SECONDS)
    except ValueError:
        pass  # its text may quote what stands where the port should
    raise SettingsWrong("REDIS_URL is no address of a Redis, such as rediss://user:password@host:6379.")


@contextmanager
def _reaching() -> Iterator[None]:
    try:
        yield
    except redis.RedisError:
        raise LeasesAway from None


@_reaching()
def standing(connection: redis.Redis, vault: Vault) -> Standing:
    """How all leases are sealed just now. Raises `LeasesAway`."""
    under: Counter[str] = Counter()
    total = broken = 0
    for found in _pages(connection):
        total += len(found)
        under.update(kid for lease in found if (kid := key_id(lease.text)) is not None)
        broken += sum(_opened(vault, lease) is None for lease in found)
    return Standing(total, under, broken)


@_reaching()
def reseal(
    connection: redis.Redis, vault: Vault, *, dry_run: bool, progress: Callable[[int], object] = lambda _: None
) -> Resealed:
    """Seals every lease under the newest key, with the time limit it has. Raises `LeasesAway`.

    `progress` hears how many more were looked at. May be stopped at any moment and begun again. With `dry_run` nothing
    is written.
    """
    done: Counter[str] = Counter()
    for found in _pages(connection):
        old = [lease for lease in found if key_id(lease.text) != vault.keyring.newest]
        opened = [(lease, plain) for lease in old if (plain := _opened(vault, lease)) is not None]
        sealed = len(opened) if dry_run else _replace(connection, vault, opened)
        done.update(sealed=sealed, newest=len(found) - len(old))
        done.update(renewed=len(opened) - sealed, broken=len(old) - len(opened))
        progress(len(found))
    return Resealed(**{name: done[name] for name in Resealed.__struct_fields__})


def _pages(connection: Any) -> Iterator[list[_Found]]:
    """Every lease that lies there from the first page to the last, once; one made meanwhile may be missed."""
    cursor, seen = 0, set[str]()
    while True:
        cursor, keys = connection.scan(cursor, match=leases.key("*"), count=PAGE)
        names = {match[1] for key in keys if (match := _KEY.fullmatch(key.decode("ascii", "replace")))} - seen
        seen |= names  # SCAN may give a key twice
        if names:
            yield _read(connection, sorted(names))
        if not cursor:
            return


def _read(connection: Any, names: list[str]) -> list[_Found]:
    values = connection.mget([leases.key(name) for name in names])
    both = zip(names, values, strict=True)
    return [_Found(name, value, value.decode("ascii", "replace")) for name, value in both if value is not None]


def _opened(vault: Vault, lease: _Found) -> bytes | None:
    try:
        return vault.decrypt_secret(lease.name, _FIELD, lease.text)
    except SealBroken:
        return None


def _replace(connection: Any, vault: Vault, opened: list[tuple[_Found, bytes]]) -> int:
    """How many of them were still what was read, and are sealed anew."""
    with connection.pipeline(transaction=False) as pipe:
        for lease, plain in opened:
            fresh = vault.encrypt_secret(lease.name, _FIELD, plain)
            pipe.eval(_REPLACE, 1, leases.key(lease.name), lease.old, fresh)
        return sum(pipe.execute())
