"""kill -9 of the database: what was acknowledged is there, once."""

import os
import signal
import threading
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from local.postgres import Postgres
from numirror.shell.log import Connections, EventLog, LogAway, Target, Tenant
from tests.log.conftest import METADATA, NOW, event


@pytest.mark.timeout(90)
def test_acknowledged_appends_survive_a_killed_server(server_folder: Path) -> None:
    folder = server_folder / "killed"
    acknowledged: dict[str, list[tuple[UUID, int]]] = {f"s{n}": [] for n in range(4)}
    pending: dict[str, UUID] = {}
    with Postgres(folder) as server:
        tenant = Tenant("ada@example.com", Target.parse(server.url))
        log = EventLog(Connections())
        log.ensure(tenant)
        going = threading.Semaphore(0)

        def work(stream: str) -> None:
            version = 0
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
        for _ in range(60):
            assert going.acquire(timeout=20)
        assert server.child is not None
        os.kill(server.child.pid, signal.SIGKILL)
        for one in crew:
            one.join(20)
        port = server.port
    with Postgres(folder, port=port) as server:
        _check(Tenant("ada@example.com", Target.parse(server.url)), acknowledged, pending)


def _check(tenant: Tenant, acknowledged: dict[str, list[tuple[UUID, int]]], pending: dict[str, UUID]) -> None:
    log = EventLog(Connections())
    whole = {(one.stream, one.command_id): one.position for one in log.read(tenant, 0, limit=100_000)}
    assert log.verify(tenant).count == len(whole)
    for stream, done in acknowledged.items():
        assert [whole[stream, command] for command, _ in done] == [position for _, position in done]
        version = done[-1][1] if done else 0
        again = log.append(tenant, stream, version, pending[stream], [event()], NOW, METADATA)
        assert again.repeated == ((stream, pending[stream]) in whole)
    assert log.verify(tenant).count == len(log.read(tenant, 0, limit=100_000))
