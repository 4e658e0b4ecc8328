"""Making an append ready for the database: validated, canonical, salted, digested."""

import os
import struct
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec

from numirror.kernel.envelope import NewEvent
from numirror.shell.log.calls import BINARY, Call, array, call_of
from numirror.shell.log.canonical import canonical, canonical_metadata
from numirror.shell.log.digest import Facts, digest, instant, integer, micros
from numirror.shell.log.errors import InvalidEvent

EVENTS_LIMIT = 1_000
NAME_LIMIT = 200
SALT_BYTES = 16

APPEND_ONE = call_of("append_one", ("expected", "command", "schema_version", "occurred_at", "salt", "digest"), BINARY)
APPEND_MANY = call_of(
    "append_many",
    ("expected", "command", "types", "schema_versions", "entities", "data", "occurred_at", "salts", "digests"),
    BINARY,
)

_POSTGRES_EPOCH = 946_684_800_000_000
"""2000-01-01 UTC in microseconds since 1970: timestamptz counts from there (PostgreSQL source, timestamp.h)."""
_LONG = struct.Struct(">q").pack
_INT4, _TEXT, _BYTEA, _JSONB = 23, 25, 17, 3802


class Prepared(msgspec.Struct, frozen=True, gc=False):
    """A call and its parameters."""

    call: Call
    parameters: Sequence[bytes]


class _Sealed(msgspec.Struct, frozen=True, gc=False):
    """An event as bytes, with its salt and digest."""

    facts: Facts
    salt: bytes
    digest: bytes


def prepare(
    tenant_id: str,
    stream: str,
    expected: int,
    command_id: UUID,
    events: Sequence[NewEvent],
    occurred_at: datetime,
    metadata: Mapping[str, Any],
) -> Prepared:
    """The call that appends `events`. Raises `InvalidEvent`."""
    if not 0 < len(events) <= EVENTS_LIMIT:
        raise InvalidEvent(f"An append holds 1 to {EVENTS_LIMIT} events.")
    if occurred_at.tzinfo is None:
        raise InvalidEvent("The time of an event needs its zone.")
    tenant, happened = name_bytes(tenant_id), micros(occurred_at)
    shared = (name_bytes(stream), command_id.bytes, instant(happened), canonical_metadata(metadata))
    try:
        sealed = [_seal(event, n, *shared) for n, event in enumerate(events)]
        place = (tenant, shared[0], _LONG(expected), shared[1])
    except struct.error:
        raise InvalidEvent("A version is out of range.") from None
    at = _LONG(happened - _POSTGRES_EPOCH)
    if len(sealed) == 1:
        return Prepared(APPEND_ONE, _one(place, sealed[0], at))
    return Prepared(APPEND_MANY, _many(place, sealed, at))


@lru_cache(maxsize=4096)
def name_bytes(name: str) -> bytes:
    """A short text as UTF-8; the same few come again and again.

    Raises `InvalidEvent` for an empty or long one, a NUL, a lone surrogate.
    """
    try:
        text = name.encode()
    except UnicodeEncodeError:
        raise InvalidEvent("A name is no valid text.") from None
    if not 0 < len(text) <= NAME_LIMIT or b"\0" in text:
        raise InvalidEvent(f"A name has 1 to {NAME_LIMIT} bytes and no NUL.")
    return text


def _seal(event: NewEvent, n: int, stream: bytes, command: bytes, occurred_at: bytes, metadata: bytes) -> _Sealed:
    facts = Facts(
        stream,
        name_bytes(event.type),
        integer(event.schema_version),
        name_bytes(event.entity_id),
        command,
        integer(n),
        occurred_at,
        _payload(event.data),
        metadata,
    )
    salt = os.urandom(SALT_BYTES)
    return _Sealed(facts, salt, digest(salt, facts))


def _payload(data: bytes) -> bytes:
    text = canonical(data)
    if not text.startswith(b"{"):  # null would look like a payload that was blanked
        raise InvalidEvent("The data of an event is a JSON object.")
    return text


def _one(place: tuple[bytes, ...], sealed: _Sealed, at: bytes) -> Sequence[bytes]:
    facts = sealed.facts
    event = (facts.type, facts.schema_version, facts.entity_id, facts.data, facts.metadata)
    return (*place, *event, at, sealed.salt, sealed.digest)


def _many(place: tuple[bytes, ...], sealed: Sequence[_Sealed], at: bytes) -> Sequence[bytes]:
    return (
        *place,
        array(_TEXT, [one.facts.type for one in sealed]),
        array(_INT4, [one.facts.schema_version for one in sealed]),
        array(_TEXT, [one.facts.entity_id for one in sealed]),
        array(_JSONB, [_JSONB_VERSION + one.facts.data for one in sealed]),
        sealed[0].facts.metadata,
        at,
        array(_BYTEA, [one.salt for one in sealed]),
        array(_BYTEA, [one.digest for one in sealed]),
    )


_JSONB_VERSION = b"\x01"
"""jsonb in binary form is this byte, then the JSON text (PostgreSQL source, jsonb_recv)."""
