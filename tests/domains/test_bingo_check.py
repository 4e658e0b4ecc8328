"""The offline checker: it agrees with honest exports, and says what does not fit in altered ones."""

import random
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid5

import pytest

from numirror.domains.bingo.commands import (
    FinishGame,
    JoinGame,
    NewGame,
    StartGame,
    TickSquare,
    UntickSquare,
    WriteGoals,
)
from numirror.domains.bingo.decider import code_of
from numirror.domains.tasks.commands import AddTask, CompleteTask, DeleteTask, RenameTask, ReopenTask
from numirror.kernel.errors import Refused
from tests.domains.bingo_player import Player
from tests.domains.test_bingo import SPACE

CHECKER = Path(__file__).parents[2] / "docs" / "bingo_check.py"
GOALS = "Move #sport x2\n" + "\n".join(f"Goal {n}" for n in range(7))


def check(*exports: str) -> tuple[int, str]:
    """The exit code of the checker and all that it says, by Python alone: neither our packages nor others'."""
    ran = subprocess.run([sys.executable, "-IS", CHECKER, *exports], capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout + ran.stderr


def exports(players: tuple[Player, ...], folder: Path) -> list[str]:
    return [player.export(folder / f"{n}.numirror") for n, player in enumerate(players)]


def begin(player: Player, goals: str = GOALS) -> None:
    player.wish("bingo", NewGame)
    player.wish("bingo", WriteGoals, goals=goals)
    player.wish("bingo", StartGame, size=3, word="ours")


def finish(player: Player) -> None:
    player.wish("bingo", FinishGame, game_id=player.game.game_id)


@pytest.fixture
def players() -> tuple[Player, Player]:
    """Two who played the same card: the first ticked row 1 by hand at once, the second with tasks among it."""
    mine, theirs = Player(), Player(30)
    before = theirs.add("Run #sport")
    theirs.wish("tasks", CompleteTask, task_id=before)
    begin(mine)
    theirs.wish("bingo", JoinGame, code=code_of(mine.game))
    mine.tick(*mine.row(1))
    done = [theirs.add(f"Run {n} #sport") for n in range(3)]
    for task in done:
        theirs.wish("tasks", CompleteTask, task_id=task)
    for task in (before, done[0]):
        theirs.wish("tasks", ReopenTask, task_id=task)
    theirs.tick(*(goal for goal in (*mine.row(1), *mine.row(3)) if goal != "Move"))
    mine.add("Nothing #much")
    finish(mine)
    finish(theirs)
    return mine, theirs


def test_honest_exports_fit_and_tell_who_had_more(players: tuple[Player, Player], tmp_path: Path) -> None:
    mine, theirs = exports(players, tmp_path)
    code, said = check(mine, theirs)
    assert (code, said.count("All fits.")) == (0, 2)
    assert f"{mine}: 1 lines, finished at 2026-11-22T23:37" in said
    assert f"{theirs}: 5 lines, finished at" in said
    assert check(theirs, mine)[0] == check(mine)[0] == 0


def test_a_seed_that_nobody_fixed_does_not_fit_however_many_joined(
    players: tuple[Player, Player], tmp_path: Path
) -> None:
    _, theirs = exports(players, tmp_path)
    code, said = check(theirs, theirs)
    assert (code, "In none of these exports was the seed fixed before" in said) == (1, True)


TITLES = ("Run #sport", "Both #Sport #read", "Read #read", "Nothing")
WISHES = (
    CompleteTask,
    CompleteTask,
    CompleteTask,
    ReopenTask,
    RenameTask,
    DeleteTask,
    AddTask,
    TickSquare,
    UntickSquare,
)


@pytest.mark.parametrize("luck", range(8))
def test_whatever_happened_to_tasks_and_squares_it_counts_as_the_game_did(luck: int, tmp_path: Path) -> None:
    chance, player = random.Random(luck), Player()
    tasks = [player.add(chance.choice(TITLES)) for _ in range(6)]
    for _ in range(2):
        begin(player, "Move #sport x3\nTurn pages #read\n" + GOALS.partition("\n")[2])
        for _ in range(60):
            wish, game = chance.choice(WISHES), player.game.game_id
            known = {"task_id": chance.choice(tasks), "title": chance.choice(TITLES)}
            fields = {"game_id": game, "square": chance.randrange(9)} if wish in (TickSquare, UntickSquare) else known
            with suppress(Refused):
                if wish is AddTask:
                    tasks.append(player.add(known["title"]))
                else:
                    wanted = {name: value for name, value in fields.items() if name in wish.__struct_fields__}
                    player.wish("bingo" if "game_id" in wanted else "tasks", wish, **wanted)
        finish(player)
    code, said = check(player.export(tmp_path / "mine.numirror"))
    assert (code, "All fits." in said) == (0, True), said


def test_it_reads_the_tags_of_a_title_as_the_game_does(tmp_path: Path) -> None:
    player = Player()
    early = player.add("Too early #early")
    player.wish("tasks", CompleteTask, task_id=early)
    begin(
        player,
        "\n".join(f"Goal of {tag} #{tag}" for tag in ("read", "e", "six", "no", "early", "twice x2", "a", "nobody")),
    )
    for title in ("#READ-", "#1 #a #b #c #d #e #six", "x#no", "#twice #twice"):
        player.wish("tasks", CompleteTask, task_id=player.add(title))
    ticked = {goal.tag for square in player.game.ticked if (goal := player.game.goal(square))}
    assert ticked == {"read", "e", "a"}
    finish(player)
    code, said = check(player.export(tmp_path / "mine.numirror"))
    assert (code, "All fits." in said) == (0, True), said


def _last(player: Player, kind: str) -> dict[str, Any]:
    return next(event for event in reversed(player.events) if event["type"] == kind)


def _data(kind: str, **changes: Any) -> Callable[[Player], None]:
    def change(player: Player) -> None:
        _last(player, kind)["data"].update(changes)

    return change


def _another_click(player: Player) -> None:
    player.events[0]["command_id"] = str(uuid5(SPACE, "another"))


def _seed_after_the_game(player: Player) -> None:
    player.events[0], player.events[2] = player.events[2], player.events[0]


def _chosen_card(player: Player) -> None:
    started = player.events[2]["data"]
    started["squares"] = list(reversed(started["squares"]))


def _forgotten(kind: str) -> Callable[[Player], None]:
    def change(player: Player) -> None:
        player.events.remove(_last(player, kind))

    return change


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (_data("bingo.seed_committed", commitment="0" * 64), "was the seed fixed before"),
        (_seed_after_the_game, "was the seed fixed before"),
        (_another_click, "was the seed fixed before"),
        (_chosen_card, "not what seed, word and goals draw"),
        (_data("bingo.game_finished", ticked=list(range(9))), "not what hands and tasks ticked"),
        (_forgotten("bingo.square_ticked"), "not what hands and tasks ticked"),
    ],
)
def test_an_altered_export_does_not_fit(
    players: tuple[Player, Player], tmp_path: Path, change: Callable[[Player], None], why: str
) -> None:
    change(players[0])
    code, said = check(*exports(players, tmp_path))
    assert (code, why in said) == (1, True), said


@pytest.mark.parametrize("change", [_forgotten("tasks.task_completed"), _data("tasks.task_added", title="Run")])
def test_a_square_that_ticked_itself_needs_its_tasks(
    players: tuple[Player, Player], tmp_path: Path, change: Callable[[Player], None]
) -> None:
    change(players[1])
    code, said = check(*exports(players, tmp_path))
    square = next(n for n in range(9) if (goal := players[1].game.goal(n)) and goal.text == "Move")
    assert (code, f"squares [{square}] are not what hands and tasks ticked" in said) == (1, True), said


def test_a_seed_of_ones_own_choice_does_not_fit_even_with_its_commitment(
    players: tuple[Player, Player], tmp_path: Path
) -> None:
    seed = b"\x01" * 32
    mine = players[0]
    _data("bingo.seed_committed", commitment=sha256(seed).hexdigest())(mine)
    _data("bingo.game_started", seed=seed.hex())(mine)
    code, said = check(mine.export(tmp_path / "mine.numirror"))
    assert (code, "was the seed fixed before, by a click" in said) == (1, True)


@pytest.mark.parametrize("change", [{"word": "mine"}, {"goals": [["x", "", 1]] * 8}, {"seed": "0" * 64}])
def test_games_that_are_not_the_same_are_not_compared(
    players: tuple[Player, Player], tmp_path: Path, change: dict[str, Any]
) -> None:
    _data("bingo.game_joined", **change)(players[1])
    code, said = check(*exports(players, tmp_path))
    assert (code, "no finished game that is in each" in said) == (1, True)
