"""Read models in Redis: the folded state of each stream, beside the log position it stands for.

They may vanish at any moment; then the next reader folds from the log and nothing is lost but a little time.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec
import redis

SECONDS_KEPT = 30 * 24 * 3600
"""Unvisited read models go after this; so memory is bounded by the people of one month."""

_LOG_ID = 32
_POSITION = 16

# Refuses to go back within one log. Another log (moved, restored) always replaces what was there.
_SAVE = f"""
if KEYS[2] and redis.call('EXISTS', KEYS[2]) == 0 then return 0 end
local held = redis.call('GETRANGE', KEYS[1], 0, {_LOG_ID + _POSITION - 1})
local head = string.sub(ARGV[1], 1, {_LOG_ID + _POSITION})
if string.sub(held, 1, {_LOG_ID}) == string.sub(head, 1, {_LOG_ID}) and held > head then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
return 1
"""


class ReadModel(msgspec.Struct, frozen=True):
    """A state as JSON, folded up to `position` of the log `log_id`."""

    log_id: UUID
    position: int
    state: bytes

    def pack(self) -> bytes:
        """Fixed-width head, so that the script can compare positions without parsing."""
        return f"{self.log_id.hex}{self.position:0{_POSITION}d}".encode() + self.state

    @classmethod
    def unpack(cls, packed: bytes | None) -> "ReadModel | None":
        """The read model, or None where there is none or it can't be read."""
        try:
            head = (packed or b"")[: _LOG_ID + _POSITION].decode("ascii")
            return cls(UUID(head[:_LOG_ID]), int(head[_LOG_ID:]), (packed or b"")[_LOG_ID + _POSITION :])
        except ValueError:
            return None


def keys(tenant_hash: str, streams: Mapping[str, int]) -> list[str]:
    """The keys of a tenant's read models; `streams` maps each stream to the version of its state's shape.

    One hash tag per tenant keeps them on one node of a Redis Cluster.
    """
    return [f"nu:{{{tenant_hash}}}:{stream}:v{version}" for stream, version in streams.items()]


def load(client: redis.Redis, wanted: Sequence[str]) -> Sequence[bytes | None]:
    """What lies under these keys, packed. Raises redis-py's errors: a server may answer with anything."""
    found: Any = client.mget(wanted)
    if not isinstance(found, list) or len(found) != len(wanted):
        raise redis.InvalidResponse
    if not all(one is None or isinstance(one, bytes) for one in found):
        raise redis.InvalidResponse
    return found


def save(client: Any, models: Mapping[str, ReadModel], *, beside: str = "") -> None:
    """Writes read models under their keys. `client` may be a pipeline: one call of the script per model.

    With `beside`, a key of the same tenant, nothing is written once that one is gone.
    """
    for key, model in models.items():
        names = (key, beside) if beside else (key,)
        # By its name, as redis-py's pipeline of a cluster refuses the method.
        client.execute_command("EVAL", _SAVE, len(names), *names, model.pack(), SECONDS_KEPT)
