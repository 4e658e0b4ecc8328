"""What every check of a resource answers: one line for each step, with its time and, where it is red, what helps."""

from collections.abc import Callable, Sequence
from time import monotonic

import msgspec

from numirror.kernel.errors import NuMirrorError

Step = tuple[str, Callable[[], str]]
"""The name of a step and what it does: it answers with a fact, '' for none, or raises `CheckFailed`."""


class CheckFailed(NuMirrorError):
    """This check has failed. Look at the settings of this resource and check again."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Line(msgspec.Struct, frozen=True):
    """One step. `ok` is None where it was not reached; `milliseconds` is how long it took.

    `sentence` is what helps where it is red, or a fact where it is green ("PostgreSQL 16.4").
    """

    name: str
    ok: bool | None
    milliseconds: float
    sentence: str = ""


class Report(msgspec.Struct, frozen=True):
    """What a check of a resource of that kind has found: a line for each of its steps, in their order."""

    kind: str
    lines: tuple[Line, ...]

    @property
    def ok(self) -> bool:
        """Whether every step is green."""
        return all(line.ok is True for line in self.lines)

    @property
    def failed(self) -> Line | None:
        """The red line; None where there is none."""
        return next((line for line in self.lines if line.ok is False), None)


def steps(kind: str, todo: Sequence[Step]) -> Report:
    """Takes the steps one after the other until one is red. Raises what a step raises, if it is not `CheckFailed`."""
    lines: list[Line] = []
    for name, step in todo:
        lines.append(_line(name, step))
        if not lines[-1].ok:
            break
    rest = (Line(name, None, 0.0) for name, _ in todo[len(lines) :])
    return Report(kind, (*lines, *rest))


def _line(name: str, step: Callable[[], str]) -> Line:
    begun = monotonic()
    try:
        ok, sentence = True, step()
    except CheckFailed as failed:
        ok, sentence = False, failed.sentence
    return Line(name, ok, (monotonic() - begun) * 1000, sentence)
