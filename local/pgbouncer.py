"""A real PgBouncer before a PostgreSQL: $PGBOUNCER, the one on the PATH, else Debian's package, unpacked in a cache."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from local import ports
from local.account import account_for, can, give, home_for
from local.child import Child, Program
from local.debian import libraries, unpacked
from local.faults import LocalFault
from local.server import Server

# As hosts offer it: every transaction may be on another server connection, and no start-up parameter is waved through.
CONFIGURATION = """\
[databases]
* = host={host} port={port}

[pgbouncer]
listen_addr = {listen}
listen_port = {own}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = {pool_size}
max_client_conn = 500
query_wait_timeout = 20
"""
PLACES = "/usr/sbin:/sbin"  # where distributions put it, which is not on everybody's PATH
PROGRAM = "usr/sbin/pgbouncer"  # in Debian's package


class NoPgBouncer(LocalFault):
    """PGBOUNCER names {path}, which is no program: set it to the path of pgbouncer's executable, or don't set it."""


@dataclass(frozen=True, slots=True)
class Executable:
    """The program; and where it was unpacked, beside its libraries, if it is not one of the system."""

    path: Path
    tree: Path | None = None


def find_pgbouncer(environ: Mapping[str, str] = os.environ) -> Executable:
    """The first that there is; the last one is downloaded once (4 MB). Raises NoPgBouncer, NoPackage."""
    if wished := environ.get("PGBOUNCER"):
        if not os.access(wished, os.X_OK):
            raise NoPgBouncer(path=wished)
        return Executable(Path(wished))
    if found := shutil.which("pgbouncer", path=f"{environ.get('PATH', '')}:{PLACES}"):
        return Executable(Path(found))
    tree = unpacked("pgbouncer", environ)
    return Executable(tree / PROGRAM, tree)


class PgBouncer(Server):
    """PgBouncer before the server of a URL (role, password, host and port), `pool_size` server connections a database.

    Use it in a `with`. As root it runs as an ordinary account, because it refuses root.
    """

    ready_within = 20.0
    stops_within = 1.0  # newer ones wait for their clients when they are asked; we don't

    def __init__(self, folder: Path, server: str, *, pool_size: int = 2) -> None:
        super().__init__()
        self._account = account_for(folder.absolute())
        self.folder = home_for(folder.absolute(), self._account)
        self.port = ports.free_port()
        self._server = urlsplit(server)
        self._pool_size = pool_size

    def url_of(self, database: str) -> str:
        """A database through the pooler, as the role of the server's URL."""
        role = f"{self._server.username}:{self._server.password}"
        return f"postgresql://{role}@{ports.HOST}:{self.port}/{database}"

    def start(self) -> Child:
        """Start it; don't wait for it."""
        give(self.folder, self._account)
        self._write("users", f'"{self._server.username}" "{self._server.password}"\n')
        self._write("pgbouncer.ini", self._configuration())
        executable = self._reachable(find_pgbouncer())
        self.child = Child(
            Program(
                name="pgbouncer",
                argv=(str(executable.path), str(self.folder / "pgbouncer.ini")),
                env={"PATH": os.defpath, "LANG": "C", "TZ": "UTC", **_libraries(executable)},
                cwd=self.folder,
                log=self.folder / "log",
                account=self._account,
            )
        )
        return self.child

    def ready(self) -> bool:
        """Whether it takes connections."""
        with socket.socket() as probe:
            return probe.connect_ex((ports.HOST, self.port)) == 0

    def _configuration(self) -> str:
        host, port = self._server.hostname, self._server.port
        return CONFIGURATION.format(
            host=host, port=port, listen=ports.HOST, own=self.port, folder=self.folder, pool_size=self._pool_size
        )

    def _write(self, name: str, text: str) -> None:
        """A file for the account alone: a password stands in it."""
        file = self.folder / name
        file.touch(mode=0o600)
        file.write_text(text)
        if self._account:
            os.chown(file, self._account.uid, self._account.gid)

    def _reachable(self, found: Executable) -> Executable:
        """It, or a copy that the account can reach: a cache below /root is closed to it."""
        if found.tree is None or can(self._account, "-x", found.path):
            return found
        copy = self.folder / "program"
        shutil.copytree(found.tree, copy, dirs_exist_ok=True)
        for path in (copy, *copy.rglob("*")):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o055 if path.is_dir() or os.access(path, os.X_OK) else 0o044))
        return Executable(copy / PROGRAM, copy)


def _libraries(executable: Executable) -> dict[str, str]:
    return {"LD_LIBRARY_PATH": libraries(executable.tree)} if executable.tree else {}
