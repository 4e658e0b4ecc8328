"""What a person can wish for a game of bingo."""

from numirror.kernel.decider import Command
from numirror.kernel.sheet import SheetView


class NewGame(Command, frozen=True):
    """Fixes the seed of the next game, before its goals are. The seed comes from the command's id."""


class TakeGoals(Command, frozen=True):
    """The goals are the rows of the Bingo tab."""

    sheet: SheetView = SheetView()


class WriteGoals(Command, frozen=True):
    """The goals as typed, one a line: `Read a book #reading x3`."""

    goals: str = ""


class StartGame(Command, frozen=True):
    """`word` is anything that the person likes: it has its part in the draw.

    `goals` are those that stand typed beside the button; without any, those that were taken.
    """

    size: int = 5
    word: str = ""
    goals: str = ""


class JoinGame(Command, frozen=True):
    """`code` is what a friend's game shows to share it."""

    code: str = ""


class TickSquare(Command, frozen=True):
    game_id: str
    square: int


class UntickSquare(Command, frozen=True):
    game_id: str
    square: int


class FinishGame(Command, frozen=True):
    game_id: str


COMMANDS = (NewGame, TakeGoals, WriteGoals, StartGame, JoinGame, TickSquare, UntickSquare, FinishGame)

BingoCommand = NewGame | TakeGoals | WriteGoals | StartGame | JoinGame | TickSquare | UntickSquare | FinishGame
