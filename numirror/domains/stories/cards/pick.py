"""Choosing what a story is told of: first the tab, then the row."""

from collections.abc import Mapping, Sequence

from numirror.domains.stories.cards.rows import no_ai
from numirror.domains.stories.commands import RequestStory, TellMarked
from numirror.domains.stories.decider.asking import LANGUAGES, LENGTHS, TONES, is_language
from numirror.domains.stories.decider.state import Stories
from numirror.domains.stories.decider.wishes import WAITING_LIMIT
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


def pick_card(state: Stories, viewer: Viewer, fields: Mapping[str, str]) -> Card:
    """The tabs; with the field `tab`, its rows, how the story is to be, and the button that asks for it."""
    sheet = viewer.sheet
    if not viewer.has_ai:
        return Card("pick", Header("Tell a story"), (no_ai(),))
    if not sheet.title:
        return Card("pick", Header("Tell a story", "Of a row of which tab?"), (Section(_tabs(sheet)),))
    rows = filled_rows(sheet)
    tab = Section((DecoratedText(shortened(sheet.title, 100), "Tab", control=Button("Other tab", Show("pick"))),))
    header = Header("Tell a story", f"{len(rows):,} {'row' if len(rows) == 1 else 'rows'}")
    if not rows:
        empty = Paragraph("This tab has no rows below its first line. Fill some in, or choose another tab.")
        return Card("pick", header, (tab, Section((empty,))))
    words = fields.get("search", "").strip()[:_WORDS]
    sections = (tab, Section(_rows(sheet, rows, words), "Row"), Section(_manner(viewer), "How"))
    return Card("pick", header, (*sections, Section((_ask(state, sheet, rows),))))


def _tabs(sheet: SheetView) -> tuple[Widget, ...]:
    if not sheet.titles:
        return (Paragraph("This Sheet has no tab with rows of yours. Add one, with a header in its first line."),)
    items = tuple(Item(shortened(title, 100), title, selected=not i) for i, title in enumerate(sheet.titles[:_ITEMS]))
    go_on = Buttons((Button("Next", Show("pick"), colour=BLUE),))
    return (Select("tab", "Tab", items, on_change=Show("pick")), go_on)


def _rows(sheet: SheetView, rows: Sequence[SheetRow], words: str) -> tuple[Widget, ...]:
    """A line to search, what was found, and a line for a number: a list holds no more than a hundred."""
    found = sorted((row for row in rows if row.holds(words)), key=lambda row: not row.is_marked)
    again = Show("pick", {"tab": sheet.title})
    return (
        TextInput("search", "Search", value=words, limit=_WORDS, on_change=again),
        *_found(found),
        TextInput("number", "Or its number", hint=_hint(sheet), limit=6, kind="integer"),
    )


def _found(rows: Sequence[SheetRow]) -> tuple[Widget, ...]:
    if not rows:
        return (Paragraph("No row holds these words."),)
    left_out = len(rows) - _ITEMS
    more = (Paragraph(f"{left_out:,} more are found. Search, or type the number."),) if left_out > 0 else ()
    items = tuple(_item(row, selected=not i) for i, row in enumerate(rows[:_ITEMS]))
    return (Select("row", "Row", items), *more)


def _item(row: SheetRow, *, selected: bool) -> Item:
    return Item(f"{'✓ ' if row.is_marked else ''}{row.label(_LABEL)}", str(row.number), selected)


def _hint(sheet: SheetView) -> str:
    hint = "As it stands beside the row in the Sheet"
    return hint if len(sheet.rows) <= ROWS_READ else f"{hint}; the first {ROWS_READ:,} rows are read"


def _manner(viewer: Viewer) -> tuple[Widget, ...]:
    spoken = viewer.locale.replace("_", "-").partition("-")[0].lower()
    spoken = spoken if is_language(spoken) else "en"
    languages = {spoken: spoken, **LANGUAGES}
    return (
        Select("tone", "Tone", tuple(Item(tone, tone, not i) for i, tone in enumerate(TONES))),
        Select("length", "Length", tuple(Item(_long(name), name, not i) for i, name in enumerate(LENGTHS))),
        Select("language", "Language", tuple(Item(name, tag, tag == spoken) for tag, name in languages.items())),
    )


def _long(length: str) -> str:
    return f"{length}, about {LENGTHS[length][0]} words"


def _ask(state: Stories, sheet: SheetView, rows: Sequence[SheetRow]) -> Widget:
    known = {"tab": sheet.title}
    count = min(sum(row.is_marked for row in rows), WAITING_LIMIT - len(state.waiting()))
    one = Button("Tell it", Do(RequestStory, known), colour=BLUE)
    every = (Button(f"Tell all marked ({count})", Do(TellMarked, known)),) if count > 0 else ()
    return Buttons((one, *every))
