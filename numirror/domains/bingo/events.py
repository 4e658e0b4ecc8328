"""What can happen to a game of bingo, and what it hears of tasks."""

from datetime import date

import msgspec

from numirror.kernel.decider import Event


class Goal(msgspec.Struct, frozen=True, array_like=True):
    """What a square stands for: ticked by itself after `count` tasks with the tag were done, if it has a tag."""

    text: str
    tag: str = ""
    count: int = 1


class SeedCommitted(Event, frozen=True):
    """From here on the seed of the next game is fixed: `commitment` is its sha256, in hex."""

    commitment: str


class GoalsTaken(Event, frozen=True):
    goals: tuple[Goal, ...]


class GameStarted(Event, frozen=True):
    """The seed is shown, in hex, and draws the card together with the word that the person chose after it was fixed.

    `squares` is the card, row by row: the place of each square's goal, None for the free middle.
    """

    size: int
    seed: str
    word: str
    goals: tuple[Goal, ...]
    squares: tuple[int | None, ...]
    on: date


class GameJoined(Event, frozen=True):
    """The same card as a friend's, out of their code."""

    size: int
    seed: str
    word: str
    goals: tuple[Goal, ...]
    squares: tuple[int | None, ...]
    on: date


class SquareTicked(Event, frozen=True):
    """By hand. Squares are counted row by row from 0."""

    square: int


class SquareUnticked(Event, frozen=True):
    square: int


class GameFinished(Event, frozen=True):
    """`ticked` are the squares at the end, the free middle included."""

    ticked: tuple[int, ...]
    on: date


class TaskNamed(Event, frozen=True):
    """A notice: a task is open under this title."""

    title: str


class TaskDone(Event, frozen=True):
    """A notice: a task was completed."""


class TaskDropped(Event, frozen=True):
    """A notice: a task was deleted."""


class TaskOpenAgain(Event, frozen=True):
    """A notice: a done or deleted task is open again."""


EVENTS = (SeedCommitted, GoalsTaken, GameStarted, GameJoined, SquareTicked, SquareUnticked, GameFinished)

StoredEvent = SeedCommitted | GoalsTaken | GameStarted | GameJoined | SquareTicked | SquareUnticked | GameFinished
TaskNotice = TaskNamed | TaskDone | TaskDropped | TaskOpenAgain
BingoEvent = StoredEvent | TaskNotice
