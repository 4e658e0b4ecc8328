"""What is refused before it reaches the database, and what comes back unchanged when it is not."""

import math
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import uuid4

import msgspec
import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numirror.kernel.envelope import NewEvent
from numirror.shell.log import Connections, EventLog, InvalidEvent, Target, Tenant
from numirror.shell.log.canonical import DEPTH_LIMIT, SIZE_LIMIT, canonical, canonical_metadata
from tests.log.conftest import METADATA, NOW, Put, event


def nested(levels: int) -> bytes:
    return b'{"a":' * levels + b"1" + b"}" * levels


HOSTILE = {
    "nothing": b"",
    "no JSON": b"{title}",
    "two values": b"{}{}",
    "NaN": b'{"a":NaN}',
    "infinity": b'{"a":-Infinity}',
    "NUL": b'{"a":"x\\u0000y"}',
    "NUL in a key": b'{"x\\u0000y":1}',
    "NUL after a backslash": b'{"a":"\\\\\\u0000"}',
    "raw NUL": b'{"a":"\x00"}',
    "lone high surrogate": b'{"a":"\\ud800"}',
    "lone low surrogate": b'{"a":"\\udc00x"}',
    "surrogates as UTF-8": b'{"a":"\xed\xa0\x80"}',
    "latin-1": b'{"a":"\xe9"}',
    "UTF-16": '{"a":1}'.encode("utf-16"),
    "too deep": nested(DEPTH_LIMIT + 1),
    "far too deep": b"[" * 30_000 + b"]" * 30_000,
    "too long": b'{"a":"' + b"x" * SIZE_LIMIT + b'"}',
    "a number beyond all bounds": b'{"a":1e999999999}',
    "a number that grows beyond 64 KiB": b'{"a":[' + b",".join([b"1e308"] * 300) + b"]}",
    "null": b"null",
    "a list": b"[]",
    "a number": b"1",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_hostile_data_is_refused_and_leaves_nothing(log: EventLog, ada: Tenant, put: Put, data: bytes) -> None:
    with pytest.raises(InvalidEvent):
        put(0, event(), event(data))
    assert log.tail(ada, None).position == 0


@pytest.mark.parametrize("name", ["", "a\0b", "\ud800", "x" * 201])
def test_hostile_names_are_refused(log: EventLog, ada: Tenant, put: Put, name: str) -> None:
    for bad in (event(kind=name), event(entity=name)):
        with pytest.raises(InvalidEvent):
            put(0, bad)
    with pytest.raises(InvalidEvent):
        log.append(ada, name, 0, uuid4(), [event()], NOW, METADATA)
    with pytest.raises(InvalidEvent):
        log.tail(Tenant(name, ada.storage), None)


@pytest.mark.parametrize(
    "metadata", [{"a": math.nan}, {"a": "\0"}, {"a": "\ud800"}, {"a": object()}, {"a": "x" * 70_000}, {"\0": 1}]
)
def test_hostile_metadata_is_refused(metadata: dict[str, Any]) -> None:
    with pytest.raises(InvalidEvent):
        canonical_metadata(metadata)


def test_an_append_holds_events_at_a_time_in_a_zone(log: EventLog, ada: Tenant) -> None:
    for events, at in (([], NOW), ([event()] * 1001, NOW), ([event()], NOW.replace(tzinfo=None))):
        with pytest.raises(InvalidEvent):
            log.append(ada, "tasks", 0, uuid4(), events, at, METADATA)
    for version in (2**31, -(2**31) - 1):
        with pytest.raises(InvalidEvent):
            log.append(ada, "tasks", 0, uuid4(), [NewEvent("t", version, "e", b"{}")], NOW, METADATA)
    assert log.tail(ada, None).position == 0


def test_the_limits_themselves_are_allowed(log: EventLog, ada: Tenant, put: Put) -> None:
    longest = b'{"a":"' + b"x" * (SIZE_LIMIT - 8) + b'"}'
    put(0, event(nested(DEPTH_LIMIT)), event(longest), event(b'{"a":"\\\\u0000"}'))
    assert log.verify(ada).count == 3


@pytest.mark.parametrize("levels", range(1, 5))
def test_depth_counts_containers(levels: int) -> None:
    for text in (b"[" * levels + b"]" * levels, nested(levels)):
        canonical(b"[" * (DEPTH_LIMIT - levels) + text + b"]" * (DEPTH_LIMIT - levels))
        with pytest.raises(InvalidEvent, match="32 levels"):
            canonical(b"[" * (DEPTH_LIMIT - levels + 1) + text + b"]" * (DEPTH_LIMIT - levels + 1))


TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
NUMBER = st.integers() | st.integers(-(2**200), 2**200) | st.floats(allow_nan=False, allow_infinity=False)
FIRST, LAST = datetime(1, 1, 2), datetime(9999, 12, 30)  # noqa: DTZ001 - hypothesis adds the zone
JSON = st.recursive(
    st.none() | st.booleans() | NUMBER | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
@settings(max_examples=100, deadline=None)
def test_the_canonical_form_is_its_own_canonical_form(value: Any) -> None:
    once = canonical(msgspec.json.encode(value))
    assert canonical(once) == once


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False)))
@settings(max_examples=100, deadline=None)
def test_a_float_comes_back_to_the_last_bit(values: list[float]) -> None:
    assert msgspec.json.decode(canonical(msgspec.json.encode(values)), type=list[float]) == values


def test_the_canonical_form_survives_jsonb(postgres) -> None:
    """Against the real server: what jsonb gives back has the canonical form of what was put in."""
    with psycopg.connect(postgres.admin_url, autocommit=True) as conn:

        @given(st.lists(JSON, max_size=20))
        @settings(max_examples=60, deadline=None)
        def holds(values: list[Any]) -> None:
            texts = [canonical(msgspec.json.encode(value)).decode() for value in values]
            back = conn.execute("SELECT x::jsonb::text FROM unnest(%s::text[]) AS x", (texts,)).fetchall()
            assert [canonical(text.encode()).decode() for (text,) in back] == texts

        holds()


@given(
    data=st.dictionaries(TEXT, JSON, max_size=4),
    metadata=st.dictionaries(TEXT, JSON, max_size=3),
    at=st.datetimes(FIRST, LAST, timezones=st.just(UTC)),
    version=st.integers(-(2**31), 2**31 - 1),
    entity=TEXT.filter(lambda text: 0 < len(text.encode()) <= 200),
)
@settings(max_examples=40, deadline=None)
def test_whatever_is_accepted_can_be_verified(
    database: str, data: Any, metadata: dict[str, Any], at: datetime, version: int, entity: str
) -> None:
    log, tenant = _log_of(database), Tenant(f"{uuid4()}@example.com", Target.parse(database))
    events = [NewEvent("tasks.x", version, entity, msgspec.json.encode(data))] * 2
    log.append(tenant, "tasks", 0, uuid4(), events[:1], at, metadata)
    log.append(tenant, "tasks", 1, uuid4(), events, at, metadata)
    assert log.verify(tenant).count == 3
    assert {one.occurred_at for one in log.read(tenant, 0)} == {at}


@cache
def _log_of(database: str) -> EventLog:
    return EventLog(Connections())
