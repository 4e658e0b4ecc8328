"""The pictures of the last minutes, and those that are wished for, in the operator's Redis. All of it may vanish."""

from typing import Any

import msgspec
import structlog

from numirror.shell.media.links import Address
from numirror.shell.media.sealing import Sealing
from numirror.shell.stores import Stores

MOST_BYTES = 2 * 1024 * 1024
"""Of one picture or file."""

MOST_WISHES = 20
"""Of one tenant at a time; a card shows a handful."""

_KEPT = 600
_MISSED = 60
"""Seconds for which it is remembered that there is no such picture."""

_SHORTEST, _LONGEST = 0.01, 1.0
_RINGS = 8
_BELL_KEPT = 10

_decoder = msgspec.json.Decoder(Address)

log = structlog.get_logger()


class Pictures:
    """Bytes lie beside the read models, which may be lost; wishes beside the queue that works them off."""

    def __init__(self, stores: Stores) -> None:
        self._queue = stores.draws
        self._platform: Any = stores.platform
        self._stores = stores
        self._sealing = Sealing(stores.key_for("pictures"))

    def find(self, address: Address) -> bytes | None:
        """The picture; b"" where there is none to be drawn, None where nobody has drawn it yet."""
        sealed: Any = self._stores.models.get(_key(address, "picture"))
        return None if sealed is None else self._sealing.open(address.tenant_hash, address.digest, sealed)

    def wish(self, address: Address) -> bool:
        """Notes that a picture is wanted, and wakes a worker. False where too many are."""
        wishes = _wishes(address.tenant_hash)
        if self._platform.hlen(wishes) >= MOST_WISHES and not self._platform.hexists(wishes, address.digest):
            return False
        sealed = self._sealing.seal(address.tenant_hash, "wish", msgspec.json.encode(address))
        with self._platform.pipeline(transaction=False) as pipe:
            pipe.hset(wishes, address.digest, sealed)
            pipe.expire(wishes, _KEPT)
            self._queue.wake(pipe, address.tenant_hash)
            pipe.execute()
        return True

    def listen(self, address: Address, seconds: float) -> None:
        """Waits until the picture is saved, at most `seconds`, and not long enough for the client's own time-out."""
        self._platform.blpop([_key(address, "drawn")], max(_SHORTEST, min(seconds, _LONGEST)))

    def wishes(self, tenant_hash: str) -> list[Address]:
        """What is wanted."""
        opened = (self._sealing.open(tenant_hash, "wish", one) for one in self._platform.hvals(_wishes(tenant_hash)))
        return [_decoder.decode(plain) for plain in opened if plain is not None]

    def begin(self, address: Address) -> int:
        """Counts the tries of a wish: 1, 2, 3 …"""
        with self._platform.pipeline(transaction=False) as pipe:
            pipe.incr(_key(address, "try"))
            pipe.expire(_key(address, "try"), _MISSED)
            return int(pipe.execute()[0])

    def save(self, address: Address, content: bytes) -> None:
        """Keeps a picture, or with b"" that there is none, and tells those who wait."""
        if len(content) > MOST_BYTES:
            log.warning("picture too large", domain=address.domain, name=address.name, bytes=len(content))
            content = b""
        sealed = self._sealing.seal(address.tenant_hash, address.digest, content)
        self._stores.models.set(_key(address, "picture"), sealed, ex=_KEPT if content else _MISSED)
        with self._platform.pipeline(transaction=False) as pipe:
            pipe.hdel(_wishes(address.tenant_hash), address.digest)
            pipe.delete(_key(address, "try"))
            pipe.rpush(_key(address, "drawn"), *[b"1"] * _RINGS)
            pipe.expire(_key(address, "drawn"), _BELL_KEPT)
            pipe.execute()


def _key(address: Address, what: str) -> str:
    return f"nu:{{{address.tenant_hash}}}:{what}:{address.digest}"


def _wishes(tenant_hash: str) -> str:
    return f"nu:{{{tenant_hash}}}:pictures"
