"""What is known of comics: the last ones with their scripts, and the last stories that were heard of."""

from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from numirror.domains.comics.events import ScriptPanel, StoryHeard
from numirror.kernel.card import shortened

SHOWN_KEPT = 20
BYTES_KEPT = 150_000
"""Of all comics together: the state is read with each opening of the sidebar."""

HEARD_KEPT = 10
STORY_LIMIT = 3_000
"""Characters of a story that are kept, and drawn: twelve panels hold no more."""

_STORY_TITLE = 120

Material: TypeAlias = tuple[tuple[str, str], ...]
"""What a comic is of: texts, each with a name."""

Status = Literal["waiting", "written", "failed", "stopped"]


class Heard(msgspec.Struct, frozen=True):
    """A story that can be drawn."""

    story_id: str
    title: str
    text: str

    @property
    def material(self) -> Material:
        """What a comic of it is of."""
        return (("title", self.title), ("story", self.text))


class Comic(msgspec.Struct, frozen=True):
    """A comic from the wish on. `since` is when its status began; `why` says what failed; `attempt` counts from 1.

    `inputs` is empty where nobody was asked: a script of the person's own.
    """

    comic_id: str
    inputs: str
    source: str
    since: datetime
    status: Status = "waiting"
    material: Material = ()
    panels: int = 0
    pages: int = 0
    style: str = ""
    attempt: int = 1
    title: str = ""
    script: tuple[ScriptPanel, ...] = ()
    why: str = ""

    @property
    def page_count(self) -> int:
        return max((panel.page for panel in self.script), default=0)


class Comics(msgspec.Struct, frozen=True):
    """The last comics, wished for last first; how many older ones there were; the stories, heard last first."""

    shown: tuple[Comic, ...] = ()
    older: int = 0
    heard: tuple[Heard, ...] = ()

    def get(self, comic_id: str) -> Comic | None:
        return next((comic for comic in self.shown if comic.comic_id == comic_id), None)

    def story(self, story_id: str) -> Heard | None:
        return next((story for story in self.heard if story.story_id == story_id), None)

    def made_of(self, inputs: str) -> Comic | None:
        """The comic of the same inputs, if there is one."""
        return next((comic for comic in self.shown if comic.inputs == inputs), None)

    def waiting(self) -> tuple[Comic, ...]:
        """Those that wait for an AI, oldest first."""
        return tuple(sorted((one for one in self.shown if one.status == "waiting"), key=lambda one: one.since))

    def with_first(self, comic: Comic) -> "Comics":
        """The comic at the head of the others, which may push an old one out."""
        others = tuple(one for one in self.shown if one.comic_id != comic.comic_id)
        return _bounded(Comics((comic, *others), self.older, self.heard))

    def with_changed(self, comic: Comic) -> "Comics":
        """The comic in its place."""
        changed = tuple(comic if one.comic_id == comic.comic_id else one for one in self.shown)
        return _bounded(Comics(changed, self.older, self.heard))

    def without(self, comic_id: str) -> "Comics":
        return Comics(tuple(one for one in self.shown if one.comic_id != comic_id), self.older, self.heard)

    def having_heard(self, event: StoryHeard) -> "Comics":
        """The story before the others, as much of it as is kept."""
        text = shortened(event.text, STORY_LIMIT)
        story = Heard(event.entity_id, shortened(event.title, _STORY_TITLE), text)
        others = self.not_hearing(event.entity_id).heard
        return Comics(self.shown, self.older, (story, *others)[:HEARD_KEPT])

    def not_hearing(self, story_id: str) -> "Comics":
        return Comics(self.shown, self.older, tuple(one for one in self.heard if one.story_id != story_id))


def _bounded(comics: Comics) -> Comics:
    """Within the limits. What still waits is never pushed out, nor the first."""
    shown, older = list(comics.shown), comics.older
    size = sum(map(_size, shown))
    for comic in comics.shown[:0:-1]:
        if len(shown) <= SHOWN_KEPT and size <= BYTES_KEPT:
            break
        if comic.status != "waiting":
            shown.remove(comic)
            size -= _size(comic)
            older += comic.status == "written"
    return Comics(tuple(shown), older, comics.heard)


def _size(comic: Comic) -> int:
    return len(msgspec.json.encode(comic))
