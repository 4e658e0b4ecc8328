"""Wishes for stories: of one row, or of all that are marked. The same inputs lead to the story that is there."""

from hashlib import sha256

import msgspec

from numirror.domains.stories.commands import RequestStory, TellMarked
from numirror.domains.stories.decider.asking import LENGTHS, TONES, is_language
from numirror.domains.stories.decider.state import Stories
from numirror.domains.stories.events import StoryAskedAgain, StoryEvent, StoryRequested
from numirror.kernel.errors import Refused
from numirror.kernel.ids import entity_id
from numirror.kernel.picking import check_tab, chosen_row
from numirror.kernel.rows import SheetRow, filled_rows

WAITING_LIMIT = 20
"""Stories that may wait for an AI at once."""


def one(state: Stories, command: RequestStory) -> tuple[StoryEvent, ...]:
    """A wish for one row."""
    story_id = entity_id(command.command_id)
    if state.get(story_id):
        return ()
    _check(command)
    row = chosen_row(command.sheet, command.tab, command.row, command.number, to="tell")
    inputs = _digest(command, row)
    if known := state.made_of(inputs):
        return (StoryAskedAgain(entity_id=known.story_id),)
    check_room(state)
    return (_wish(command, row, inputs, story_id),)


def marked(state: Stories, command: TellMarked) -> tuple[StoryEvent, ...]:
    """A wish for each marked row that has no such story yet, as many as there is room for."""
    _check(command)
    rows = [row for row in filled_rows(command.sheet) if row.is_marked]
    if not rows:
        raise Refused("No row is marked. Put an x into its column “Story”, then come back.")
    named = [(f"{command.command_id}:{row.number}", row) for row in rows]
    wishes = [_wish(command, row, _digest(command, row), _short_digest(name)) for name, row in named]
    if any(state.get(wish.entity_id) for wish in wishes):
        return ()
    new = {wish.inputs: wish for wish in wishes if not state.made_of(wish.inputs)}
    if new:
        check_room(state)
    return tuple(new.values())[: WAITING_LIMIT - len(state.waiting())]


def check_room(state: Stories) -> None:
    """Raise `Refused` where too many wait already."""
    if len(state.waiting()) >= WAITING_LIMIT:
        raise Refused(f"{WAITING_LIMIT} stories wait for your AI already. Wait for one, or stop one.")


def _check(command: RequestStory | TellMarked) -> None:
    check_tab(command.sheet, command.tab)
    if command.tone not in TONES or command.length not in LENGTHS:
        raise Refused("Choose a tone and a length from the lists.")
    if not is_language(command.language):
        raise Refused("Choose a language from the list.")


def _wish(command: RequestStory | TellMarked, row: SheetRow, inputs: str, story_id: str) -> StoryRequested:
    return StoryRequested(
        entity_id=story_id,
        inputs=inputs,
        tab=command.tab,
        row=row.number,
        tone=command.tone,
        length=command.length,
        language=command.language,
        cells=row.cells,
        at=command.now,
    )


def _digest(command: RequestStory | TellMarked, row: SheetRow) -> str:
    """Of all that the AI gets. Where the row stands is not among it: sorting a tab makes no new story."""
    inputs = (command.tab, command.tone, command.length, command.language, row.cells)
    return _short_digest(msgspec.json.encode(inputs).decode())


def _short_digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]
