"""What a fact changes in bingo."""

from typing import assert_never

import msgspec

from numirror.domains.bingo.decider.state import PAST_KEPT, Bingo, Game, Mark, Past, Pending
from numirror.domains.bingo.decider.tasks import heard
from numirror.domains.bingo.events import (
    BingoEvent,
    GameFinished,
    GameJoined,
    GameStarted,
    GoalsTaken,
    SeedCommitted,
    SquareTicked,
    SquareUnticked,
    TaskDone,
    TaskDropped,
    TaskNamed,
    TaskOpenAgain,
)


def evolve(state: Bingo, event: BingoEvent) -> Bingo:
    """The state after a fact. A fact about a game that is not at hand any more changes nothing."""
    match event:
        case SeedCommitted():
            return msgspec.structs.replace(state, pending=Pending(event.entity_id, event.commitment))
        case GoalsTaken():
            return msgspec.structs.replace(state, goals=event.goals)
        case GameStarted():
            return msgspec.structs.replace(state, pending=None, game=_drawn(event))
        case GameJoined():
            return msgspec.structs.replace(state, game=_drawn(event))
        case SquareTicked() | SquareUnticked():
            return _mark(state, event)
        case GameFinished():
            return _finish(state, event)
        case TaskNamed() | TaskDone() | TaskDropped() | TaskOpenAgain():
            return heard(state, event)
        case _:
            assert_never(event)


def _drawn(event: GameStarted | GameJoined) -> Game:
    return Game(
        game_id=event.entity_id,
        size=event.size,
        seed=event.seed,
        word=event.word,
        goals=event.goals,
        on=event.on,
        squares=event.squares,
        marks=(Mark(),) * len(event.squares),
        is_joined=isinstance(event, GameJoined),
    )


def _mark(state: Bingo, event: SquareTicked | SquareUnticked) -> Bingo:
    game = state.running
    if game is None or game.game_id != event.entity_id or not 0 <= event.square < len(game.marks):
        return state
    marks = list(game.marks)
    marks[event.square] = Mark(marks[event.square].progress, isinstance(event, SquareTicked))
    return msgspec.structs.replace(state, game=msgspec.structs.replace(game, marks=tuple(marks)))


def _finish(state: Bingo, event: GameFinished) -> Bingo:
    game = state.running
    if game is None or game.game_id != event.entity_id:
        return state
    past = Past(game.game_id, game.size, game.on, event.on, len(game.ticked), len(game.lines))
    finished = msgspec.structs.replace(game, finished_on=event.on)
    return msgspec.structs.replace(state, game=finished, past=(past, *state.past)[:PAST_KEPT])
