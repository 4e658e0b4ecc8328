"""How games and squares are said."""

from datetime import date

from numirror.domains.bingo.decider import Game
from numirror.kernel.card import shortened
from numirror.kernel.wording import counted


def day_words(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def size_words(size: int) -> str:
    return f"{size} by {size}"


def standing(game: Game) -> str:
    """How far a game is: its lines, and its ticked squares."""
    if game.is_blackout:
        return "Blackout: every square is ticked"
    lines, ticked = len(game.lines), len(game.ticked)
    bingo = f"Bingo! {counted(lines, 'line')}, " if lines else ""
    return f"{bingo}{ticked:,} of {counted(len(game.squares), 'square')} ticked"


def square_words(game: Game, square: int, limit: int) -> str:
    """A square's goal and, where tasks count for it, how many did."""
    goal = game.goal(square)
    if goal is None:
        return "free"
    counts = f" {game.marks[square].progress}/{goal.count}" if goal.tag else ""
    return shortened(goal.text, limit - len(counts)) + counts
