"""A package of the npm registry, without Node where there is none: npm itself is on PyPI too."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from local.faults import SetupFailed

REQUIREMENTS = Path(__file__).parent.parent / "requirements" / "npm.txt"


def pack(package: str, into: Path, tools: Path) -> Path:
    """The package's tarball, downloaded by the npm on the PATH, or by one installed into `tools`.

    The package's scripts do not run. Raises SetupFailed.
    """
    npm = shutil.which("npm") or _own_npm(tools)
    _run("Downloading " + package, npm, "pack", package, "--ignore-scripts", "--silent", "--cache", str(into), cwd=into)
    return next(into.glob("*.tgz"))


def _own_npm(tools: Path) -> str:
    npm = tools / "bin" / "npm"
    if not npm.exists():
        _run("Making a place for npm", sys.executable, "-m", "venv", "--clear", str(tools))
        pip = (str(tools / "bin" / "python"), "-m", "pip", "-qq", "--disable-pip-version-check")
        _run("Installing npm", *pip, "install", "--require-hashes", "-r", str(REQUIREMENTS))
    return str(npm)


def _run(step: str, *words: str, cwd: Path | None = None) -> None:
    try:
        done = subprocess.run(
            words, cwd=cwd, check=False, timeout=300, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
    except subprocess.TimeoutExpired:
        raise SetupFailed(step=step, how="no end after 300 seconds", tail=" (nothing)") from None
    if done.returncode != 0:
        tail = "".join(f"\n  {line}" for line in done.stdout.splitlines()[-8:])
        raise SetupFailed(step=step, how=f"exit status {done.returncode}", tail=tail)
