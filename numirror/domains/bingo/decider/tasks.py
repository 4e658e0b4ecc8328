"""How tasks tick squares: each one that is done counts for the goals whose tag it has."""

from typing import assert_never

import msgspec

from numirror.domains.bingo.decider.state import CLOSED_KEPT, TAGGED_KEPT, Bingo, ClosedTask, Game, Mark
from numirror.domains.bingo.events import TaskDone, TaskDropped, TaskNamed, TaskNotice, TaskOpenAgain
from numirror.kernel.tags import tags_of

_TAGS_KEPT = 5


def heard(state: Bingo, notice: TaskNotice) -> Bingo:
    """The state after something happened to a task. Tasks without a tag are no matter of bingo."""
    match notice:
        case TaskNamed():
            return _name(state, notice)
        case TaskDone() | TaskDropped():
            return _close(state, notice)
        case TaskOpenAgain():
            return _reopen(state, notice.entity_id)
        case _:
            assert_never(notice)


def _name(state: Bingo, notice: TaskNamed) -> Bingo:
    tags = tags_of(notice.title)[:_TAGS_KEPT]
    others = {task_id: known for task_id, known in state.tasks.items() if task_id != notice.entity_id}
    if tags and len(others) < TAGGED_KEPT:
        others[notice.entity_id] = tags
    return state if others == state.tasks else msgspec.structs.replace(state, tasks=others)


def _close(state: Bingo, notice: TaskDone | TaskDropped) -> Bingo:
    tags = state.tasks.get(notice.entity_id)
    if tags is None:
        return state
    game = state.running if isinstance(notice, TaskDone) else None
    closed = ClosedTask(notice.entity_id, tags, game.game_id if game else "")
    return msgspec.structs.replace(
        state,
        tasks={task_id: known for task_id, known in state.tasks.items() if task_id != notice.entity_id},
        closed=(closed, *state.closed)[:CLOSED_KEPT],
        game=_counted(game, tags, 1) if game else state.game,
    )


def _reopen(state: Bingo, task_id: str) -> Bingo:
    """A task that counted in this game does so no more; a finished game stays as it was."""
    closed = next((one for one in state.closed if one.task_id == task_id), None)
    if closed is None:
        return state
    game = state.running
    took_part = game is not None and game.game_id == closed.game_id
    return msgspec.structs.replace(
        state,
        tasks={**state.tasks, task_id: closed.tags},
        closed=tuple(one for one in state.closed if one is not closed),
        game=_counted(game, closed.tags, -1) if game and took_part else state.game,
    )


def _counted(game: Game, tags: tuple[str, ...], by: int) -> Game:
    marks = tuple(_moved(game, square, tags, by) for square in range(len(game.squares)))
    return msgspec.structs.replace(game, marks=marks)


def _moved(game: Game, square: int, tags: tuple[str, ...], by: int) -> Mark:
    goal, mark = game.goal(square), game.marks[square]
    if goal is None or goal.tag not in tags:
        return mark
    return Mark(mark.progress + by, mark.by_hand)
