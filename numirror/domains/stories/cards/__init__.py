"""Stories in the sidebar."""

from typing import assert_never

from numirror.domains.stories.cards.first import all_card, news, stories_card
from numirror.domains.stories.cards.pick import pick_card
from numirror.domains.stories.cards.story import story_card
from numirror.domains.stories.events import (
    StoryAskedAgain,
    StoryDeleted,
    StoryEvent,
    StoryFailed,
    StoryRequested,
    StoryRetried,
    StoryStopped,
    StoryTold,
)
from numirror.kernel.card import Show, shortened

__all__ = ["after", "all_card", "news", "pick_card", "said", "stories_card", "story_card"]


def said(events: tuple[StoryEvent, ...]) -> str:
    """The sentence after a command."""
    if not events:
        return "It is so already."
    match events[-1]:
        case StoryRequested():
            return "Your AI is asked." if len(events) == 1 else f"Your AI is asked for {len(events)} stories."
        case StoryAskedAgain():
            return "You have this story already; nothing was asked, and it costs nothing."
        case StoryTold(title=title):
            return f"Told: {shortened(title, 60)}"
        case StoryFailed():
            return "No story came. The card says why."
        case StoryRetried():
            return "Your AI is asked again."
        case StoryStopped():
            return "Stopped. What may still come is dropped."
        case StoryDeleted():
            return "Deleted."
        case _:
            assert_never(events[-1])


def after(events: tuple[StoryEvent, ...]) -> Show | None:
    """The story that a command was about; the list where it was about several, or where it is gone."""
    if len(events) != 1 or isinstance(events[0], StoryDeleted):
        return None
    return Show("story", {"story_id": events[0].entity_id})
