"""A database that ends in the middle of it: what was acknowledged is there, once."""

import os
import signal
import threading
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from local.postgres import Postgres
from numirror.shell.log import Connections, EventLog, LogAway, Target, Tenant
from tests.log.conftest import METADATA, NOW, event

ENDINGS = {"killed": signal.SIGKILL, "at once": signal.SIGQUIT, "fast": signal.SIGINT}
"""How a server ends: by force, and the two ways in which an operator hurries it (PostgreSQL manual, 18.5)."""

Written = dict[str, list[tuple[UUID, int]]]


@pytest.mark.timeout(120)
@pytest.mark.parametrize(("ending", "rounds"), [("killed", 10), ("at once", 1), ("fast", 1)])
def test_acknowledged_appends_survive_the_end_of_a_server(server_folder: Path, ending: str, rounds: int) -> None:
    """Of one whose default is to say yes before anything is on disk."""
    folder, port = server_folder / f"ended-{ending.replace(' ', '-')}", None
    acknowledged: Written = {f"s{n}": [] for n in range(4)}
    pending: dict[str, UUID] = {}
    for _ in range(rounds):
        with Postgres(folder, port=port, settings={"synchronous_commit": "off"}) as server:
            tenant, port = Tenant("ada@example.com", Target.parse(server.url)), server.port
            _check(tenant, acknowledged, pending)
            _write_until_the_end(server, tenant, ENDINGS[ending], acknowledged, pending)
    with Postgres(folder, port=port) as server:
        _check(tenant, acknowledged, pending)


def _write_until_the_end(
    server: Postgres, tenant: Tenant, ending: signal.Signals, acknowledged: Written, pending: dict[str, UUID]
) -> None:
    """Four writers, a stream each; the server ends after 20 appends or some more."""
    log, going = EventLog(Connections()), threading.Semaphore(0)

    def work(stream: str) -> None:
        version = acknowledged[stream][-1][1] if acknowledged[stream] else 0
        while True:
            pending[stream] = command = uuid4()
            try:
                version = log.append(tenant, stream, version, command, [event()], NOW, METADATA).position
            except LogAway:
                return
            acknowledged[stream].append((command, version))
            going.release()

    crew = [threading.Thread(target=work, args=(stream,)) for stream in acknowledged]
    for one in crew:
        one.start()
    for _ in range(20):
        assert going.acquire(timeout=20)
    assert server.child is not None
    os.kill(server.child.pid, ending)
    for one in crew:
        one.join(20)


def _check(tenant: Tenant, acknowledged: Written, pending: dict[str, UUID]) -> None:
    """All that was acknowledged is there, once; what was not is done by asking again, once."""
    log = EventLog(Connections())
    log.ensure(tenant)
    whole = {(one.stream, one.command_id): one.position for one in log.read(tenant, 0, limit=100_000)}
    assert log.verify(tenant).count == len(whole)
    for stream, command in pending.items():
        done = acknowledged[stream]
        assert [whole[stream, one] for one, _ in done] == [position for _, position in done]
        again = log.append(tenant, stream, done[-1][1] if done else 0, command, [event()], NOW, METADATA)
        assert again.repeated == ((stream, command) in whole)
        done.append((command, again.position))
    assert log.verify(tenant).count == len(log.read(tenant, 0, limit=100_000))
