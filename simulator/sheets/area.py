"""Rectangles of cells."""

from typing import Literal

import msgspec

Axis = Literal["ROWS", "COLUMNS"]


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

    def stretched(self, axis: Axis, start: int, count: int) -> "Area":
        """This area after `count` rows or columns were put in before `start`."""
        low, high = self.span(axis)
        return self.with_span(axis, low + count * (start <= low), high + count * (start < high))

    def shrunk(self, axis: Axis, start: int, end: int) -> "Area":
        """This area after the rows or columns from `start` to `end` went; empty when all of it went."""
        low, high = (edge if edge <= start else max(start, edge - (end - start)) for edge in self.span(axis))
        return self.with_span(axis, low, high)

    def span(self, axis: Axis) -> tuple[int, int]:
        return (self.top, self.bottom) if axis == "ROWS" else (self.left, self.right)

    def with_span(self, axis: Axis, low: int, high: int) -> "Area":
        if axis == "ROWS":
            return Area(low, self.left, high, self.right)
        return Area(self.top, low, self.bottom, high)
