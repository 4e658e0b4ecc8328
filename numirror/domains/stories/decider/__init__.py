"""The rules of stories: what is asked once is not asked again, and the status is true at every moment."""

from typing import assert_never

import msgspec

from numirror.domains.stories.commands import (
    DeleteStory,
    FailStory,
    RecordStory,
    RequestStory,
    RetryStory,
    StopStory,
    StoryCommand,
    TellMarked,
)
from numirror.domains.stories.decider.state import Stories, Story
from numirror.domains.stories.decider.wishes import WAITING_LIMIT, check_room, marked, one
from numirror.domains.stories.events import (
    StoryAskedAgain,
    StoryDeleted,
    StoryEvent,
    StoryFailed,
    StoryRequested,
    StoryRetried,
    StoryStopped,
    StoryTold,
)
from numirror.kernel.decider import Decider
from numirror.kernel.errors import Refused
from numirror.kernel.words import line, paragraphs

TITLE_LIMIT = 120
TEXT_LIMIT = 8_000
SENTENCE_LIMIT = 300
_MODEL_LIMIT = 100
_GAP = "\n\n"

__all__ = ["DECIDER", "SENTENCE_LIMIT", "TEXT_LIMIT", "TITLE_LIMIT", "WAITING_LIMIT", "decide", "evolve"]


def decide(state: Stories, command: StoryCommand) -> tuple[StoryEvent, ...]:
    """What a wish leads to; () if it is so already. Raises `Refused` with a sentence for the user."""
    match command:
        case RequestStory():
            return one(state, command)
        case TellMarked():
            return marked(state, command)
        case RecordStory():
            return _record(state, command)
        case FailStory():
            return _fail(state, command)
        case RetryStory():
            return _retry(state, command)
        case StopStory(story_id=story_id):
            known = state.get(story_id)
            waits = known is not None and known.status == "waiting"
            return (StoryStopped(entity_id=story_id, at=command.now),) if waits else ()
        case DeleteStory(story_id=story_id):
            return (StoryDeleted(entity_id=story_id),) if state.get(story_id) else ()
        case _:
            assert_never(command)


def evolve(state: Stories, event: StoryEvent) -> Stories:
    """The state after a fact. A fact about a story that is not at hand any more changes nothing."""
    if isinstance(event, StoryRequested):
        return state.with_first(_wished(event))
    story = state.get(event.entity_id)
    if story is None:
        return state
    match event:
        case StoryAskedAgain():
            return state.with_first(story)
        case StoryDeleted():
            return state.without(story.story_id)
        case StoryTold():
            told = {name: getattr(event, name) for name in ("title", "text", "model")}
            return state.with_changed(
                msgspec.structs.replace(story, status="told", since=event.at, cells=(), why="", **told)
            )
        case StoryFailed():
            return state.with_changed(
                msgspec.structs.replace(story, status="failed", since=event.at, why=event.sentence)
            )
        case StoryRetried():
            again = msgspec.structs.replace(story, status="waiting", since=event.at, attempt=event.attempt, why="")
            return state.with_changed(again)
        case StoryStopped():
            return state.with_changed(msgspec.structs.replace(story, status="stopped", since=event.at))
        case _:
            assert_never(event)


DECIDER = Decider(initial=Stories(), decide=decide, evolve=evolve)


def _wished(event: StoryRequested) -> Story:
    return Story(
        event.entity_id,
        event.inputs,
        event.tab,
        event.row,
        event.tone,
        event.length,
        event.language,
        event.cells,
        event.at,
    )


def _awaited(state: Stories, story_id: str, attempt: int) -> bool:
    """Whether this is what is waited for: a reply to an attempt that was stopped or deleted is not."""
    story = state.get(story_id)
    return story is not None and story.status == "waiting" and story.attempt == attempt


def _record(state: Stories, command: RecordStory) -> tuple[StoryEvent, ...]:
    if not _awaited(state, command.story_id, command.attempt):
        return ()
    title, text = _parted(paragraphs(command.text, TITLE_LIMIT + len(_GAP) + TEXT_LIMIT))
    if not text:
        why = "Your AI sent no story, or one without a title. Try again, or choose another model."
        return (StoryFailed(entity_id=command.story_id, attempt=command.attempt, sentence=why, at=command.now),)
    told = StoryTold(
        entity_id=command.story_id,
        attempt=command.attempt,
        title=line(title.strip("#*_ “”\"'"), TITLE_LIMIT) or "A story",
        text=paragraphs(text, TEXT_LIMIT),
        model=line(command.model, _MODEL_LIMIT),
        input_tokens=command.input_tokens,
        output_tokens=command.output_tokens,
        micros=command.micros,
        at=command.now,
    )
    return (told,)


def _parted(written: str) -> tuple[str, str]:
    """Title and story. A first line that is too long for a title is the story's own."""
    title, _, text = written.partition(_GAP)
    return (title, text) if len(title) <= TITLE_LIMIT else (title, written)


def _fail(state: Stories, command: FailStory) -> tuple[StoryEvent, ...]:
    if not _awaited(state, command.story_id, command.attempt):
        return ()
    why = line(command.sentence, SENTENCE_LIMIT) or "Your AI gave no answer. Try again in a while."
    return (StoryFailed(entity_id=command.story_id, attempt=command.attempt, sentence=why, at=command.now),)


def _retry(state: Stories, command: RetryStory) -> tuple[StoryEvent, ...]:
    story = state.get(command.story_id)
    if story is None:
        raise Refused("This story is not at hand any more. Pick its row again to have it told.")
    if story.status == "waiting":
        return ()
    if story.status == "told":
        raise Refused("This story is told already. Pick its row again with another tone for another one.")
    check_room(state)
    return (StoryRetried(entity_id=story.story_id, attempt=story.attempt + 1, at=command.now),)
