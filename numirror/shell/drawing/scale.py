"""The axis of a chart: from round figures to round figures."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

_FARTHEST = 1e15
"""A figure beyond it is drawn as long as this."""

_PARTS = 4
_UNITS = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e4, "k"))


@dataclass(frozen=True, slots=True)
class Scale:
    """Ticks from `low` to `high`, each `step` apart; zero is among them."""

    low: float
    high: float
    step: float

    @classmethod
    def of(cls, values: Iterable[float]) -> "Scale":
        """That has room for all values."""
        known = [0.0, *(within(value) for value in values)]
        least, most = min(known), max(known)
        step = _round_step((most - least) / _PARTS)
        return cls(math.floor(least / step) * step, max(step, math.ceil(most / step) * step), step)

    @property
    def ticks(self) -> tuple[float, ...]:
        """Where lines are."""
        return tuple(self.low + index * self.step for index in range(round((self.high - self.low) / self.step) + 1))

    def share(self, value: float) -> float:
        """Where a value is between `low` (0) and `high` (1)."""
        return (within(value) - self.low) / (self.high - self.low)


def within(value: float) -> float:
    """A number to draw with, whatever it was."""
    try:
        known = float(value)
    except OverflowError:  # of an int
        known = _FARTHEST if value > 0 else -_FARTHEST
    return 0.0 if math.isnan(known) else max(-_FARTHEST, min(known, _FARTHEST))


def is_known(value: float) -> bool:
    """Whether there is a figure at all."""
    return value == value  # noqa: PLR0124 - only NaN is not itself


def figure(value: float) -> str:
    """Short, such as 950, 2.5, 12k or 3.4M."""
    known = within(value)
    for unit, letter in _UNITS:
        if abs(known) >= unit:
            size = 1e3 if letter == "k" else unit
            return f"{_decimals(known / size)}{letter}"
    return _decimals(known)


def _decimals(value: float) -> str:
    digits = f"{value:,.1f}" if abs(value) < 100 else f"{value:,.0f}"
    return digits.removesuffix(".0").replace("-", "−").removeprefix("−" if value > -0.05 else "")


def _round_step(least: float) -> float:
    """1, 2 or 5 times a power of ten; no parts of ones, because most charts count things."""
    if least <= 1:
        return 1.0
    power = 10.0 ** math.floor(math.log10(least))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least)
