"""Choosing what a comic is of: a story that was told, or a row of a tab."""

from collections.abc import Mapping, Sequence

from numirror.domains.comics.cards.rows import no_ai
from numirror.domains.comics.commands import DrawRow, DrawStory
from numirror.domains.comics.decider.asking import estimated
from numirror.domains.comics.decider.script import PAGES_MOST, PANELS_LEAST, PANELS_MOST
from numirror.domains.comics.decider.state import Comics, Material
from numirror.domains.comics.decider.wishes import STYLE_LIMIT, row_material
from numirror.kernel import picking
from numirror.kernel.card import (
    BLUE,
    Button,
    Buttons,
    Card,
    Do,
    Header,
    Item,
    Paragraph,
    Section,
    Select,
    Show,
    TextInput,
    shortened,
)
from numirror.kernel.domain import Viewer
from numirror.kernel.estimate import Estimate, estimate_words, source_words
from numirror.kernel.rows import SheetRow

_NAME = "Draw a comic"
_TITLE = 80
_PANELS_USUAL = 4


def story_card(state: Comics, viewer: Viewer, _: Mapping[str, str]) -> Card:
    """The stories that were told last."""
    header = Header(_NAME, "Of which story?")
    if not viewer.has_ai:
        return Card("story", header, (no_ai(),))
    if not state.heard:
        none = Paragraph("No story is told yet. Have one told first, or draw a row of a tab.")
        return Card("story", header, (Section((none, Buttons((Button("From a row", Show(picking.PAGE)),)))),))
    items = tuple(
        Item(shortened(story.title, _TITLE) or "A story", story.story_id, not i) for i, story in enumerate(state.heard)
    )
    ask = Buttons((Button("Draw it", Do(DrawStory), colour=BLUE),))
    longest = max((story.material for story in state.heard), key=lambda material: len(str(material)))
    return Card(
        "story", header, (Section((Select("story_id", "Story", items),)), _manner(viewer, longest), Section((ask,)))
    )


def pick_card(_: Comics, viewer: Viewer, fields: Mapping[str, str]) -> Card:
    """The tabs; with the field `tab`, its rows."""
    if not viewer.has_ai:
        return Card(picking.PAGE, Header(_NAME), (no_ai(),))
    ask = Section((Buttons((Button("Draw it", Do(DrawRow, {"tab": viewer.sheet.title}), colour=BLUE),)),))

    def further(rows: Sequence[SheetRow]) -> tuple[Section, ...]:
        longest = row_material(viewer.sheet.title, max(rows, key=SheetRow.size))
        return _manner(viewer, longest), ask

    return picking.pick_card(_NAME, viewer, fields, further)


def _manner(viewer: Viewer, material: Material) -> Section:
    panels = range(PANELS_LEAST, PANELS_MOST + 1)
    pages = tuple(
        Item(str(one) if one else "as few as fit", str(one), selected=not one) for one in range(PAGES_MOST + 1)
    )
    return Section(
        (
            Select("panels", "Panels", tuple(_panels(one, estimated(material, one), viewer) for one in panels)),
            Select("pages", "Pages", pages),
            TextInput("style", "Style (optional)", hint="such as: noir, for children, dry wit", limit=STYLE_LIMIT),
            Paragraph(source_words(viewer.price)),
        ),
        "How",
    )


def _panels(count: int, takes: Estimate, viewer: Viewer) -> Item:
    return Item(f"{count}: {estimate_words(takes, viewer.price)}", str(count), count == _PANELS_USUAL)
