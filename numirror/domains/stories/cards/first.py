"""The list of stories."""

from collections.abc import Mapping
from datetime import timedelta

from numirror.domains.stories.cards.rows import no_ai, row
from numirror.domains.stories.decider.state import Stories
from numirror.kernel.card import (
    BLUE,
    Button,
    Buttons,
    Card,
    Header,
    Paragraph,
    Section,
    Show,
    sections_within,
    shortened,
)
from numirror.kernel.domain import Viewer

_ROWS = 15
_ALL_ROWS = 35
_NEW = timedelta(days=1)


def stories_card(state: Stories, viewer: Viewer) -> Card:
    """The last stories, and the way to another one."""
    return Card("stories", Header("Stories", _counted(state)), (*_begin(viewer), *_lists(state, viewer, _ROWS)))


def all_card(state: Stories, viewer: Viewer, _: Mapping[str, str]) -> Card:
    """As many as are at hand; older ones stand in the tab."""
    return Card("all", Header("All stories", _counted(state)), _lists(state, viewer, _ALL_ROWS))


def news(state: Stories, viewer: Viewer) -> str:
    """What was told or failed within a day, else how many wait."""
    for story in state.shown:
        if story.status in {"told", "failed"} and timedelta(0) <= viewer.now - story.since < _NEW:
            return f"New: {shortened(story.title, 60)}" if story.status == "told" else "A story failed; see why"
    waiting = len(state.waiting())
    return f"{waiting} {'story waits' if waiting == 1 else 'stories wait'} for your AI" if waiting else ""


def _counted(state: Stories) -> str:
    told = sum(story.status == "told" for story in state.shown)
    waiting = len(state.waiting())
    return f"{told} told, {waiting} waiting" if waiting else f"{told} told"


def _begin(viewer: Viewer) -> tuple[Section, ...]:
    if not viewer.has_ai:
        return (no_ai(),)
    return (Section((Buttons((Button("Tell a story", Show("pick"), colour=BLUE),)),)),)


def _lists(state: Stories, viewer: Viewer, limit: int) -> tuple[Section, ...]:
    waiting, rest = state.waiting(), [story for story in state.shown if story.status != "waiting"]
    named = (("On the way", waiting), ("Stories", rest))
    lists = [Section(tuple(row(one, viewer) for one in stories), header) for header, stories in named if stories]
    return (
        *(sections_within(limit, lists, _more) or (_nothing(),)),
        *([Section((Paragraph(f"{len(state.older):,} older ones are in the Stories tab."),))] if state.older else []),
    )


def _more(count: int) -> Buttons:
    return Buttons((Button(f"Show {count:,} more", Show("all")),))


def _nothing() -> Section:
    return Section(
        (
            Paragraph(
                "No story yet. Pick a row of any tab of this Sheet: a task, a guest, a day. Or mark rows with an x in a"
                " column “Story”, and have them all told."
            ),
        )
    )
