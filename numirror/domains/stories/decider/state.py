"""What is known of stories: the last ones with their texts, and which others there were."""

from datetime import datetime
from typing import Literal

import msgspec

from numirror.kernel.card import shortened

SHOWN_KEPT = 30
BYTES_KEPT = 120_000
"""Of texts and cells together: the state is read with each opening of the sidebar."""

OLDER_KEPT = 200
_OLDER_TITLE = 60

Status = Literal["waiting", "told", "failed", "stopped"]


class Story(msgspec.Struct, frozen=True):
    """A story from the wish on. `since` is when its status began; `why` says what failed; `attempt` counts from 1."""

    story_id: str
    inputs: str
    tab: str
    row: int
    tone: str
    length: str
    language: str
    cells: tuple[tuple[str, str], ...]
    since: datetime
    status: Status = "waiting"
    attempt: int = 1
    title: str = ""
    text: str = ""
    model: str = ""
    why: str = ""

    @property
    def size(self) -> int:
        """Bytes of what a person or a model wrote."""
        return len(self.text.encode()) + sum(len(name.encode()) + len(value.encode()) for name, value in self.cells)


class Older(msgspec.Struct, frozen=True):
    """A told story whose text is in the tab and the table only."""

    story_id: str
    inputs: str
    title: str


class Stories(msgspec.Struct, frozen=True):
    """The last stories, wished for last first; then, without texts, older ones."""

    shown: tuple[Story, ...] = ()
    older: tuple[Older, ...] = ()

    def get(self, story_id: str) -> Story | None:
        return next((story for story in self.shown if story.story_id == story_id), None)

    def gone(self, story_id: str) -> Older | None:
        return next((older for older in self.older if older.story_id == story_id), None)

    def made_of(self, inputs: str) -> Story | Older | None:
        """The story of the same inputs, if there is one."""
        every: tuple[Story | Older, ...] = (*self.shown, *self.older)
        return next((one for one in every if one.inputs == inputs), None)

    def waiting(self) -> tuple[Story, ...]:
        """Those that wait for an AI, oldest first."""
        return tuple(sorted((one for one in self.shown if one.status == "waiting"), key=lambda one: one.since))

    def with_first(self, story: Story) -> "Stories":
        """The story at the head of the others, which may push an old one out."""
        others = tuple(one for one in self.shown if one.story_id != story.story_id)
        return _bounded(Stories((story, *others), self.older))

    def with_changed(self, story: Story) -> "Stories":
        """The story in its place."""
        changed = tuple(story if one.story_id == story.story_id else one for one in self.shown)
        return _bounded(Stories(changed, self.older))

    def without(self, story_id: str) -> "Stories":
        return Stories(tuple(one for one in self.shown if one.story_id != story_id), self.older)


def _bounded(stories: Stories) -> Stories:
    """Within the limits. What still waits is never pushed out, nor the first."""
    shown, older = list(stories.shown), list(stories.older)
    size = sum(story.size for story in shown)
    for story in stories.shown[:0:-1]:
        if len(shown) <= SHOWN_KEPT and size <= BYTES_KEPT:
            break
        if story.status == "waiting":
            continue
        shown.remove(story)
        size -= story.size
        if story.status == "told":
            older.insert(0, Older(story.story_id, story.inputs, shortened(story.title, _OLDER_TITLE)))
    return Stories(tuple(shown), tuple(older[:OLDER_KEPT]))
