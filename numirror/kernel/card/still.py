"""What is only looked at."""

import msgspec

from numirror.kernel.card import limits
from numirror.kernel.card.icons import Picture
from numirror.kernel.card.text import Text, check_text


class Header(msgspec.Struct, frozen=True):
    """The top of a card: one line each for title and subtitle."""

    title: str
    subtitle: str = ""
    picture: Picture | None = None

    def __post_init__(self) -> None:
        limits.some(len(self.title), "title of a card")
        limits.at_most(limits.TEXT, len(self.title) + len(self.subtitle), "characters of a header")


class Paragraph(msgspec.Struct, frozen=True):
    """A text; lines break where it has line breaks. With `lines`, the rest waits behind "Show more"."""

    text: Text
    lines: int | None = None

    def __post_init__(self) -> None:
        check_text(self.text)
        if self.lines is not None and self.lines < 1:
            raise limits.InvalidCard("A paragraph shows one line at least.")


class Divider(msgspec.Struct, frozen=True):
    """A line across."""


class GridItem(msgspec.Struct, frozen=True):
    """A field of a grid. A click on it sends its `id` along. `picture` is shown above the texts, in a square."""

    id: str
    title: str
    subtitle: str = ""
    picture: Picture | None = None
