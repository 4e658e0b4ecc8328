"""The list of comics, and the ways to a new one."""

from datetime import timedelta

from numirror.domains.comics.cards.rows import no_ai, row
from numirror.domains.comics.commands import BeginScript
from numirror.domains.comics.decider.script import TITLE_LIMIT
from numirror.domains.comics.decider.state import Comics
from numirror.kernel.card import (
    BLUE,
    Button,
    Buttons,
    Card,
    Do,
    Header,
    Paragraph,
    Section,
    Show,
    TextInput,
    shortened,
)
from numirror.kernel.domain import Viewer

_NEW = timedelta(days=1)


def comics_card(state: Comics, viewer: Viewer) -> Card:
    """All comics at hand, which are few, and what a new one can be of."""
    rows = tuple(row(comic, viewer) for comic in state.shown)
    lists = (Section(rows, "Comics"),) if rows else (_nothing(),)
    older = (Section((Paragraph(f"Scripts of {state.older:,} older ones are in the Comics tab."),)),)
    sections = (*_begin(viewer), *lists, *(older if state.older else ()), _own())
    return Card("comics", Header("Comics", _counted(state)), sections)


def news(state: Comics, viewer: Viewer) -> str:
    """What was written or failed within a day, else how many wait."""
    for comic in state.shown:
        is_news = comic.status == "failed" or (comic.status == "written" and comic.inputs)
        if is_news and timedelta(0) <= viewer.now - comic.since < _NEW:
            return f"New: {shortened(comic.title, 60)}" if comic.status == "written" else "A comic failed; see why"
    waiting = len(state.waiting())
    return f"{waiting} {'comic waits' if waiting == 1 else 'comics wait'} for your AI" if waiting else ""


def _counted(state: Comics) -> str:
    written = sum(comic.status == "written" for comic in state.shown)
    waiting = len(state.waiting())
    return f"{written} written, {waiting} waiting" if waiting else f"{written} written"


def _begin(viewer: Viewer) -> tuple[Section, ...]:
    if not viewer.has_ai:
        return (no_ai(),)
    story = Button("From a story", Show("story"), colour=BLUE)
    return (Section((Buttons((story, Button("From a row", Show("pick")))),)),)


def _own() -> Section:
    begin = Button("Begin a script", Do(BeginScript, keep_input=True))
    name = TextInput("title", "Title (optional)", limit=TITLE_LIMIT, hint="Three panels to fill in, in the Comics tab")
    return Section((name, Buttons((begin,))), "A script of your own")


def _nothing() -> Section:
    return Section((Paragraph("No comic yet. Have one written of a story or a row, or write a script of your own."),))
