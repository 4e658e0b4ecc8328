"""The programs of the stack that are written in this repository, and how to see that they answer."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path

from local.child import Program
from local.environment import CLIENT_ID, SERVICE_ACCOUNT, Addresses
from local.faults import SetupFailed
from local.ports import HOST

REPOSITORY = Path(__file__).parent.parent
# Straight to the loopback interface, whatever proxy the caller has set.
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Programs:
    """What to start for one data folder; `environment` is what they all get."""

    def __init__(self, folder: Path, addresses: Addresses, environment: Mapping[str, str]) -> None:
        self._folder = folder
        self._addresses = addresses
        self._environment = environment

    def begin_manifest(self) -> Callable[[], Path]:
        """Begin to make the add-on's manifest for its address; the answer waits for it. May raise SetupFailed."""
        words = (sys.executable, "-m", "numirror.cli", "manifest", "--local", "--base-url", self._addresses.addon_url)
        work = subprocess.Popen(
            words,
            env=dict(self._environment),
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

        def finish() -> Path:
            manifest, said = work.communicate(timeout=30)
            if work.returncode != 0:
                tail = "".join(f"\n  {line}" for line in said.splitlines()[-8:])
                raise SetupFailed(step="Making the manifest", how=f"exit status {work.returncode}", tail=tail)
            file = self._folder / "manifest.json"
            file.write_text(manifest)
            return file

        return finish

    def web(self) -> Program:
        """The add-on: two processes of eight threads, as App Engine runs it."""
        bind = f"{HOST}:{self._addresses.addon}"
        return self._python(
            "web", "gunicorn",
            "-k", "gthread", "--workers", "2", "--threads", "8", "-b", bind, "--no-control-socket", "app:app",
        )  # fmt: skip

    def workers(self) -> Program:
        """The processes that follow the log."""
        return self._python("workers", "workers")

    def simulator(self, manifest: Path) -> Program:
        """What stands for Google and for the AI, and the page."""
        return self._python(
            "simulator", "simulator",
            "--port", str(self._addresses.page), "--data", str(self._folder / "simulator"), "--manifest", str(manifest),
            "--service-account", SERVICE_ACCOUNT, "--client-id", CLIENT_ID, "--no-quota",
        )  # fmt: skip

    def _python(self, name: str, module: str, *arguments: str) -> Program:
        return Program(
            name=name,
            argv=(sys.executable, "-m", module, *arguments),
            env=self._environment,
            cwd=REPOSITORY,
            log=self._folder / "logs" / f"{name}.log",
        )


def answers(url: str) -> bool:
    """Whether a GET is answered with 200 and JSON."""
    try:
        with _direct.open(url, timeout=5) as answer:
            json.load(answer)
            return bool(answer.status == 200)
    except (OSError, ValueError):
        return False
