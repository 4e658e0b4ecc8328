"""Comics in the sidebar."""

from typing import assert_never

from numirror.domains.comics.cards.comic import comic_card
from numirror.domains.comics.cards.first import comics_card, news
from numirror.domains.comics.cards.new import pick_card, story_card
from numirror.domains.comics.cards.pages import book, page
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
)
from numirror.kernel.card import Show, shortened

__all__ = ["after", "book", "comic_card", "comics_card", "news", "page", "pick_card", "said", "story_card"]


def said(events: tuple[ComicEvent, ...]) -> str:
    """The sentence after a command."""
    if not events:
        return "It is so already."
    match events[-1]:
        case ComicRequested():
            return "Your AI is asked for a script."
        case ComicAskedAgain():
            return "You have this comic already; nothing was asked, and it costs nothing."
        case ScriptWritten(title=title):
            return f"Written: {shortened(title, 60)}"
        case ScriptBegun():
            return "Fill in the empty rows of the Comics tab, then come back and press “Read my edits”."
        case ScriptEdited(rows=rows, unknown_rows=unknown):
            return _taken(rows, unknown)
        case ComicFailed():
            return "No script came. The card says why."
        case ComicRetried():
            return "Your AI is asked again."
        case ComicStopped():
            return "Stopped. What may still come is dropped."
        case ComicDeleted():
            return "Deleted."
        case _:
            assert_never(events[-1])


def after(events: tuple[ComicEvent, ...]) -> Show | None:
    """The comic that a command was about; the list where it is gone."""
    if not events or isinstance(events[-1], ComicDeleted):
        return None
    return Show("comic", {"comic_id": events[-1].entity_id})


def _taken(rows: int, unknown: int) -> str:
    taken = f"{rows:,} {'row is' if rows == 1 else 'rows are'} taken from the tab."
    if not unknown:
        return taken
    return f"{taken} {unknown:,} more belong to no panel and {'was' if unknown == 1 else 'were'} left out."
