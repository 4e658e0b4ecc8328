"""Text of people and of models as it is kept: without what hides, and within limits."""

import unicodedata

from numirror.kernel.card import shortened

_JOINERS = "\u200c\u200d"
"""They make one letter or emoji of several; the only invisible characters that mean something."""


def shown(text: str) -> str:
    """The text without control and format characters: they show nothing, or turn the text beside them around."""
    if text.isprintable():  # nearly all is, and a tab has many cells
        return text
    return "".join(letter for letter in text if not _is_hidden(letter))


def tidied(text: str) -> str:
    """The text on one line, single spaces between its words; empty where nothing of it would be seen."""
    words = " ".join(shown(text).split())
    return words if words.strip(_JOINERS) else ""


def line(text: str, limit: int) -> str:
    """The text on one line, at most `limit` characters of it."""
    return shortened(tidied(text), limit)


def paragraphs(text: str, limit: int) -> str:
    """The text with an empty line between its paragraphs, at most `limit` characters of it."""
    lines = (tidied(one) for one in shown(text).splitlines())
    return shortened("\n\n".join(one for one in lines if one), limit)


def _is_hidden(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "C" and letter not in _JOINERS and not letter.isspace()
