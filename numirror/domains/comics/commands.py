"""What a person can wish for comics, and what a worker brings back."""

from numirror.kernel.decider import Command
from numirror.kernel.sheet import SheetView


class DrawStory(Command, frozen=True):
    """A comic of a told story. With `pages` 0, there are as many as the panels need."""

    story_id: str = ""
    panels: str = "4"
    pages: str = "0"
    style: str = ""


class DrawRow(Command, frozen=True):
    """A comic of one row of `tab`: of the `row` that was chosen, or of the one whose `number` was typed."""

    tab: str = ""
    row: str = ""
    number: str = ""
    panels: str = "4"
    pages: str = "0"
    style: str = ""
    sheet: SheetView = SheetView()


class BeginScript(Command, frozen=True):
    """An empty script in the tab, to be filled in by hand."""

    title: str = ""


class TakeScript(Command, frozen=True):
    """The script as it stands in the tab `Comics`."""

    comic_id: str
    sheet: SheetView = SheetView()


class RecordScript(Command, frozen=True):
    """What the AI wrote: JSON. `micros` is the price in millionths of a US dollar."""

    comic_id: str
    attempt: int
    text: str
    model: str = ""
    input_tokens: int = 0
    output_tokens: int = 0
    micros: int | None = None


class FailComic(Command, frozen=True):
    comic_id: str
    attempt: int
    sentence: str


class RetryComic(Command, frozen=True):
    comic_id: str


class StopComic(Command, frozen=True):
    comic_id: str


class DeleteComic(Command, frozen=True):
    comic_id: str


COMMANDS = (
    DrawStory,
    DrawRow,
    BeginScript,
    TakeScript,
    RecordScript,
    FailComic,
    RetryComic,
    StopComic,
    DeleteComic,
)

ComicCommand = (
    DrawStory | DrawRow | BeginScript | TakeScript | RecordScript | FailComic | RetryComic | StopComic | DeleteComic
)
