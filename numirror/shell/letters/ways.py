"""How far the correspondence with each person has come: beside the log, in Redis, and soon known again if lost."""

from collections.abc import Mapping
from typing import Any

import msgspec
import redis

from numirror.shell.letters.pace import Pace

KEPT_SECONDS = 40 * 24 * 3600
"""Longer than a lease: then no worker writes any more."""


class Way(msgspec.Struct, frozen=True, array_like=True):
    """To one person: the number of the last letter `sent`, that of the one `before` it, and the position up to which
    the log was `scanned` for more.

    `out` letters are on their way. At `retry_at` (seconds since 1970; 0 for never) the last one is sent again, which
    was done `tries` times in vain: if the others are lost, it shows the reader a gap.
    """

    sent: int = 0
    before: int = 0
    scanned: int = 0
    out: int = 0
    tries: int = 0
    retry_at: float = 0.0

    def acknowledged(self, number: int) -> "Way":
        """With what is acknowledged by now."""
        return Way(number, number, max(number, self.scanned)) if number >= self.sent else self

    def again_after(self, number: int) -> "Way":
        """Back to the last letter that the reader has, if they miss any."""
        return Way(number, number, number) if number < self.sent else self

    def with_letter(self, number: int, now: float, pace: Pace) -> "Way":
        """One more letter is on its way."""
        return Way(number, self.sent, number, self.out + 1, self.tries, self.retry_at or now + pace.rest(self.tries))

    def retried(self, now: float, pace: Pace) -> "Way":
        """The last letter was sent once more."""
        tries = self.tries + 1
        return msgspec.structs.replace(self, tries=tries, retry_at=now + pace.rest(tries))


class Done(msgspec.Struct, frozen=True, array_like=True):
    """The end of a pass: up to `position` of the log `line`, with these serials of the streams, all was sent.

    There is something to do again at `again_at` (0 for never); at `said_at` everyone was told what we have of theirs.
    """

    line: str = ""
    position: int = 0
    serials: dict[str, int] = {}
    again_at: float = 0.0
    said_at: float = 0.0


_ways = msgspec.json.Decoder(Way).decode
_done = msgspec.json.Decoder(Done).decode


def done_key(tenant_hash: str) -> str:
    """Where the end of a tenant's last pass is noted. The braces keep a tenant's keys in one slot."""
    return f"nu:{{{tenant_hash}}}:letters"


def ways_key(tenant_hash: str, line: str) -> str:
    """A hash: by domain and hash of the person, a `Way`. Who begins a new log begins with everyone anew."""
    return f"nu:{{{tenant_hash}}}:ways:{line}"


class Ways:
    """The ways of all tenants."""

    def __init__(self, platform: redis.Redis) -> None:
        self._redis: Any = platform

    def done(self, tenant_hash: str) -> Done:
        """The end of the last pass, or a beginning."""
        return _known(_done, self._redis.get(done_key(tenant_hash))) or Done()

    def finish(self, tenant_hash: str, done: Done) -> None:
        """Notes the end of a pass."""
        self._redis.set(done_key(tenant_hash), msgspec.json.encode(done), ex=KEPT_SECONDS)

    def load(self, tenant_hash: str, line: str, stream: str) -> dict[str, Way]:
        """By the hash of the person."""
        prefix = f"{stream}:".encode()
        found = self._redis.hgetall(ways_key(tenant_hash, line))
        ways = {name: _known(_ways, way) for name, way in found.items() if name.startswith(prefix)}
        return {name.removeprefix(prefix).decode(): way for name, way in ways.items() if way is not None}

    def save(self, tenant_hash: str, line: str, stream: str, ways: Mapping[str, Way]) -> None:
        """Writes ways, by the hash of the person."""
        if not ways:
            return
        at = ways_key(tenant_hash, line)
        with self._redis.pipeline(transaction=False) as pipe:
            pipe.hset(at, mapping={f"{stream}:{one}": msgspec.json.encode(way) for one, way in ways.items()})
            pipe.expire(at, KEPT_SECONDS)
            pipe.execute()

    def may_ask(self, tenant_hash: str, person_hash: str, seconds: float) -> bool:
        """Whether a person has not been asked for missing letters for so long; if not, they count as asked now."""
        at = f"nu:{{{tenant_hash}}}:asked:{person_hash}"
        return bool(self._redis.set(at, b"", nx=True, px=max(1, round(seconds * 1000))))


def _known(decode: Any, found: bytes | None) -> Any:
    """What was found, or None where nothing is or where it is of another version."""
    try:
        return None if found is None else decode(found)
    except msgspec.DecodeError:
        return None
