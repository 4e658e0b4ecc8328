"""What can happen to a story."""

from datetime import datetime

from numirror.kernel.decider import Event


class StoryRequested(Event, frozen=True):
    """A story is wanted of a row. `inputs` is the digest of all that the AI gets; `row` is its number in the Sheet.

    `cells` are the row's, each with the header of its column.
    """

    inputs: str
    tab: str
    row: int
    tone: str
    length: str
    language: str
    cells: tuple[tuple[str, str], ...]
    at: datetime


class StoryAskedAgain(Event, frozen=True):
    """The same was wanted once more, and the story that is there was shown."""


class StoryTold(Event, frozen=True):
    attempt: int
    title: str
    text: str
    model: str
    input_tokens: int
    output_tokens: int
    micros: int | None
    at: datetime


class StoryFailed(Event, frozen=True):
    """`sentence` says to the person why."""

    attempt: int
    sentence: str
    at: datetime


class StoryRetried(Event, frozen=True):
    attempt: int
    at: datetime


class StoryStopped(Event, frozen=True):
    """Nobody waits for it any more; a reply that comes later is dropped."""

    at: datetime


class StoryDeleted(Event, frozen=True):
    pass


EVENTS = (StoryRequested, StoryAskedAgain, StoryTold, StoryFailed, StoryRetried, StoryStopped, StoryDeleted)

StoryEvent = StoryRequested | StoryAskedAgain | StoryTold | StoryFailed | StoryRetried | StoryStopped | StoryDeleted
