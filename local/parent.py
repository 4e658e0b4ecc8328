"""The process that started us, when we are to stop with it: `make`, which stands between a person and this run."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path

from local import tether

WATCHED = 1 << (signal.SIGINT - 1) | 1 << (signal.SIGHUP - 1)


class Parent:
    """Tied to it: its death, however it comes, is a SIGTERM to us.

    A SIGINT or SIGHUP sent to make alone (`kill -INT`, as scripts do, other than Ctrl-C, which reaches us too) is not
    passed on by it: it resets its handler and waits for us. So a vanished handler is what we watch for.
    """

    def __init__(self) -> None:
        self._pid = os.getppid()
        tether.tie(self._pid, signal.SIGTERM)
        self._caught = self._catches()

    def was_interrupted(self) -> bool:
        """Whether it has had one of those signals since we started."""
        return self._catches() != self._caught

    def _catches(self) -> int:
        """Which of the watched signals it has handlers for: bits, as in proc_pid_status(5)."""
        with suppress(OSError):
            for line in Path(f"/proc/{self._pid}/status").read_text().splitlines():
                name, _, mask = line.partition(":")
                if name == "SigCgt":
                    return int(mask, 16) & WATCHED
        return 0
