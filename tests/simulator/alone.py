"""The simulator alone, with the guest book beside it: two processes, as the guide starts them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from local import ports
from tests.simulator.running import ROOT, line_of
from tests.waiting import eventually

EXAMPLE = ROOT / "simulator" / "example"
COMMAND = Path(sys.executable).parent / "numirror"


@dataclass(frozen=True)
class Kit:
    """Where the two answer. `simulator` is the process of the one."""

    url: str
    addon: str
    simulator: subprocess.Popen[str]
    data: Path

    def event(self, entry: str, **more: Any) -> Any:
        """A call of the add-on, by its entry or by a path of it."""
        wanted = {"entry": self.addon + entry if entry.startswith("/") else entry, **more}
        return requests.post(f"{self.url}/sim/event", json=wanted, timeout=40).json()

    def end(self) -> int:
        """Ctrl-C, and the exit status."""
        self.simulator.send_signal(signal.SIGINT)
        return self.simulator.wait(10)


@contextmanager
def kit(folder: Path) -> Iterator[Kit]:
    """Both, with the simulator's data in `folder`; nothing of either is left afterwards."""
    port = ports.free_port()
    addon = f"http://127.0.0.1:{port}"
    with ExitStack() as undo:
        undo.callback(ports.release, port)
        words = ("--port", "0", "--data", str(folder / "data"), "--addon", addon)
        simulator = started(folder, *words, "--manifest", str(EXAMPLE / "deployment.json"))
        undo.enter_context(simulator)
        undo.callback(simulator.kill)
        url = line_of(simulator).rpartition(" ")[2]
        told = {"ADDON_URL": addon, "SHEETS_URL": url, "CERTS_URL": f"{url}/oauth2/v1/certs"}
        book = (sys.executable, str(EXAMPLE / "guestbook.py"))
        process = subprocess.Popen(book, cwd=folder, env={**os.environ, **told}, stderr=subprocess.DEVNULL)
        undo.enter_context(process)
        undo.callback(process.kill)
        eventually(lambda: not ports.is_free(port))
        yield Kit(url, addon, simulator, folder / "data")


def started(folder: Path, *words: str) -> subprocess.Popen[str]:
    """`numirror simulator …`, typed anywhere."""
    pipe = subprocess.PIPE
    return subprocess.Popen((COMMAND, "simulator", *words), cwd=folder, stdout=pipe, stderr=pipe, text=True)
