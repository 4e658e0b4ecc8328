"""Text of a card. A plain `str` is what a person wrote and is shown as it is; markup is made by values only.

    joined("Buy ", bold("milk"), " by ", coloured("today", RED), ": ", link("recipe", "https://example.com/"))

Nothing here knows HTML: the renderer writes it, and escapes all that is plain.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from numirror.kernel.card import limits
from numirror.kernel.card.addresses import check_address

Mark = Literal["joined", "bold", "italic", "underlined", "struck"]


class Colour(msgspec.Struct, frozen=True):
    """A colour; each part from 0 to 255."""

    red: int
    green: int
    blue: int

    def __post_init__(self) -> None:
        if not all(0 <= part <= 255 for part in (self.red, self.green, self.blue)):
            raise limits.InvalidCard("The parts of a colour go from 0 to 255.")


BLUE = Colour(26, 115, 232)
GREEN = Colour(24, 128, 56)
RED = Colour(197, 34, 31)
GREY = Colour(95, 99, 104)


class Marked(msgspec.Struct, frozen=True):
    """Text in one style, or several texts in a row."""

    mark: Mark
    parts: tuple[Text, ...]


class Coloured(msgspec.Struct, frozen=True):
    """Text in a colour."""

    text: Text
    colour: Colour


class Link(msgspec.Struct, frozen=True):
    """Text that opens an address in a new tab."""

    text: Text
    url: str

    def __post_init__(self) -> None:
        check_address(self.url)


Rich: TypeAlias = Marked | Coloured | Link
Text: TypeAlias = str | Rich


def bold(text: Text) -> Rich:
    return Marked("bold", (text,))


def italic(text: Text) -> Rich:
    return Marked("italic", (text,))


def underlined(text: Text) -> Rich:
    return Marked("underlined", (text,))


def struck(text: Text) -> Rich:
    """Text with a line through it, as of a task that is done."""
    return Marked("struck", (text,))


def joined(*texts: Text) -> Rich:
    """Texts in a row, with nothing between them."""
    return Marked("joined", texts)


def coloured(text: Text, colour: Colour) -> Rich:
    return Coloured(text, colour)


def link(text: Text, url: str) -> Rich:
    """A link in a text. Raises `InvalidCard` unless `url` is a complete https address, or a path of our own."""
    return Link(text, url)


def plain(text: Text) -> str:
    """What a person reads, without any markup."""
    if isinstance(text, str):
        return text
    return "".join(map(plain, text.parts)) if isinstance(text, Marked) else plain(text.text)


def shortened(text: str, limit: int = limits.TEXT) -> str:
    """The text, or its beginning and an ellipsis: `limit` characters at most."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def check_text(text: Text) -> None:
    """Raise `InvalidCard` for no text at all, which Google refuses, and `CardTooLarge` for too much of it."""
    size = len(text) if isinstance(text, str) else len(plain(text))
    if not 0 < size <= limits.TEXT:
        limits.some(size, "text in a widget")
        limits.at_most(limits.TEXT, size, "characters of text")
