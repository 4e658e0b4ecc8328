"""What a wish leads to in bingo."""

from datetime import date
from typing import TypeVar, assert_never

from numirror.domains.bingo.commands import (
    BingoCommand,
    FinishGame,
    JoinGame,
    NewGame,
    StartGame,
    TakeGoals,
    TickSquare,
    UntickSquare,
    WriteGoals,
)
from numirror.domains.bingo.decider.board import draw, goals_needed
from numirror.domains.bingo.decider.evolving import evolve
from numirror.domains.bingo.decider.seeds import commitment_of, drawing_seed, seed_of
from numirror.domains.bingo.decider.sharing import Shared, read_code
from numirror.domains.bingo.decider.state import SIZES, Bingo, Game
from numirror.domains.bingo.decider.wording import sheet_goals, tidied_word, typed_goals
from numirror.domains.bingo.events import (
    GameFinished,
    GameJoined,
    GameStarted,
    Goal,
    GoalsTaken,
    SeedCommitted,
    SquareTicked,
    SquareUnticked,
    StoredEvent,
)
from numirror.kernel.day import local_day
from numirror.kernel.decider import Decider
from numirror.kernel.errors import Refused
from numirror.kernel.ids import entity_id

_Begun = TypeVar("_Begun", GameStarted, GameJoined)

_GOALS = "goals"
"""The list of goals is one thing, whatever the game."""


def decide(state: Bingo, command: BingoCommand) -> tuple[StoredEvent, ...]:
    """What a wish leads to; () if it is so already. Raises `Refused` with a sentence for the user."""
    match command:
        case NewGame():
            return _commit(state, entity_id(command.command_id))
        case TakeGoals():
            return _take(state, sheet_goals(command.sheet))
        case WriteGoals():
            return _take(state, typed_goals(command.goals))
        case StartGame():
            return _start(state, command)
        case JoinGame():
            return _join(state, command)
        case TickSquare() | UntickSquare():
            return _mark(state, command)
        case FinishGame():
            return _finish(state, command)
        case _:
            assert_never(command)


DECIDER = Decider(initial=Bingo(), decide=decide, evolve=evolve)


def _commit(state: Bingo, game_id: str) -> tuple[StoredEvent, ...]:
    """A seed that is fixed stays until a game has shown it: else one could be drawn until it pleases."""
    if state.pending is not None:
        return ()
    _check_unused(state, game_id)
    _check_free(state)
    return (SeedCommitted(entity_id=game_id, commitment=commitment_of(seed_of(game_id))),)


def _take(state: Bingo, goals: tuple[Goal, ...]) -> tuple[StoredEvent, ...]:
    return () if goals == state.goals else (GoalsTaken(entity_id=_GOALS, goals=goals),)


def _start(state: Bingo, command: StartGame) -> tuple[StoredEvent, ...]:
    word, game = tidied_word(command.word), state.running
    if game and not game.is_joined and state.pending is None and (game.size, game.word) == (command.size, word):
        return ()
    _check_free(state)
    if state.pending is None:
        raise Refused("No seed is fixed yet. Open Bingo and press New game first.")
    goals = typed_goals(command.goals) if command.goals.strip() else state.goals
    _check_goals(command.size, len(goals))
    shared = Shared(command.size, seed_of(state.pending.game_id), word, goals)
    return (*_take(state, goals), _begun(GameStarted, state.pending.game_id, shared, _today(command)))


def _begun(made: type[_Begun], game_id: str, shared: Shared, on: date) -> _Begun:
    squares = draw(drawing_seed(shared.seed, shared.word), len(shared.goals), shared.size)
    return made(
        entity_id=game_id,
        size=shared.size,
        seed=shared.seed,
        word=shared.word,
        goals=shared.goals,
        squares=squares,
        on=on,
    )


def _check_goals(size: int, count: int) -> None:
    if size not in SIZES:
        raise Refused(f"A card has {SIZES[0]} to {SIZES[-1]} squares a side. Choose one of these sizes.")
    missing = goals_needed(size) - count
    if missing > 0:
        raise Refused(
            f"A {size} by {size} card takes {goals_needed(size)} goals; there are {count}."
            f" Add {missing} more, or choose a smaller card."
        )


def _join(state: Bingo, command: JoinGame) -> tuple[StoredEvent, ...]:
    game_id, shared, game = entity_id(command.command_id), read_code(command.code), state.running
    if game and game.is_joined and (game.seed, game.word, game.size) == (shared.seed, shared.word, shared.size):
        return ()
    _check_unused(state, game_id)
    _check_free(state)
    return (_begun(GameJoined, game_id, shared, _today(command)),)


def _mark(state: Bingo, command: TickSquare | UntickSquare) -> tuple[StoredEvent, ...]:
    game, square, wanted = _running(state, command.game_id), command.square, isinstance(command, TickSquare)
    if not 0 <= square < len(game.squares):
        raise Refused("There is no such square on this card. Refresh to see it as it is.")
    if game.goal(square) is None:
        raise Refused("The middle is free: it is ticked from the start. Choose another square.")
    if game.is_ticked(square) == wanted:
        return ()
    made = SquareTicked if wanted else SquareUnticked
    return (made(entity_id=game.game_id, square=square),)


def _finish(state: Bingo, command: FinishGame) -> tuple[StoredEvent, ...]:
    if any(past.game_id == command.game_id for past in state.past):
        return ()
    game = _running(state, command.game_id)
    return (GameFinished(entity_id=game.game_id, ticked=game.ticked, on=_today(command)),)


def _running(state: Bingo, game_id: str) -> Game:
    game = state.running
    if game is None or game.game_id != game_id:
        raise Refused("This game is over. Refresh to see how things are.")
    return game


def _check_free(state: Bingo) -> None:
    if state.running:
        raise Refused("A game is on already. Finish it first; it stays in the list of games.")


def _check_unused(state: Bingo, game_id: str) -> None:
    """All buttons of one card share what ids are made of, so an old card would begin an old game again."""
    known = {past.game_id for past in state.past} | {state.game.game_id if state.game else ""}
    if game_id in known:
        raise Refused("This button has begun a game already. Refresh, and use the new button.")


def _today(command: BingoCommand) -> date:
    return local_day(command.now, command.zone)
