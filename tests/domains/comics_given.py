"""What the tests of comics begin with: clicks, comics that wait, scripts."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from numirror.domains.comics.commands import ComicCommand
from numirror.domains.comics.decider import DECIDER
from numirror.domains.comics.decider.state import Comics
from numirror.domains.comics.events import (
    ComicEvent,
    ComicFailed,
    ComicRequested,
    Line,
    ScriptPanel,
    ScriptWritten,
    StoryHeard,
    StoryUnheard,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ID = "a" * 16
Heard = ComicEvent | StoryHeard | StoryUnheard


def when(click: int = 1) -> dict[str, Any]:
    return {"command_id": uuid5(UUID(int=7), str(click)), "now": NOW, "zone": "Etc/UTC"}


def folded(*events: Heard) -> Comics:
    return DECIDER.fold(DECIDER.initial, events)


def decided(given_events: list[Heard], command: ComicCommand) -> tuple[ComicEvent, ...]:
    return DECIDER.decide(folded(*given_events), command)


def requested(comic_id: str = ID, inputs: str = "i", minute: int = 0) -> ComicRequested:
    return ComicRequested(
        entity_id=comic_id, inputs=inputs, source="Guests, row 2", material=(("Name", "Ada"),), panels=4, pages=1,
        style="", at=NOW + timedelta(minutes=minute),
    )  # fmt: skip


PANEL = ScriptPanel(1, "park", (Line("Ada", "Hi."), Line("Bo", "", pose="waving")), "BANG", "Later")


def script_written(comic_id: str = ID, panel: ScriptPanel = PANEL, count: int = 3) -> ScriptWritten:
    return ScriptWritten(
        entity_id=comic_id, attempt=1, title="Ada", panels=(panel,) * count, model="m", input_tokens=1,
        output_tokens=2, micros=3, at=NOW,
    )  # fmt: skip


def failed(comic_id: str = ID) -> ComicFailed:
    return ComicFailed(entity_id=comic_id, attempt=1, sentence="Away.", at=NOW)
