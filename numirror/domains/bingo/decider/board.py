"""A bingo card: how it is drawn, and its lines. Squares are counted row by row from 0."""

from collections.abc import Collection, Iterator
from functools import cache
from hashlib import sha256
from itertools import count
from typing import Literal, NamedTuple

_DRAWS = 2**64
"""A draw is 8 bytes."""


class Line(NamedTuple):
    """A row, a column or one of the two diagonals, counted from 1."""

    kind: Literal["row", "column", "diagonal"]
    number: int
    squares: frozenset[int]


def draw(seed: bytes, goals: int, size: int) -> tuple[int | None, ...]:
    """Which of so many goals, by their place, stands on each square; None is the free middle of an odd size.

    A Fisher-Yates shuffle from the last place down, of which the first places are dealt. Its numbers are 8 bytes each,
    big-endian, of sha256(seed || counter) for the 8-byte counters 0, 1, 2 …; those that would favour small remainders
    are left out.
    """
    order, numbers = list(range(goals)), _numbers(seed)
    for last in range(goals - 1, 0, -1):
        other = below(last + 1, numbers)
        order[last], order[other] = order[other], order[last]
    dealt: list[int | None] = [*order[: goals_needed(size)]]
    if size % 2:
        dealt.insert(size * size // 2, None)
    return tuple(dealt)


def goals_needed(size: int) -> int:
    """How many goals a card takes."""
    return size * size - size % 2


@cache
def all_lines(size: int) -> tuple[Line, ...]:
    """Rows, columns, then the diagonals: from the top left, and from the top right."""
    across = range(size)
    return (
        *(Line("row", row + 1, frozenset(row * size + column for column in across)) for row in across),
        *(Line("column", column + 1, frozenset(row * size + column for row in across)) for column in across),
        Line("diagonal", 1, frozenset(row * size + row for row in across)),
        Line("diagonal", 2, frozenset(row * size + size - 1 - row for row in across)),
    )


def lines(ticked: Collection[int], size: int) -> tuple[Line, ...]:
    """The complete ones. One is a bingo."""
    return tuple(line for line in all_lines(size) if line.squares.issubset(ticked))


def below(limit: int, numbers: Iterator[int]) -> int:
    """The first of some random numbers of 8 bytes that is fair, as one below `limit`."""
    fair = _DRAWS - _DRAWS % limit
    return next(number for number in numbers if number < fair) % limit


def _numbers(seed: bytes) -> Iterator[int]:
    for counter in count():
        block = sha256(seed + counter.to_bytes(8)).digest()
        yield from (int.from_bytes(block[place : place + 8]) for place in range(0, len(block), 8))
