"""Wishes for comics: of a story, of a row, or an empty script. The same inputs lead to the comic that is there."""

from hashlib import sha256

import msgspec

from numirror.domains.comics.commands import BeginScript, DrawRow, DrawStory
from numirror.domains.comics.decider.script import (
    ON_A_PAGE,
    PAGES_MOST,
    PANELS_LEAST,
    PANELS_MOST,
    TITLE_LIMIT,
    empty,
)
from numirror.domains.comics.decider.state import Comics, Material
from numirror.domains.comics.events import ComicAskedAgain, ComicEvent, ComicRequested, ScriptBegun
from numirror.kernel.errors import Refused
from numirror.kernel.ids import entity_id
from numirror.kernel.picking import chosen_row
from numirror.kernel.rows import SheetRow
from numirror.kernel.words import line

WAITING_LIMIT = 5
"""Comics that may wait for an AI at once."""

STYLE_LIMIT = 100
OWN_PANELS = 3
_SOURCE_LIMIT = 160


def of_story(state: Comics, command: DrawStory) -> tuple[ComicEvent, ...]:
    """A wish for a comic of a told story."""
    if state.get(entity_id(command.command_id)):
        return ()
    story = state.story(command.story_id)
    if story is None:
        raise Refused("This story is not at hand any more. Choose another one, or a row of a tab.")
    return _wished(state, command, f"Story: {story.title}", story.material)


def of_row(state: Comics, command: DrawRow) -> tuple[ComicEvent, ...]:
    """A wish for a comic of a row."""
    if state.get(entity_id(command.command_id)):
        return ()
    row = chosen_row(command.sheet, command.tab, command.row, command.number, to="draw")
    return _wished(state, command, f"{command.tab}, row {row.number}", row_material(command.tab, row))


def row_material(tab: str, row: SheetRow) -> Material:
    """What a comic of a row of a tab is of."""
    return (("table", tab), *row.cells)


def of_ones_own(state: Comics, command: BeginScript) -> tuple[ComicEvent, ...]:
    """An empty script."""
    comic_id = entity_id(command.command_id)
    if state.get(comic_id):
        return ()
    title = line(command.title, TITLE_LIMIT) or "My comic"
    return (ScriptBegun(entity_id=comic_id, title=title, panels=empty(OWN_PANELS), at=command.now),)


def check_room(state: Comics) -> None:
    """Raise `Refused` where too many wait already."""
    if len(state.waiting()) >= WAITING_LIMIT:
        raise Refused(f"{WAITING_LIMIT} comics wait for your AI already. Wait for one, or stop one.")


def _wished(state: Comics, command: DrawStory | DrawRow, source: str, material: Material) -> tuple[ComicEvent, ...]:
    panels, pages = _extent(command.panels, command.pages)
    style = line(command.style, STYLE_LIMIT)
    inputs = sha256(msgspec.json.encode((material, panels, pages, style))).hexdigest()[:16]
    if known := state.made_of(inputs):
        return (ComicAskedAgain(entity_id=known.comic_id),)
    check_room(state)
    wish = ComicRequested(
        entity_id=entity_id(command.command_id),
        inputs=inputs,
        source=line(source, _SOURCE_LIMIT),
        material=material,
        panels=panels,
        pages=pages,
        style=style,
        at=command.now,
    )
    return (wish,)


def _extent(panels: str, pages: str) -> tuple[int, int]:
    """The numbers of panels and pages; as few pages as the panels need, where none is given."""
    wide, long = _number(panels), _number(pages)
    if not PANELS_LEAST <= wide <= PANELS_MOST or long > PAGES_MOST:
        raise Refused(
            f"A comic has {PANELS_LEAST} to {PANELS_MOST} panels on up to {PAGES_MOST} pages. Choose from the lists."
        )
    least = -(-wide // ON_A_PAGE)
    if 0 < long < least:
        raise Refused(f"A page holds {ON_A_PAGE} panels. Choose {least} pages for {wide} panels, or fewer panels.")
    if long > wide:
        raise Refused("Each page needs a panel. Choose fewer pages, or more panels.")
    return wide, long or least


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 3 else PANELS_MOST + 1
