"""What bingo remembers: the fixed seed, the goals, the game, the last games, and tasks that may tick squares."""

from datetime import date

import msgspec

from numirror.domains.bingo.decider.board import Line, lines
from numirror.domains.bingo.events import Goal

SIZES = (3, 4, 5, 6, 7)
PAST_KEPT = 20
TAGGED_KEPT = 500
CLOSED_KEPT = 20
"""So many tasks, closed last, can be reopened."""


class Pending(msgspec.Struct, frozen=True):
    """A seed that is fixed and not shown yet."""

    game_id: str
    commitment: str


class Mark(msgspec.Struct, frozen=True, array_like=True):
    """How a square stands: the tasks that counted for it, and what was last done by hand, which goes before."""

    progress: int = 0
    by_hand: bool | None = None


class Game(msgspec.Struct, frozen=True):
    """`squares` has for each square the place of its goal, None for the free middle; `marks` how each stands."""

    game_id: str
    size: int
    seed: str
    word: str
    goals: tuple[Goal, ...]
    on: date
    squares: tuple[int | None, ...]
    marks: tuple[Mark, ...]
    is_joined: bool = False
    finished_on: date | None = None

    def goal(self, square: int) -> Goal | None:
        """The goal of a square; None for the free middle."""
        place = self.squares[square]
        return None if place is None else self.goals[place]

    def is_ticked(self, square: int) -> bool:
        goal, mark = self.goal(square), self.marks[square]
        if goal is None or mark.by_hand is not None:
            return goal is None or bool(mark.by_hand)
        return bool(goal.tag) and mark.progress >= goal.count

    @property
    def ticked(self) -> tuple[int, ...]:
        """The ticked squares, the free middle included."""
        return tuple(square for square in range(len(self.squares)) if self.is_ticked(square))

    @property
    def lines(self) -> tuple[Line, ...]:
        """The complete lines."""
        return lines(self.ticked, self.size)

    @property
    def is_blackout(self) -> bool:
        """Whether every square is ticked."""
        return len(self.ticked) == len(self.squares)


class Past(msgspec.Struct, frozen=True, array_like=True):
    """A finished game in short."""

    game_id: str
    size: int
    on: date
    finished_on: date
    ticked: int
    lines: int


class ClosedTask(msgspec.Struct, frozen=True, array_like=True):
    """A task that was closed, and the game that it counted in: none if it was deleted, or no game was on."""

    task_id: str
    tags: tuple[str, ...]
    game_id: str


class Bingo(msgspec.Struct, frozen=True):
    """`tasks` has the tags of open tasks that have some. `past` and `closed` have the newest first."""

    pending: Pending | None = None
    goals: tuple[Goal, ...] = ()
    game: Game | None = None
    past: tuple[Past, ...] = ()
    tasks: dict[str, tuple[str, ...]] = {}
    closed: tuple[ClosedTask, ...] = ()

    @property
    def running(self) -> Game | None:
        """The game that is being played."""
        return self.game if self.game and self.game.finished_on is None else None
