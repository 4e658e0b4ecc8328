"""Mailboxes: a Redis stream for each tenant, in which anyone's worker may lay a sealed letter.

A seal binds the reader and the writer, by the hashes that tenants are known by: a letter opens in no other mailbox and
under no other sender's name. Only the platform's key is needed, so nobody's worker holds two people's secrets.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import redis
import structlog

from numirror.kernel.letter import Letter, Receipt
from numirror.shell.queue import Queue
from numirror.shell.resources.tenant import TenantHash
from numirror.shell.resources.vault import SealBroken, Vault

CAPACITY = 1_000
KEPT_SECONDS = 30 * 24 * 3600

_SENDER, _SEALED = b"f", b"s"

log = structlog.get_logger()


class _Mailed(msgspec.Struct, frozen=True, array_like=True):
    sender: str
    stream: str
    enclosed: Letter | Receipt


@dataclass(frozen=True, slots=True)
class Opened:
    """A letter or a receipt of the domain `stream`. `entry` is its place in the mailbox; `sender` is proved."""

    entry: bytes
    sender: str
    stream: str
    enclosed: Letter | Receipt


@dataclass(frozen=True, slots=True)
class Taken:
    """What was found in a mailbox: every entry, and those that could be opened."""

    entries: tuple[bytes, ...]
    opened: tuple[Opened, ...]


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(_Mailed).decode


def key(tenant_hash: str) -> str:
    """Where a mailbox lies in the platform's Redis. The braces keep a tenant's keys in one slot."""
    return f"nu:{{{tenant_hash}}}:mailbox"


class Mailboxes:
    """Lays letters into mailboxes and takes them out. `clock` gives seconds since 1970."""

    def __init__(
        self,
        platform: redis.Redis,
        queue: Queue,
        vault: Vault,
        tenant_hash: TenantHash,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._redis: Any = platform
        self._queue = queue
        self._vault = vault
        self._tenant_hash = tenant_hash
        self._clock = clock

    def put(self, sender: str, reader: str, stream: str, enclosed: Sequence[Letter | Receipt]) -> None:
        """Lays letters into the mailbox of `reader`, an address, and wakes their worker. One call.

        Whether anybody ever looks there is not known: an address that uses NuMirror looks like one that does not.
        """
        mine, theirs = self._tenant_hash(sender), self._tenant_hash(reader)
        with self._redis.pipeline(transaction=False) as pipe:
            for one in enclosed:
                plain = _encode(_Mailed(sender, stream, one))
                sealed = self._vault.encrypt_secret(theirs, _field(mine), plain)
                pipe.xadd(key(theirs), {_SENDER: mine, _SEALED: sealed}, maxlen=CAPACITY, approximate=False)
            pipe.xtrim(key(theirs), minid=int((self._clock() - KEPT_SECONDS) * 1000), approximate=False)
            pipe.expire(key(theirs), KEPT_SECONDS)
            self._queue.wake(pipe, theirs)
            pipe.execute()

    def is_empty(self, tenant_hash: str) -> bool:
        return not self._redis.xlen(key(tenant_hash))

    def take(self, tenant_hash: str, limit: int) -> Taken:
        """The oldest entries, at most `limit`; they stay until `clear`. What can't be opened is counted, no more."""
        found = self._redis.xrange(key(tenant_hash), count=limit)
        opened = tuple(one for entry, fields in found if (one := self._opened(tenant_hash, entry, fields)))
        if len(opened) < len(found):
            log.warning("letters dropped", count=len(found) - len(opened))
        return Taken(tuple(entry for entry, _ in found), opened)

    def clear(self, tenant_hash: str, entries: Sequence[bytes]) -> None:
        """Removes entries that have been dealt with."""
        if entries:
            self._redis.xdel(key(tenant_hash), *entries)

    def _opened(self, reader: str, entry: bytes, fields: dict[bytes, bytes]) -> Opened | None:
        try:
            sender, sealed = fields[_SENDER].decode("ascii"), fields[_SEALED].decode("ascii")
            mailed = _decode(self._vault.decrypt_secret(reader, _field(sender), sealed))
        except (KeyError, UnicodeDecodeError, SealBroken, msgspec.DecodeError):
            return None
        if self._tenant_hash(mailed.sender) != sender:
            return None
        return Opened(entry, mailed.sender, mailed.stream, mailed.enclosed)


def _field(sender_hash: str) -> str:
    return f"letter from {sender_hash}"
