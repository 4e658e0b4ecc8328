"""What can happen to a comic, and what comics hear of stories."""

from datetime import datetime
from typing import Literal

import msgspec

from numirror.kernel.decider import Event
from numirror.kernel.picture import Mood, Pose

Kind = Literal["speech", "thought", "shout"]


class Line(msgspec.Struct, frozen=True):
    """Somebody in a panel, and what they say there, if anything. With neither it is room for a line."""

    speaker: str = ""
    text: str = ""
    kind: Kind = "speech"
    pose: Pose = "standing"
    mood: Mood = "calm"


class ScriptPanel(msgspec.Struct, frozen=True):
    """One picture of a script, on page `page` (1, 2, 3 …)."""

    page: int
    scene: str
    lines: tuple[Line, ...]
    sound: str = ""
    caption: str = ""


class StoryHeard(Event, frozen=True):
    """Notice: a story was told. `entity_id` is the story's."""

    title: str
    text: str


class StoryUnheard(Event, frozen=True):
    """Notice: a story was deleted."""


class ComicRequested(Event, frozen=True):
    """A comic is wanted. `inputs` is the digest of all that the AI gets; `material` is texts, each with a name."""

    inputs: str
    source: str
    material: tuple[tuple[str, str], ...]
    panels: int
    pages: int
    style: str
    at: datetime


class ComicAskedAgain(Event, frozen=True):
    """The same was wanted once more, and the comic that is there was shown."""


class ScriptWritten(Event, frozen=True):
    """The AI wrote the script."""

    attempt: int
    title: str
    panels: tuple[ScriptPanel, ...]
    model: str
    input_tokens: int
    output_tokens: int
    micros: int | None
    at: datetime


class ScriptBegun(Event, frozen=True):
    """An empty script, to be filled in by hand."""

    title: str
    panels: tuple[ScriptPanel, ...]
    at: datetime


class ScriptEdited(Event, frozen=True):
    """The script as it stands in the tab: `rows` of it are new; `unknown_rows` there belong to no script."""

    panels: tuple[ScriptPanel, ...]
    rows: int
    unknown_rows: int


class ComicFailed(Event, frozen=True):
    """`sentence` says to the person why."""

    attempt: int
    sentence: str
    at: datetime


class ComicRetried(Event, frozen=True):
    attempt: int
    at: datetime


class ComicStopped(Event, frozen=True):
    """Nobody waits for it any more; a reply that comes later is dropped."""

    at: datetime


class ComicDeleted(Event, frozen=True):
    pass


EVENTS = (
    ComicRequested,
    ComicAskedAgain,
    ScriptWritten,
    ScriptBegun,
    ScriptEdited,
    ComicFailed,
    ComicRetried,
    ComicStopped,
    ComicDeleted,
)
ComicEvent = (
    ComicRequested
    | ComicAskedAgain
    | ScriptWritten
    | ScriptBegun
    | ScriptEdited
    | ComicFailed
    | ComicRetried
    | ComicStopped
    | ComicDeleted
)
