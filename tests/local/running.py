"""`python -m local run` as a person starts it, and the processes that it has made."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from local.programs import REPOSITORY
from tests.waiting import eventually

STARTED = 90.0  # seconds, on a busy machine
GONE = 30.0  # seconds in which whatever was left behind has to be gone, on a busy machine
RUN = (sys.executable, "-m", "local", "run")


class Run:
    """One run; `output` is all that it has said."""

    def __init__(self, data: Path, *words: str, way: Sequence[str] = RUN, env: Mapping[str, str] | None = None) -> None:
        self.data = data
        self._said = data.parent / f"{data.name}-{os.urandom(4).hex()}.out"
        with self._said.open("wb") as said:
            self.process = subprocess.Popen(
                (*way, *words),
                cwd=REPOSITORY,
                env={**os.environ, "NU_DATA": str(data), **(env or {})},
                stdout=said,
                stderr=said,
                start_new_session=True,
            )

    @property
    def output(self) -> str:
        return self._said.read_text()

    def url(self) -> str:
        """The URL that it prints when everything runs."""

        def look() -> str:
            assert self.process.poll() is None, self.output
            found = re.search(r"Open +(http://127\.0\.0\.1:\d+/)", self.output)
            return found.group(1) if found else ""

        return eventually(look, STARTED)

    def family(self) -> list[psutil.Process]:
        """The processes it has started, and theirs."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def ended(self) -> int:
        """Its exit status, when it has ended by itself."""
        return self.process.wait(STARTED)

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Send the signal to it alone and wait for its end."""
        self.process.send_signal(number)
        return self.process.wait(30)

    def __enter__(self) -> Run:
        return self

    def __exit__(self, *fault: object) -> None:
        with suppress(psutil.NoSuchProcess):
            family = self.family()
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)
            still_there(family)


def still_there(family: list[psutil.Process]) -> list[psutil.Process]:
    """Who of them has not gone after a while."""
    return psutil.wait_procs(family, timeout=GONE)[1]
