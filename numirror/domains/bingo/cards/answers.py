"""What is said after a command, and what is shown then."""

from typing import assert_never

from numirror.domains.bingo.events import (
    GameFinished,
    GameJoined,
    GameStarted,
    GoalsTaken,
    SeedCommitted,
    SquareTicked,
    SquareUnticked,
    StoredEvent,
)
from numirror.kernel.card import Show


def said(events: tuple[StoredEvent, ...]) -> str:
    """The sentence after a command."""
    if not events:
        return "It is so already."
    match events[-1]:
        case SeedCommitted():
            return "The seed is fixed. Now the goals."
        case GoalsTaken(goals=goals):
            return f"{len(goals):,} goals taken."
        case GameStarted():
            return "The card is drawn. Good luck!"
        case GameJoined():
            return "The same card as your friend's. Good luck!"
        case SquareTicked():
            return "Ticked."
        case SquareUnticked():
            return "No longer ticked."
        case GameFinished():
            return "Finished. The game is in the list below."
        case _:
            assert_never(events[-1])


def after(events: tuple[StoredEvent, ...]) -> Show | None:
    """While a game is being prepared, the page for that."""
    return Show("new") if events and isinstance(events[-1], SeedCommitted | GoalsTaken) else None
