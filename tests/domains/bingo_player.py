"""Somebody who plays bingo and has tasks: their wishes make a log, and the log an export."""

import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid5

import msgspec

from numirror import catalog
from numirror.domains.bingo.commands import TickSquare
from numirror.domains.bingo.decider import Bingo, Game
from numirror.domains.tasks.commands import AddTask
from numirror.domains.tasks.decider import Tasks
from numirror.kernel.decider import Command
from numirror.kernel.ids import entity_id
from tests.domains.test_bingo import NOW, SPACE


class Player:
    """A log that grows by wishes, an event a minute."""

    def __init__(self, seconds: int = 0) -> None:
        self.events = list[dict[str, Any]]()
        self.bingo: Bingo = catalog.BY_NAME["bingo"].decider.initial
        self.tasks: Tasks = catalog.BY_NAME["tasks"].decider.initial
        self._seconds, self._wishes = seconds, 0

    @property
    def game(self) -> Game:
        assert self.bingo.game is not None
        return self.bingo.game

    def wish(self, name: str, command: type[Command], **fields: Any) -> None:
        """A command to the domain of this name. Raises `Refused`."""
        self._wishes += 1
        known = {"command_id": uuid5(SPACE, f"{self._seconds} {self._wishes}"), "now": NOW, "zone": "Etc/UTC"}
        for event in catalog.BY_NAME[name].decider.decide(getattr(self, name), command(**known, **fields)):
            for listener in ("bingo", "tasks"):
                if heard := catalog.heard(catalog.BY_NAME[listener], name, event):
                    evolve = catalog.BY_NAME[listener].decider.evolve
                    setattr(self, listener, evolve(getattr(self, listener), heard))
            made = catalog.CODECS[name].encode(event)
            at = NOW + timedelta(minutes=len(self.events), seconds=self._seconds)
            self.events.append(
                {
                    "position": len(self.events) + 1, "type": made.type, "entity_id": made.entity_id,
                    "command_id": str(known["command_id"]), "occurred_at": at.isoformat(),
                    "data": msgspec.json.decode(made.data),
                }
            )  # fmt: skip

    def add(self, title: str) -> str:
        """The id of a new task."""
        self.wish("tasks", AddTask, title=title)
        return entity_id(uuid5(SPACE, f"{self._seconds} {self._wishes}"))

    def tick(self, *goals: str) -> None:
        for goal in goals:
            square = next(n for n in range(9) if (found := self.game.goal(n)) and found.text == goal)
            self.wish("bingo", TickSquare, game_id=self.game.game_id, square=square)

    def row(self, number: int) -> list[str]:
        """The goals of a row of a game of three by three."""
        return [goal.text for n in range(number * 3 - 3, number * 3) if (goal := self.game.goal(n))]

    def export(self, path: Path) -> str:
        with zipfile.ZipFile(path, "w") as file:
            file.writestr("log.ndjson", "".join(json.dumps(event) + "\n" for event in self.events))
        return str(path)
