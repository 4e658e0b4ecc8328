"""Choosing what a comic is of: a story that was told, or a row of a tab."""

from collections.abc import Mapping, Sequence

from numirror.domains.comics.cards.rows import no_ai
from numirror.domains.comics.commands import DrawRow, DrawStory
from numirror.domains.comics.decider.script import PAGES_MOST, PANELS_LEAST, PANELS_MOST
from numirror.domains.comics.decider.state import Comics
from numirror.domains.comics.decider.wishes import STYLE_LIMIT
from numirror.kernel.card import (
    BLUE,
    Button,
    Buttons,
    Card,
    DecoratedText,
    Do,
    Header,
    Item,
    Paragraph,
    Section,
    Select,
    Show,
    TextInput,
    Widget,
    shortened,
)
from numirror.kernel.domain import Viewer
from numirror.kernel.rows import SheetRow, filled_rows
from numirror.kernel.sheet import ROWS_READ, SheetView

_ITEMS = 100
_LABEL = 80
_WORDS = 60
_PANELS_USUAL = 4


def story_card(state: Comics, viewer: Viewer, _: Mapping[str, str]) -> Card:
    """The stories that were told last."""
    header = Header("Draw a comic", "Of which story?")
    if not viewer.has_ai:
        return Card("story", header, (no_ai(),))
    if not state.heard:
        none = Paragraph("No story is told yet. Have one told first, or draw a row of a tab.")
        return Card("story", header, (Section((none, Buttons((Button("From a row", Show("pick")),)))),))
    items = tuple(
        Item(shortened(story.title, _LABEL) or "A story", story.story_id, not i) for i, story in enumerate(state.heard)
    )
    ask = Buttons((Button("Draw it", Do(DrawStory), colour=BLUE),))
    return Card("story", header, (Section((Select("story_id", "Story", items),)), _manner(), Section((ask,))))


def pick_card(_: Comics, viewer: Viewer, fields: Mapping[str, str]) -> Card:
    """The tabs; with the field `tab`, its rows."""
    sheet, name = viewer.sheet, "Draw a comic"
    if not viewer.has_ai:
        return Card("pick", Header(name), (no_ai(),))
    if not sheet.title:
        return Card("pick", Header(name, "Of a row of which tab?"), (Section(_tabs(sheet)),))
    rows = filled_rows(sheet)
    tab = Section((DecoratedText(shortened(sheet.title, 100), "Tab", control=Button("Other tab", Show("pick"))),))
    header = Header(name, f"{len(rows):,} {'row' if len(rows) == 1 else 'rows'}")
    if not rows:
        empty = Paragraph("This tab has no rows below its first line. Fill some in, or choose another tab.")
        return Card("pick", header, (tab, Section((empty,))))
    ask = Buttons((Button("Draw it", Do(DrawRow, {"tab": sheet.title}), colour=BLUE),))
    words = fields.get("search", "").strip()[:_WORDS]
    return Card("pick", header, (tab, Section(_rows(sheet, rows, words), "Row"), _manner(), Section((ask,))))


def _tabs(sheet: SheetView) -> tuple[Widget, ...]:
    if not sheet.titles:
        return (Paragraph("This Sheet has no tab with rows of yours. Add one, with a header in its first line."),)
    items = tuple(Item(shortened(title, 100), title, selected=not i) for i, title in enumerate(sheet.titles[:_ITEMS]))
    go_on = Buttons((Button("Next", Show("pick"), colour=BLUE),))
    return (Select("tab", "Tab", items, on_change=Show("pick")), go_on)


def _rows(sheet: SheetView, rows: Sequence[SheetRow], words: str) -> tuple[Widget, ...]:
    """A line to search, what was found, and a line for a number: a list holds no more than a hundred."""
    found = [row for row in rows if row.holds(words)]
    items = tuple(Item(row.label(_LABEL), str(row.number), not i) for i, row in enumerate(found[:_ITEMS]))
    left_out = len(found) - len(items)
    more = f"{left_out:,} more are found. Search, or type the number." if found else "No row holds these words."
    hint = "As it stands beside the row in the Sheet"
    limited = hint if len(sheet.rows) <= ROWS_READ else f"{hint}; the first {ROWS_READ:,} rows are read"
    return (
        TextInput("search", "Search", value=words, limit=_WORDS, on_change=Show("pick", {"tab": sheet.title})),
        *((Select("row", "Row", items),) if items else ()),
        *((Paragraph(more),) if left_out or not found else ()),
        TextInput("number", "Or its number", hint=limited, limit=6, kind="integer"),
    )


def _manner() -> Section:
    panels = range(PANELS_LEAST, PANELS_MOST + 1)
    pages = tuple(
        Item(str(one) if one else "as few as fit", str(one), selected=not one) for one in range(PAGES_MOST + 1)
    )
    return Section(
        (
            Select("panels", "Panels", tuple(Item(str(one), str(one), one == _PANELS_USUAL) for one in panels)),
            Select("pages", "Pages", pages),
            TextInput("style", "Style (optional)", hint="such as: noir, for children, dry wit", limit=STYLE_LIMIT),
        ),
        "How",
    )
