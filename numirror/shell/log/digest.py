"""What an event is worth as a number: the digest of one event, and the hash that chains them.

    digest = sha256(salt || L(stream) L(type) L(schema_version) L(entity_id) L(command_id) L(n)
                    L(occurred_at) L(data) L(metadata))
    hash   = sha256(previous hash || log_id || position || digest)

L(x) = length of x in 4 bytes, big-endian, then x. Texts are UTF-8; schema_version and n are 4 bytes, occurred_at is
8 bytes (microseconds since 1970 UTC), position is 8 bytes, all big-endian and signed; ids are the 16 bytes of a UUID;
data and metadata are canonical JSON (`canonical.py`). The first event's previous hash is empty.
The client makes the digest; the head's UPDATE makes the hash.
"""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from struct import Struct
from uuid import UUID

import msgspec

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_INT = Struct(">i").pack
_LONG = Struct(">q").pack


class Facts(msgspec.Struct, frozen=True, gc=False):
    """The parts of an event that its digest covers, in their order, each as bytes."""

    stream: bytes
    type: bytes
    schema_version: bytes
    entity_id: bytes
    command_id: bytes
    n: bytes
    occurred_at: bytes
    data: bytes
    metadata: bytes


def digest(salt: bytes, facts: Facts) -> bytes:
    """The 32 bytes that stand for an event, whatever becomes of its payload."""
    return sha256(
        b"".join((
            salt,
            _INT(len(facts.stream)), facts.stream,
            _INT(len(facts.type)), facts.type,
            _FOUR, facts.schema_version,
            _INT(len(facts.entity_id)), facts.entity_id,
            _SIXTEEN, facts.command_id,
            _FOUR, facts.n,
            _EIGHT, facts.occurred_at,
            _INT(len(facts.data)), facts.data,
            _INT(len(facts.metadata)), facts.metadata,
        ))
    ).digest()  # fmt: skip


def chained(previous: bytes, log_id: UUID, position: int, event: bytes) -> bytes:
    """The hash of the log up to and with the event at `position`."""
    return sha256(previous + log_id.bytes + _LONG(position) + event).digest()


def integer(number: int) -> bytes:
    """An int of 4 bytes. Raises struct.error beyond."""
    return _INT(number)


def micros(instant: datetime) -> int:
    """Microseconds since 1970 UTC of an aware instant. Raises TypeError for a naive one."""
    return (instant - _EPOCH) // _MICROSECOND


def instant(microseconds: int) -> bytes:
    """An instant in 8 bytes."""
    return _LONG(microseconds)


_FOUR, _EIGHT, _SIXTEEN = _INT(4), _INT(8), _INT(16)
