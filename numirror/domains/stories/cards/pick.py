"""Choosing what a story is told of, and how."""

from collections.abc import Mapping, Sequence

from numirror.domains.stories.cards.rows import no_ai
from numirror.domains.stories.commands import RequestStory, TellMarked
from numirror.domains.stories.decider.asking import LANGUAGES, LENGTHS, TONES, estimated, is_language
from numirror.domains.stories.decider.state import Stories
from numirror.domains.stories.decider.wishes import WAITING_LIMIT
from numirror.kernel import picking
from numirror.kernel.card import BLUE, Button, Buttons, Card, Do, Header, Item, Paragraph, Section, Select, Widget
from numirror.kernel.domain import Viewer
from numirror.kernel.estimate import estimate_words, source_words
from numirror.kernel.rows import SheetRow

_NAME = "Tell a story"


def pick_card(state: Stories, viewer: Viewer, fields: Mapping[str, str]) -> Card:
    """The tabs; with the field `tab`, its rows, how the story is to be, and the button that asks for it."""
    if not viewer.has_ai:
        return Card(picking.PAGE, Header(_NAME), (no_ai(),))

    def further(rows: Sequence[SheetRow]) -> tuple[Section, ...]:
        how = (*_manner(viewer, rows), Paragraph(source_words(viewer.price)))
        return Section(how, "How"), Section((_ask(state, viewer.sheet.title, rows),))

    return picking.pick_card(_NAME, viewer, fields, further, marked_first=True)


def _manner(viewer: Viewer, rows: Sequence[SheetRow]) -> tuple[Widget, ...]:
    spoken = viewer.locale.replace("_", "-").partition("-")[0].lower()
    spoken = spoken if is_language(spoken) else "en"
    languages = {spoken: spoken, **LANGUAGES}
    longest = max(rows, key=SheetRow.size)
    takes = {name: estimated(viewer.sheet.title, longest.cells, name, spoken) for name in LENGTHS}
    lengths = {name: f"{_long(name)}, {estimate_words(takes[name], viewer.price)}" for name in LENGTHS}
    return (
        Select("tone", "Tone", tuple(Item(tone, tone, not i) for i, tone in enumerate(TONES))),
        Select("length", "Length", tuple(Item(long, name, not i) for i, (name, long) in enumerate(lengths.items()))),
        Select("language", "Language", tuple(Item(name, tag, tag == spoken) for tag, name in languages.items())),
    )


def _long(length: str) -> str:
    return f"{length}: {LENGTHS[length][0]} words"


def _ask(state: Stories, tab: str, rows: Sequence[SheetRow]) -> Widget:
    known = {"tab": tab}
    count = min(sum(row.is_marked for row in rows), WAITING_LIMIT - len(state.waiting()))
    one = Button("Tell it", Do(RequestStory, known), colour=BLUE)
    every = (Button(f"Tell all marked ({count})", Do(TellMarked, known)),) if count > 0 else ()
    return Buttons((one, *every))
