"""One program as a direct child process: started, watched until it answers, stopped and waited for."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from local.account import Account
from local.faults import ChildDied, NotReady

TETHER = Path(__file__).with_name("tether.py")
GLANCE = 0.02  # seconds between two looks at a child that is not ready yet
TAIL = 12  # lines of a log that a fault shows


@dataclass(frozen=True, slots=True)
class Program:
    """What to start. `stop_signal` asks it to finish; it also gets this signal when its parent dies.
    `prepare` runs before every start."""

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str]
    cwd: Path
    log: Path
    account: Account | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    prepare: Callable[[], None] = lambda: None


class Child:
    """A running program, in a session of its own so that Ctrl-C in a terminal reaches only its parent.

    Start it from the main thread: Linux ties a child to the thread that made it.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.started_at = time.monotonic()
        self._process = self._start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    @property
    def age(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.started_at

    def await_ready(self, ready: Callable[[], bool], seconds: float) -> None:
        """Return as soon as `ready()` is true. Raises ChildDied at its death, NotReady after `seconds`."""
        deadline = time.monotonic() + seconds
        while not ready():
            if self.ended_within(GLANCE):
                raise self.death()
            if time.monotonic() > deadline:
                raise NotReady(name=self.program.name, seconds=f"{seconds:g}", log=self.program.log, tail=self._tail())

    def ended_within(self, seconds: float) -> bool:
        """Wait up to `seconds` for the end of the process; true if it came."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        return not self.alive

    def death(self) -> ChildDied:
        """The fault that tells how this child ended."""
        code = self._process.wait()
        how = f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit status {code}"
        return ChildDied(name=self.program.name, how=how, log=self.program.log, tail=self._tail())

    def ask_to_stop(self) -> None:
        """Send the stop signal and return at once; `stop` waits."""
        with suppress(ProcessLookupError):
            self._process.send_signal(self.program.stop_signal)

    def stop(self, seconds: float = 5.0) -> None:
        """Ask it to finish, and kill its whole session if it has not within `seconds`. Returns when it is gone."""
        self.ask_to_stop()
        self.ended_within(seconds)
        self._kill_session()
        self._process.wait()

    def restart(self) -> None:
        """Start it again after its death; what its death left of its session is killed first."""
        self._kill_session()
        self.started_at = time.monotonic()
        self._process = self._start()

    def _kill_session(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)

    def _start(self) -> subprocess.Popen[bytes]:
        program = self.program
        program.prepare()
        ids = (str(program.account.uid), str(program.account.gid)) if program.account else ("-", "-")
        tether = (sys.executable, "-I", "-S", str(TETHER), str(os.getpid()), str(int(program.stop_signal)), *ids)
        with program.log.open("wb") as log:
            return subprocess.Popen(
                (*tether, *program.argv),
                env=dict(program.env),
                cwd=program.cwd,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _tail(self) -> str:
        lines = self.program.log.read_text(errors="replace").splitlines()[-TAIL:]
        return "".join(f"\n  {line}" for line in lines) or " (nothing)"
