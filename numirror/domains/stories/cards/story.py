"""One story."""

from collections.abc import Mapping

from numirror.domains.stories.cards.rows import no_ai, status, title
from numirror.domains.stories.commands import DeleteStory, RetryStory, StopStory
from numirror.domains.stories.decider.asking import LANGUAGES, estimated
from numirror.domains.stories.decider.state import Stories, Story
from numirror.kernel.card import (
    BLUE,
    Button,
    Buttons,
    Card,
    DecoratedText,
    Do,
    Header,
    Paragraph,
    Section,
    Show,
    shortened,
)
from numirror.kernel.domain import Viewer
from numirror.kernel.estimate import estimate_words, source_words

_CHUNK = 3_800
"""Characters of one widget of text."""


def story_card(state: Stories, viewer: Viewer, fields: Mapping[str, str]) -> Card:
    """A story to read, or how it stands with it."""
    story = state.get(fields.get("story_id", ""))
    if story is None:
        return Card("story", Header("Story"), (Section((Paragraph(_gone(state, fields.get("story_id", ""))),)),))
    lacks_ai = story.status != "told" and not viewer.has_ai
    sections = (
        Section(_body(story)),
        *((no_ai(),) if lacks_ai else ()),
        Section((_source(story), *_price(story, viewer), _buttons(story))),
    )
    return Card("story", Header(title(story), status(story, viewer)), sections)


def _gone(state: Stories, story_id: str) -> str:
    older = state.gone(story_id)
    if older is None:
        return "This story is not at hand any more. Go back to see how things are."
    return f"“{older.title}” was told some time ago. Its text is in the Stories tab."


def _body(story: Story) -> tuple[Paragraph, ...]:
    match story.status:
        case "waiting":
            return (Paragraph("Your AI is asked by a worker, mostly within a minute. You may close the sidebar."),)
        case "failed":
            return (Paragraph(story.why),)
        case "stopped":
            return (Paragraph("Nobody waits for this story any more."),)
        case "told":
            return tuple(Paragraph(chunk) for chunk in _chunks(story.text))


def _chunks(text: str) -> list[str]:
    """The text in pieces that fit a widget, parted between paragraphs where that can be."""
    chunks: list[str] = []
    for paragraph in text.split("\n\n"):
        for start in range(0, len(paragraph), _CHUNK):
            piece = paragraph[start : start + _CHUNK]
            if chunks and len(chunks[-1]) + len(piece) + 2 <= _CHUNK:
                chunks[-1] += f"\n\n{piece}"
            else:
                chunks.append(piece)
    return chunks


def _source(story: Story) -> DecoratedText:
    language = LANGUAGES.get(story.language, story.language)
    label = ", ".join(part for part in (story.tone, story.length, language, story.model) if part)
    return DecoratedText(f"{shortened(story.tab, 100)}, row {story.row}", "From", label)


def _price(story: Story, viewer: Viewer) -> tuple[DecoratedText, ...]:
    if story.status not in {"failed", "stopped"}:
        return ()
    takes = estimate_words(estimated(story.tab, story.cells, story.length, story.language), viewer.price)
    return (DecoratedText(takes, "Another try", source_words(viewer.price)),)


def _buttons(story: Story) -> Buttons:
    known = {"story_id": story.story_id}
    delete = Button("Delete", Do(DeleteStory, known))
    match story.status:
        case "waiting":
            return Buttons((Button("Look again", Show("story", known)), Button("Stop", Do(StopStory, known)), delete))
        case "told":
            return Buttons((Button("Tell another", Show("pick", {"tab": story.tab})), delete))
        case "failed" | "stopped":
            return Buttons((Button("Try again", Do(RetryStory, known), colour=BLUE), delete))
