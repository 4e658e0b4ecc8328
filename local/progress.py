"""What the person who started the stack reads while it starts."""

from __future__ import annotations

import time


class Progress:
    """One line for each step, with the seconds it took."""

    def __init__(self) -> None:
        self._began = self._step_began = time.monotonic()

    def done(self, step: str) -> None:
        """Say that a step is over."""
        now = time.monotonic()
        print(f"  {now - self._step_began:5.1f} s  {step}", flush=True)
        self._step_began = now

    def say(self, sentence: str) -> None:
        """A sentence of its own."""
        print(sentence, flush=True)

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return time.monotonic() - self._began
