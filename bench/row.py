"""A line of the table of ratios."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured, as a ratio to what is beneath it; its goal; whether the goal is met."""

    name: str
    ratio: float
    goal: float
    met: bool

    @classmethod
    def at_least(cls, name: str, ratio: float, goal: float) -> "Row":
        return cls(name, round(ratio, 3), goal, ratio >= goal)

    @classmethod
    def at_most(cls, name: str, ratio: float, goal: float) -> "Row":
        return cls(name, round(ratio, 3), goal, ratio <= goal)

    @property
    def verdict(self) -> str:
        return "met" if self.met else "not met"
