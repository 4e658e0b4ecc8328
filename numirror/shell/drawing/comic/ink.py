"""The look of all comics: ink, paper, and the chances that a seed decides."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

INK = "#1b1b23"
PAPER = "#fffdf7"
LINE = 5.0
"""Width of an outline, in units of a page of 1,200."""

T = TypeVar("T")


class Chances:
    """Choices that look random, and are the same for the same words."""

    def __init__(self, *words: str | int) -> None:
        told = "\n".join(str(word % 2**64) if isinstance(word, int) else word for word in words)
        self._bytes = sha256(told.encode("utf-8", "replace")).digest()
        self._next = 0

    def one(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self._drawn() % len(options)]

    def between(self, low: float, high: float) -> float:
        """A number from `low` to `high`."""
        return low + (high - low) * self._drawn() / 0xFFFF

    def _drawn(self) -> int:
        at = self._next % (len(self._bytes) - 1)
        self._next += 2
        return int.from_bytes(self._bytes[at : at + 2])
