"""Erasing while a worker draws a mirror: whoever is first, no row is left."""

import threading
from uuid import uuid4

import psycopg
import pytest

from numirror.shell.log import Connections, EventLog, Target, Tenant
from numirror.shell.log.erase import erase
from numirror.shell.log.queries import named
from tests.log.conftest import METADATA, NOW, event
from tests.waiting import eventually

ADVANCE = {"mirror": "postgres", "stream": "tasks", "seen": 0, "position": 1, "version": 1, "state": b"s"}


@pytest.fixture
def ada(own_database: str) -> Tenant:
    tenant = Tenant("ada@example.com", Target.parse(own_database))
    EventLog(Connections()).append(tenant, "tasks", 0, uuid4(), [event()], NOW, METADATA)
    return tenant


def blocked(sql: psycopg.Connection) -> bool:
    """Whether a session waits for another's lock."""
    return sql.execute("select count(*) from pg_locks where not granted").fetchone() != (0,)


def test_an_erasure_waits_for_a_mirror_that_is_being_written(own_database: str, ada: Tenant) -> None:
    with psycopg.connect(own_database) as worker, psycopg.connect(own_database, autocommit=True) as watcher:
        worker.execute(named("enter").text, {"tenant": ada.tenant_id})
        assert worker.execute(named("advance_checkpoint").text, {"tenant": ada.tenant_id, **ADVANCE}).fetchone()
        erasing = threading.Thread(target=erase, args=(EventLog(Connections()), ada))
        erasing.start()
        eventually(lambda: blocked(watcher) or not erasing.is_alive())
        worker.commit()
        erasing.join(10)
    with psycopg.connect(own_database) as sql:
        sql.execute(named("enter").text, {"tenant": ada.tenant_id})
        assert sql.execute("select count(*) from nu.checkpoint").fetchone() == (0,)


def test_a_mirror_is_not_begun_again_after_the_erasure(own_database: str, ada: Tenant) -> None:
    erase(EventLog(Connections()), ada)
    with psycopg.connect(own_database) as sql:
        sql.execute(named("enter").text, {"tenant": ada.tenant_id})
        assert sql.execute(named("advance_checkpoint").text, {"tenant": ada.tenant_id, **ADVANCE}).fetchone() is None
