"""The offline checker: it agrees with honest exports, and says what does not fit in altered ones."""

import json
import runpy
import zipfile
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import msgspec
import pytest

from numirror.domains.bingo import DOMAIN
from numirror.domains.bingo.commands import (
    BingoCommand,
    FinishGame,
    JoinGame,
    NewGame,
    StartGame,
    TickSquare,
    WriteGoals,
)
from numirror.domains.bingo.decider import DECIDER, Game, code_of
from numirror.domains.bingo.events import TaskDone, TaskNamed, TaskOpenAgain
from numirror.kernel.codec import Codec
from numirror.kernel.decider import Event
from tests.domains.test_bingo import NOW, SPACE

CHECKER = Path(__file__).parents[2] / "docs" / "bingo_check.py"
CODEC = Codec(DOMAIN)
GOALS = "Move #sport x2\n" + "\n".join(f"Goal {n}" for n in range(7))
TASKS = {"tasks.task_added": TaskNamed, "tasks.task_completed": TaskDone, "tasks.task_reopened": TaskOpenAgain}

main = runpy.run_path(str(CHECKER))["main"]


class Player:
    """A log that grows by commands and by tasks, a minute each."""

    def __init__(self, seconds: int = 0) -> None:
        self.state, self.events, self._seconds = DECIDER.initial, list[dict[str, Any]](), seconds

    @property
    def game(self) -> Game:
        assert self.state.game is not None
        return self.state.game

    def wish(self, command: type[BingoCommand], **fields: Any) -> None:
        known = {"command_id": uuid5(SPACE, f"{self._seconds} {len(self.events)}"), "now": NOW, "zone": "Etc/UTC"}
        for event in DECIDER.decide(self.state, command(**known, **fields)):
            made = CODEC.encode(event)
            self._put(event, made.type, known["command_id"], msgspec.json.decode(made.data))

    def task(self, kind: str, task_id: str, **data: str) -> None:
        self._put(TASKS[kind](entity_id=task_id, **data), kind, SPACE, {"entity_id": task_id, **data})

    def _put(self, event: Event, kind: str, command_id: UUID, data: object) -> None:
        self.state = DECIDER.evolve(self.state, event)
        at = NOW + timedelta(minutes=len(self.events), seconds=self._seconds)
        self.events.append(
            {
                "position": len(self.events) + 1, "type": kind, "entity_id": event.entity_id,
                "command_id": str(command_id), "occurred_at": at.isoformat(), "data": data,
            }
        )  # fmt: skip

    def tick(self, *goals: str) -> None:
        for goal in goals:
            square = next(n for n in range(9) if (found := self.game.goal(n)) and found.text == goal)
            self.wish(TickSquare, game_id=self.game.game_id, square=square)

    def export(self, path: Path) -> str:
        with zipfile.ZipFile(path, "w") as file:
            file.writestr("log.ndjson", "".join(json.dumps(event) + "\n" for event in self.events))
        return str(path)


def row(player: Player, number: int) -> list[str]:
    return [goal.text for n in range(number * 3 - 3, number * 3) if (goal := player.game.goal(n))]


@pytest.fixture
def players() -> tuple[Player, Player]:
    """Two who played the same card: the first ticked row 1 by hand at once, the second with a task among it."""
    mine, theirs = Player(), Player(30)
    mine.wish(NewGame)
    mine.wish(WriteGoals, goals=GOALS)
    mine.wish(StartGame, size=3, word="ours")
    theirs.wish(JoinGame, code=code_of(mine.game))
    mine.tick(*row(mine, 1))
    for n in range(3):
        theirs.task("tasks.task_added", f"t{n}", title="Run #sport")
        theirs.task("tasks.task_completed", f"t{n}")
    theirs.task("tasks.task_reopened", "t0")
    theirs.tick(*(goal for goal in (*row(mine, 1), *row(mine, 3)) if goal != "Move"))
    mine.task("tasks.task_added", "m", title="Nothing #much")
    mine.wish(FinishGame, game_id=mine.game.game_id)
    theirs.wish(FinishGame, game_id=theirs.game.game_id)
    return mine, theirs


def test_honest_exports_fit_and_tell_who_had_more(
    players: tuple[Player, Player], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine, theirs = (player.export(tmp_path / f"{n}.numirror") for n, player in enumerate(players))
    assert main([mine, theirs]) == 0
    said = capsys.readouterr().out
    assert said.count("All fits.") == 2
    assert f"{mine}: 1 lines, finished at" in said
    assert f"{theirs}: 5 lines, finished at" in said
    assert main([theirs, mine]) == main([mine]) == 0


def _data(kind: str, **changes: Any) -> Callable[[Player], None]:
    def change(player: Player) -> None:
        next(event for event in player.events if event["type"] == kind)["data"].update(changes)

    return change


def _another_click(player: Player) -> None:
    player.events[0]["command_id"] = str(uuid5(SPACE, "another"))


def _seed_after_the_game(player: Player) -> None:
    player.events[0], player.events[2] = player.events[2], player.events[0]


def _chosen_card(player: Player) -> None:
    started = player.events[2]["data"]
    started["squares"] = list(reversed(started["squares"]))


def _forgotten_tick(player: Player) -> None:
    player.events.remove(next(event for event in player.events if event["type"] == "bingo.square_ticked"))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (_data("bingo.seed_committed", commitment="0" * 64), "was not fixed before"),
        (_seed_after_the_game, "was not fixed before"),
        (_another_click, "by the click"),
        (_chosen_card, "not what seed, word and goals draw"),
        (_data("bingo.game_finished", ticked=list(range(9))), "not those that were ticked"),
        (_forgotten_tick, "not those that were ticked"),
    ],
)
def test_an_altered_export_does_not_fit(
    players: tuple[Player, Player],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    change: Callable[[Player], None],
    why: str,
) -> None:
    change(players[0])
    paths = [player.export(tmp_path / f"{n}.numirror") for n, player in enumerate(players)]
    assert main(paths) == 1
    assert why in capsys.readouterr().out


def test_a_seed_of_ones_own_choice_does_not_fit_even_with_its_commitment(
    players: tuple[Player, Player], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = b"\x01" * 32
    mine = players[0]
    _data("bingo.seed_committed", commitment=sha256(seed).hexdigest())(mine)
    _data("bingo.game_started", seed=seed.hex())(mine)
    assert main([mine.export(tmp_path / "mine.numirror")]) == 1
    assert "by the click" in capsys.readouterr().out


@pytest.mark.parametrize("change", [{"word": "mine"}, {"goals": [["x", "", 1]] * 8}, {"seed": "0" * 64}])
def test_games_that_are_not_the_same_are_not_compared(
    players: tuple[Player, Player], tmp_path: Path, change: dict[str, Any]
) -> None:
    _data("bingo.game_joined", **change)(players[1])
    paths = [player.export(tmp_path / f"{n}.numirror") for n, player in enumerate(players)]
    with pytest.raises(SystemExit, match="no finished game that is in each"):
        main(paths)
