"""Rectangles of cells."""

from collections.abc import Callable
from typing import Literal

import msgspec

Axis = Literal["ROWS", "COLUMNS"]
Moved = Callable[[int, int], tuple[int, int]]
"""Where the rows or columns from the first number to the second (not included) went; the same twice: they are gone."""


class Area(msgspec.Struct, frozen=True):
    """A rectangle: zero-based, the far edges not included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def empty(self) -> bool:
        return self.height <= 0 or self.width <= 0

    def common(self, other: "Area") -> "Area":
        """What lies in both; may be empty."""
        return Area(
            max(self.top, other.top),
            max(self.left, other.left),
            min(self.bottom, other.bottom),
            min(self.right, other.right),
        )

    def meets(self, other: "Area") -> bool:
        return not self.common(other).empty

    def covers(self, other: "Area") -> bool:
        return self.common(other) == other

    def moved(self, axis: Axis, moved: Moved) -> "Area":
        """This area after its rows or columns went elsewhere; empty when all of it is gone."""
        return self.with_span(axis, *moved(*self.span(axis)))

    def span(self, axis: Axis) -> tuple[int, int]:
        return (self.top, self.bottom) if axis == "ROWS" else (self.left, self.right)

    def with_span(self, axis: Axis, low: int, high: int) -> "Area":
        if axis == "ROWS":
            return Area(low, self.left, high, self.right)
        return Area(self.top, low, self.bottom, high)
