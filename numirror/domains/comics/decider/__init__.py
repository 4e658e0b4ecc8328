"""The rules of comics: a wish, a script by an AI or by hand, and edits in the tab."""

from typing import Any, assert_never

import msgspec

from numirror.domains.comics.commands import (
    BeginScript,
    ComicCommand,
    DeleteComic,
    DrawRow,
    DrawStory,
    FailComic,
    RecordScript,
    RetryComic,
    StopComic,
    TakeScript,
)
from numirror.domains.comics.decider.edits import changed_rows, edited
from numirror.domains.comics.decider.script import NotAScript, written
from numirror.domains.comics.decider.state import Comic, Comics
from numirror.domains.comics.decider.wishes import check_room, of_ones_own, of_row, of_story
from numirror.domains.comics.events import (
    ComicAskedAgain,
    ComicDeleted,
    ComicEvent,
    ComicFailed,
    ComicRequested,
    ComicRetried,
    ComicStopped,
    ScriptBegun,
    ScriptEdited,
    ScriptWritten,
    StoryHeard,
    StoryUnheard,
)
from numirror.kernel.decider import Decider
from numirror.kernel.errors import Refused
from numirror.kernel.words import line

SENTENCE_LIMIT = 300
_MODEL_LIMIT = 100
_GONE = "This comic is not at hand any more. Go back to see how things are."

__all__ = ["DECIDER", "SENTENCE_LIMIT", "decide", "evolve"]


def decide(state: Comics, command: ComicCommand) -> tuple[ComicEvent, ...]:
    """What a wish leads to; () if it is so already. Raises `Refused` with a sentence for the user."""
    match command:
        case DrawStory():
            return of_story(state, command)
        case DrawRow():
            return of_row(state, command)
        case BeginScript():
            return of_ones_own(state, command)
        case TakeScript():
            return _take(state, command)
        case RecordScript():
            return _record(state, command)
        case FailComic():
            return _fail(state, command)
        case RetryComic():
            return _retry(state, command)
        case StopComic(comic_id=comic_id):
            known = state.get(comic_id)
            waits = known is not None and known.status == "waiting"
            return (ComicStopped(entity_id=comic_id, at=command.now),) if waits else ()
        case DeleteComic(comic_id=comic_id):
            return (ComicDeleted(entity_id=comic_id),) if state.get(comic_id) else ()
        case _:
            assert_never(command)


def evolve(state: Comics, event: ComicEvent | StoryHeard | StoryUnheard) -> Comics:
    """The state after a fact. A fact about a comic that is not at hand any more changes nothing."""
    match event:
        case StoryHeard():
            return state.having_heard(event)
        case StoryUnheard(entity_id=story_id):
            return state.not_hearing(story_id)
        case ComicRequested(entity_id=comic_id):
            wish = {name: getattr(event, name) for name in ("material", "panels", "pages", "style")}
            return state.with_first(Comic(comic_id, event.inputs, event.source, event.at, **wish))
        case ScriptBegun(entity_id=comic_id, title=title, panels=script):
            own = Comic(comic_id, "", "A script of your own", event.at, "written", title=title, script=script)
            return state.with_first(own)
        case _:
            comic = state.get(event.entity_id)
            return state if comic is None else _further(state, comic, event)


DECIDER = Decider(initial=Comics(), decide=decide, evolve=evolve)

_Further = ComicAskedAgain | ScriptWritten | ScriptEdited | ComicFailed | ComicRetried | ComicStopped | ComicDeleted


def _further(state: Comics, comic: Comic, event: _Further) -> Comics:
    match event:
        case ComicAskedAgain():
            return state.with_first(comic)
        case ComicDeleted():
            return state.without(comic.comic_id)
        case ScriptWritten(title=title, panels=script):
            return _changed(
                state, comic, status="written", since=event.at, title=title, script=script, material=(), why=""
            )
        case ScriptEdited(panels=script):
            return _changed(state, comic, script=script)
        case ComicFailed(sentence=sentence):
            return _changed(state, comic, status="failed", since=event.at, why=sentence)
        case ComicRetried(attempt=attempt):
            return _changed(state, comic, status="waiting", since=event.at, attempt=attempt, why="")
        case ComicStopped():
            return _changed(state, comic, status="stopped", since=event.at)
        case _:
            assert_never(event)


def _changed(state: Comics, comic: Comic, **news: Any) -> Comics:
    return state.with_changed(msgspec.structs.replace(comic, **news))


def _take(state: Comics, command: TakeScript) -> tuple[ComicEvent, ...]:
    comic = state.get(command.comic_id)
    if comic is None:
        raise Refused(_GONE)
    if comic.status != "written":
        raise Refused("This comic has no script yet. Wait for your AI, or begin a script of your own.")
    script, unknown = edited(comic, command.sheet)
    if script != comic.script:
        rows = changed_rows(comic.script, script)
        return (ScriptEdited(entity_id=comic.comic_id, panels=script, rows=rows, unknown_rows=unknown),)
    if unknown:
        raise Refused(
            f"Nothing is new, but for {unknown:,} rows that belong to no panel. Use the empty rows of a panel, please."
        )
    return ()


def _awaited(state: Comics, comic_id: str, attempt: int) -> bool:
    """Whether this is what is waited for: a reply to an attempt that was stopped or deleted is not."""
    comic = state.get(comic_id)
    return comic is not None and comic.status == "waiting" and comic.attempt == attempt


def _record(state: Comics, command: RecordScript) -> tuple[ComicEvent, ...]:
    if not _awaited(state, command.comic_id, command.attempt):
        return ()
    try:
        title, script = written(command.text)
    except NotAScript:
        why = "Your AI sent no script that can be drawn. Try again, or choose another model."
        return (ComicFailed(entity_id=command.comic_id, attempt=command.attempt, sentence=why, at=command.now),)
    made = ScriptWritten(
        entity_id=command.comic_id,
        attempt=command.attempt,
        title=title,
        panels=script,
        model=line(command.model, _MODEL_LIMIT),
        input_tokens=command.input_tokens,
        output_tokens=command.output_tokens,
        micros=command.micros,
        at=command.now,
    )
    return (made,)


def _fail(state: Comics, command: FailComic) -> tuple[ComicEvent, ...]:
    if not _awaited(state, command.comic_id, command.attempt):
        return ()
    why = line(command.sentence, SENTENCE_LIMIT) or "Your AI gave no answer. Try again in a while."
    return (ComicFailed(entity_id=command.comic_id, attempt=command.attempt, sentence=why, at=command.now),)


def _retry(state: Comics, command: RetryComic) -> tuple[ComicEvent, ...]:
    comic = state.get(command.comic_id)
    if comic is None:
        raise Refused(_GONE)
    if comic.status == "waiting":
        return ()
    if comic.status == "written":
        raise Refused("This comic has its script already. Edit it in the tab, or wish for another one.")
    check_room(state)
    return (ComicRetried(entity_id=comic.comic_id, attempt=comic.attempt + 1, at=command.now),)
