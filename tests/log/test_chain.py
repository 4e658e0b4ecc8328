"""The chain: what was appended is what is there, or it is said where not."""

from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID, uuid4

import psycopg
import pytest

from numirror.shell.log import ChainBroken, EventLog, Tenant
from numirror.shell.log.digest import Facts, chained, digest, instant, integer, micros
from tests.log.conftest import METADATA, NOW, Put, event


@pytest.fixture
def database(own_database: str) -> str:
    return own_database


@pytest.fixture
def five(log: EventLog, ada: Tenant, put: Put) -> None:
    put(0)
    put(1, event(), event(), event())
    log.append(ada, "bingo", 0, uuid4(), [event()], NOW, METADATA)


CHANGES = (
    """UPDATE nu.event_log SET data = '{"title":"Water the plantz"}' WHERE position = 3""",
    "UPDATE nu.event_log SET stream = 'taskz' WHERE position = 3",
    "UPDATE nu.event_log SET type = type || 'x' WHERE position = 3",
    "UPDATE nu.event_log SET schema_version = 2 WHERE position = 3",
    "UPDATE nu.event_log SET entity_id = 't2' WHERE position = 3",
    "UPDATE nu.event_log SET command_id = gen_random_uuid() WHERE position = 3",
    "UPDATE nu.event_log SET n = 7 WHERE position = 3",
    "UPDATE nu.event_log SET metadata = '{}' WHERE position = 3",
    "UPDATE nu.event_log SET occurred_at = occurred_at + interval '1 microsecond' WHERE position = 3",
    "UPDATE nu.event_log SET salt = set_byte(salt, 0, get_byte(salt, 0) # 1) WHERE position = 3",
    "UPDATE nu.event_log SET digest = set_byte(digest, 31, get_byte(digest, 31) # 1) WHERE position = 3",
    "UPDATE nu.event_log SET hash = set_byte(hash, 31, get_byte(hash, 31) # 1) WHERE position = 3",
    "UPDATE nu.event_log SET data = NULL WHERE position = 3",
    "UPDATE nu.event_log SET salt = NULL WHERE position = 3",
    "DELETE FROM nu.event_log WHERE position = 3",
)


@pytest.mark.usefixtures("five")
@pytest.mark.parametrize("change", CHANGES)
def test_one_changed_byte_is_named(log: EventLog, ada: Tenant, superuser: psycopg.Connection, change: str) -> None:
    assert log.verify(ada).count == 5
    superuser.execute("ALTER TABLE nu.event_log DISABLE TRIGGER USER")
    assert superuser.execute(change).rowcount == 1
    with pytest.raises(ChainBroken, match="position 3") as caught:
        log.verify(ada)
    assert caught.value.position == 3


@pytest.mark.usefixtures("five")
@pytest.mark.parametrize(
    ("change", "position"),
    [
        ("DELETE FROM nu.event_log WHERE position = 5", 5),
        ("UPDATE nu.head SET hash = ''", 5),
        ("UPDATE nu.head SET log_id = gen_random_uuid()", 1),
    ],
)
def test_the_end_of_the_chain_is_the_head(
    log: EventLog, ada: Tenant, superuser: psycopg.Connection, change: str, position: int
) -> None:
    superuser.execute("ALTER TABLE nu.event_log DISABLE TRIGGER USER")
    superuser.execute(change)
    with pytest.raises(ChainBroken, match=f"position {position} "):
        log.verify(ada)


@pytest.mark.usefixtures("five")
def test_the_verified_hash_is_that_of_the_head(log: EventLog, ada: Tenant, superuser: psycopg.Connection) -> None:
    row = superuser.execute("SELECT hash FROM nu.head").fetchone()
    assert row == (log.verify(ada).head_hash,)


def test_no_log_is_whole(log: EventLog, ada: Tenant) -> None:
    assert log.verify(ada).count == 0


def test_a_long_chain_is_read_in_pages(log: EventLog, ada: Tenant, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    put(0, *[event()] * 25)
    whole = log.verify(ada)
    monkeypatch.setattr("numirror.shell.log.event_log.PAGE", 7)
    assert log.verify(ada) == whole


def test_the_formula_is_that_of_the_design() -> None:
    """Known answers, written out here by hand: they may never change, or no old log verifies."""
    command = UUID("11111111-2222-4333-8444-555555555555")
    at = datetime(2026, 11, 22, 9, 30, 0, 123456, UTC)
    facts = Facts(b"tasks", b"t.x", integer(1), b"t1", command.bytes, integer(0), instant(micros(at)), b"{}", b"[]")
    assert facts.occurred_at == (1795339800123456).to_bytes(8, "big")
    salt = bytes(range(16))
    by_hand = sha256(
        salt
        + b"\0\0\0\x05tasks\0\0\0\x03t.x\0\0\0\x04\0\0\0\x01\0\0\0\x02t1\0\0\0\x10"
        + command.bytes
        + b"\0\0\0\x04\0\0\0\0\0\0\0\x08"
        + (1795339800123456).to_bytes(8, "big")
        + b"\0\0\0\x02{}\0\0\0\x02[]"
    ).digest()
    assert digest(salt, facts) == by_hand
    assert (
        chained(b"p" * 32, command, 7, by_hand)
        == sha256(b"p" * 32 + command.bytes + b"\0" * 7 + b"\x07" + by_hand).digest()
    )
