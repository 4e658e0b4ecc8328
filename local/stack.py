"""The whole of NuMirror on one machine: two servers, the add-on, its workers, the simulator."""

from __future__ import annotations

import json
import os
from contextlib import ExitStack, suppress
from pathlib import Path

from local import orphans, ports
from local.child import Child
from local.environment import Addresses, environment
from local.faults import FolderNotOurs
from local.lock import Lock
from local.postgres import Postgres
from local.programs import Programs, answers
from local.progress import Progress
from local.valkey import Valkey

PORTS = {"page": 8700, "addon": 8701, "postgres": 8702, "valkey": 8703}  # of a first run, if they are free
SECONDS = 60.0  # for a program to answer
TOO_SOON = 5.0  # seconds of life; who dies younger is not started again


class Stack:
    """One stack, with all its data in `folder`. Use it in a `with`: it runs inside, and is gone afterwards."""

    def __init__(self, folder: Path, *, port: int | None = None, progress: Progress | None = None) -> None:
        self.folder = folder.absolute()
        self.addresses: Addresses
        self._port = port
        self._progress = progress or Progress()
        self._undo = ExitStack()
        self._children: list[Child] = []

    def __enter__(self) -> Stack:
        try:
            self._start()
        except BaseException:
            self._undo.close()
            raise
        return self

    def __exit__(self, *fault: object) -> None:
        self._undo.close()

    def look_after(self) -> None:
        """Start again what has died. Raises ChildDied if it died again at once."""
        for child in self._children:
            if not child.alive:
                self._revive(child)

    def _start(self) -> None:
        self._prepare_folder()
        lock = self._undo.enter_context(Lock(self.folder).held())
        orphans.clear(orphans.marked(self.folder))
        choice = self._choose_ports()
        postgres, valkey = self._start_servers(choice)
        self.addresses = Addresses(choice["page"], choice["addon"], postgres.url, valkey.url)
        lock.tell(url=self.addresses.page_url)
        programs = Programs(self.folder, self.addresses, environment(self.folder, self.addresses))
        manifest = programs.begin_manifest()
        self._await_servers(postgres, valkey)
        self._start_programs(programs, manifest())

    def _prepare_folder(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if not any(self.folder.iterdir()):
                # As root, PostgreSQL's account has to pass through.
                self.folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
            (self.folder / "logs").mkdir(mode=0o700, exist_ok=True)
            (self.folder / "lock").touch()
        except OSError as fault:
            raise FolderNotOurs(folder=self.folder, reason=fault.strerror) from None

    def _start_servers(self, choice: dict[str, int]) -> tuple[Postgres, Valkey]:
        """Start both, and wait for neither."""
        logs = self.folder / "logs"
        valkey = Valkey(self.folder / "valkey", port=choice["valkey"], log=logs / "valkey.log")
        postgres = Postgres(self.folder / "postgres", port=choice["postgres"], log=logs / "postgres.log")
        for server in (postgres, valkey):
            self._undo.callback(server.stop)
            self._children.append(server.start())
        if postgres.moved:
            self._progress.say(
                f"  PostgreSQL may not run as root, and an ordinary account cannot enter {self.folder.parent}:"
                f" its data is kept in {postgres.folder}."
            )
        return postgres, valkey

    def _await_servers(self, postgres: Postgres, valkey: Valkey) -> None:
        database, redis = self._children
        database.await_ready(postgres.ready, SECONDS)
        self._progress.done(f"PostgreSQL answers on port {postgres.port}")
        redis.await_ready(valkey.ready, SECONDS)
        self._progress.done(f"Valkey answers on port {valkey.port}")

    def _choose_ports(self) -> dict[str, int]:
        """The wished port; else the ports of the last run, so that open pages live on; else free ones."""
        file = self.folder / "ports.json"
        last: dict[str, int] = {}
        with suppress(OSError, ValueError):
            last = json.loads(file.read_text())
        choice = {"page": ports.wished(self._port)} if self._port else {}
        for name, first in PORTS.items():
            if name not in choice:
                choice[name] = ports.free_port(last.get(name, first), first)
        self._undo.callback(ports.release, *choice.values())
        file.write_text(json.dumps(choice))
        return choice

    def _start_programs(self, programs: Programs, manifest: Path) -> None:
        """All three at once; the servers outlive them."""
        started = [Child(each) for each in (programs.simulator(manifest), programs.web(), programs.workers())]
        self._children += started
        self._undo.callback(_stop_together, started)
        simulator, web, _workers = started
        simulator.await_ready(lambda: answers(f"{self.addresses.page_url}/sim/state"), SECONDS)
        self._progress.done("the local Google and AI answer")
        web.await_ready(lambda: answers(f"{self.addresses.addon_url}/health"), SECONDS)
        self._progress.done("the add-on answers")

    def _revive(self, child: Child) -> None:
        if child.age < TOO_SOON:
            raise child.death()
        child.restart()
        self._progress.say(f"{child.program.name} had stopped by itself: started again.")


def _stop_together(children: list[Child]) -> None:
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.stop()
