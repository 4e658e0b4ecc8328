"""What several cards show alike."""

from numirror.domains.stories.decider.state import Story
from numirror.kernel.card import Button, Buttons, DecoratedText, Paragraph, Section, Show, shortened
from numirror.kernel.domain import Viewer
from numirror.kernel.wording import time_words

_TITLE_SHOWN = 120


def row(story: Story, viewer: Viewer) -> DecoratedText:
    """A story in a list: a click opens it."""
    return DecoratedText(
        title(story), bottom_label=status(story, viewer), on_click=Show("story", {"story_id": story.story_id})
    )


def title(story: Story) -> str:
    """Its title; where there is none yet, the row that it is of."""
    return shortened(story.title, _TITLE_SHOWN) or f"Story of {shortened(story.tab, 60)}, row {story.row}"


def status(story: Story, viewer: Viewer) -> str:
    """How it stands with it, and since when."""
    since = time_words(story.since, viewer.now, viewer.zone)
    if story.status == "waiting":
        return f"waiting for your AI since {since}, try {story.attempt}"
    return f"{story.status} {since}"


def no_ai() -> Section:
    """Why nothing can be asked, and the way out."""
    text = Paragraph("Stories are written by an AI account of yours, and none is connected yet.")
    return Section((text, Buttons((Button("Connect an AI account", Show("house.ai")),))))
