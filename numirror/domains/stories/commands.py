"""What a person can wish for stories, and what a worker brings back."""

from numirror.kernel.decider import Command
from numirror.kernel.sheet import SheetView


class RequestStory(Command, frozen=True):
    """A story of one row of `tab`: of the `row` that was chosen, or of the one whose `number` was typed."""

    tab: str = ""
    row: str = ""
    number: str = ""
    tone: str = "warm"
    length: str = "short"
    language: str = "en"
    sheet: SheetView = SheetView()


class TellMarked(Command, frozen=True):
    """A story of each row of `tab` that is marked in its column `Story`, a limited number at once."""

    tab: str = ""
    tone: str = "warm"
    length: str = "short"
    language: str = "en"
    sheet: SheetView = SheetView()


class RecordStory(Command, frozen=True):
    """What the AI wrote: the title in the first line. `micros` is the price in millionths of a US dollar."""

    story_id: str
    attempt: int
    text: str
    model: str = ""
    input_tokens: int = 0
    output_tokens: int = 0
    micros: int | None = None


class FailStory(Command, frozen=True):
    story_id: str
    attempt: int
    sentence: str


class RetryStory(Command, frozen=True):
    story_id: str


class StopStory(Command, frozen=True):
    story_id: str


class DeleteStory(Command, frozen=True):
    story_id: str


COMMANDS = (RequestStory, TellMarked, RecordStory, FailStory, RetryStory, StopStory, DeleteStory)

StoryCommand = RequestStory | TellMarked | RecordStory | FailStory | RetryStory | StopStory | DeleteStory
