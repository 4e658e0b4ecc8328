"""Of every domain: what is drawn live is what a replay of the log gives, and each has something to show for it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

import msgspec
import psycopg
import pytest

from numirror import catalog
from numirror.domains.account.commands import ReserveCall, SettleCall
from numirror.domains.bingo.commands import NewGame, StartGame, TickSquare, WriteGoals
from numirror.domains.comics.commands import BeginScript, DrawStory, FailComic
from numirror.domains.social.commands import AskFriend, PublishPost
from numirror.domains.stories.commands import RecordStory, RequestStory
from numirror.domains.tasks.commands import AddTask, CompleteTask, ReopenTask
from numirror.kernel.decider import Command
from numirror.kernel.ids import entity_id
from numirror.kernel.mirror import Row
from numirror.kernel.sheet import SheetView
from numirror.shell.mirrors.redis import keys
from tests.follow.conftest import NOW, Life

SPACE = UUID("6f6e6c79-0000-4000-8000-746573747321")
SHEET = SheetView(("Guests",), "Guests", (("Name", "Likes"), ("Ada", "bees")))


class Doings:
    """One command after the other, a minute apart."""

    def __init__(self, ada: Life) -> None:
        self._ada = ada
        self._count = 0

    def __call__(self, domain: str, command: type[Command], **fields: Any) -> str:
        """Does it, and answers with the id of the one new thing that it makes."""
        self._count += 1
        command_id = uuid5(SPACE, str(self._count))
        made = command(command_id=command_id, now=NOW + timedelta(minutes=self._count), zone="Europe/Berlin", **fields)
        visit, heads = self._ada.enter()
        assert self._ada.handler.handle(visit, heads, catalog.BY_NAME[domain], made).events
        return entity_id(command_id)


@pytest.fixture
def lived(ada: Life) -> Life:
    """Ada has done something in every domain."""
    do = Doings(ada)
    run, buy = (do("tasks", AddTask, title=title) for title in ("Run #sport", "Buy bread #shop"))
    game = do("bingo", NewGame)
    do("bingo", WriteGoals, goals="\n".join(["Move #sport x1", *(f"Goal {number}" for number in range(7))]))
    do("bingo", StartGame, size=3, word="")
    for task in (run, buy):
        do("tasks", CompleteTask, task_id=task)
    do("tasks", ReopenTask, task_id=buy)
    do("bingo", TickSquare, game_id=game, square=0)
    do("social", AskFriend, address="bob@example.com", me="ada@example.com")
    do("social", PublishPost, text="Hello", only="all")
    do("account", ReserveCall, call_id="call", tokens=500, on_trial=False)
    do("account", SettleCall, call_id="call", input_tokens=100, output_tokens=50, micros=7, model="m")
    story = do("stories", RequestStory, tab="Guests", row="2", sheet=SHEET)
    do("stories", RecordStory, story_id=story, attempt=1, text="Bees\n\nAda liked bees.", model="m")
    comic = do("comics", DrawStory, story_id=story)
    do("comics", FailComic, comic_id=comic, attempt=1, sentence="The AI gave no script.")
    do("comics", BeginScript, title="By hand")
    return ada


def states(ada: Life) -> Mapping[str, bytes]:
    return {name: msgspec.json.encode(state) for name, state in ada.enter()[1].states.items()}


def rows(ada: Life) -> dict[str, list[tuple[Row, int]]]:
    changed = ada.stores.projections.changed
    return {table.name: changed(ada.tenant, table, 0, 1_000) for table in catalog.TABLES}


def forget_mirrors(ada: Life, database: str) -> None:
    ada.stores.models.delete(*keys(ada.tenant_hash, catalog.STREAMS))
    with psycopg.connect(database) as sql:
        sql.execute("select nu.enter('ada@example.com')")
        for name in ("checkpoint", *(table.name for table in catalog.TABLES)):
            sql.execute(f"delete from nu.{name}")


def test_a_replay_gives_the_states_and_rows_that_were_drawn_live(lived: Life, database: str) -> None:
    live = states(lived)
    lived.follow()
    drawn = rows(lived)
    assert states(lived) == live
    forget_mirrors(lived, database)
    assert states(lived) == live
    lived.follow()
    assert rows(lived) == drawn
    assert states(lived) == live


def test_every_domain_has_a_state_and_every_table_a_row(lived: Life) -> None:
    lived.follow()
    heads = lived.enter()[1]
    assert [domain.name for domain in catalog.DOMAINS if heads.states[domain.name] == domain.decider.initial] == []
    assert [name for name, found in rows(lived).items() if not found] == []


def test_every_tab_takes_the_rows_of_its_table(lived: Life) -> None:
    lived.follow()
    drawn = rows(lived)
    for tab in catalog.TABS:
        shown = [cells for row, _ in drawn[tab.table.name] if (cells := tab.cells(row)) is not None]
        assert shown, tab.title
        assert {len(cells) for cells in shown} == {len(tab.columns)}
        assert all(isinstance(cell, str | int | float | bool) for cells in shown for cell in cells)
