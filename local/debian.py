"""Programs out of Debian's packages, unpacked into a cache and not installed: the machine stays as it was."""

from __future__ import annotations

import fcntl
import os
import platform
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from local.faults import LocalFault

# These are everywhere, and must be those that the dynamic loader itself belongs to.
_OF_THE_SYSTEM = frozenset({"libc6", "libgcc-s1"})
_LIBRARY = re.compile(r"\blib[a-z0-9.+-]+")
_SECONDS = 120


class NoPackage(LocalFault):
    """Debian's package {name} could not be had ({reason}): run apt-get update and try again, or install it."""


def unpacked(name: str, environ: Mapping[str, str] = os.environ) -> Path:
    """The folder with the files of a package and of the libraries it needs; downloaded once. Raises NoPackage."""
    cache = cache_folder(environ)
    folder = cache / f"debian-{platform.machine()}-{name}"
    if folder.exists():
        return folder
    try:
        with _only_one(cache), tempfile.TemporaryDirectory(dir=cache) as work:
            if not folder.exists():
                whole = _unpack(name, Path(work))
                whole.rename(folder)
    except (OSError, subprocess.SubprocessError) as fault:
        raise NoPackage(name=name, reason=_said(fault)) from None
    return folder


def libraries(folder: Path) -> str:
    """The value of LD_LIBRARY_PATH for the programs in an unpacked package."""
    return ":".join(sorted({str(file.parent) for file in folder.glob("usr/lib/**/*.so*")}))


def cache_folder(environ: Mapping[str, str]) -> Path:
    """Where downloads are kept: $NU_CACHE, else a folder of ours in the user's cache."""
    if wished := environ.get("NU_CACHE"):
        return Path(wished)
    return Path(environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "numirror"


def _unpack(name: str, work: Path) -> Path:
    """apt checks what it downloads against the signed lists of the archive."""
    _run("apt-get", "download", name, cwd=work)
    depends = _run("dpkg-deb", "--field", str(next(work.glob("*.deb"))), "Depends", cwd=work)
    needed = [library for library in dict.fromkeys(_LIBRARY.findall(depends)) if library not in _OF_THE_SYSTEM]
    if needed:
        _run("apt-get", "download", *needed, cwd=work)
    for package in work.glob("*.deb"):
        _run("dpkg-deb", "-x", str(package), "whole", cwd=work)
    return work / "whole"


def _run(*words: str, cwd: Path) -> str:
    done = subprocess.run(words, check=True, cwd=cwd, capture_output=True, text=True, timeout=_SECONDS)
    return done.stdout


def _said(fault: Exception) -> str:
    return fault.stderr.strip() if isinstance(fault, subprocess.CalledProcessError) else str(fault)


@contextmanager
def _only_one(cache: Path) -> Iterator[None]:
    """Test processes that start side by side download once; the others wait here."""
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
