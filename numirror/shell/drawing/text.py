"""Text that fits: measured, wrapped, made smaller, and only then cut."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from numirror.shell.drawing.box import Box
from numirror.shell.drawing.elements import element, number, shortened
from numirror.shell.drawing.fonts import ARABIC, HEBREW, Face, advance, best, covers, has

LEADING = 1.2
"""From line to line, in ems."""

_BASELINE = 0.92
"""From the upper edge of a line to where its letters stand, in ems."""

_TO_THE_LEFT, _AS_BEFORE = "\u202b", "\u202c"
"""Around a line whose words go from right to left, or resvg puts its full stop on the wrong side."""

_ELLIPSIS = "…"
_UNSEEN = frozenset({"Mn", "Mc", "Me", "Cc", "Cf"})
"""Marks and controls: without them a word can be read."""

_STEP = 0.93
_SMALLER = 0.55
"""Of the largest size, for the sake of a long word."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines with the size that they fit in, and the face that has their letters."""

    lines: tuple[str, ...]
    size: float
    width: float
    face: Face

    @property
    def height(self) -> float:
        """Of all lines."""
        return len(self.lines) * self.size * LEADING


def shown(text: str, most: int, face: Face) -> str:
    """The text as one line, `most` characters of it; an ellipsis stands for words or letters that no font of ours has.

    Else they would be drawn as boxes. It is lettered in `best` of the face.
    """
    whole = unicodedata.normalize("NFC", shortened(text, most))
    face = best(whole, face)
    if covers(face, whole):
        return whole
    words: list[str] = []
    for word in (_lettered(word, face) for word in whole.split()):
        if word and not (word == _ELLIPSIS and words and words[-1].endswith(_ELLIPSIS)):
            words.append(word)
    return " ".join(words) or (whole and _ELLIPSIS)


def width(text: str, size: float, face: Face) -> float:
    """How wide a line is, at most."""
    return size * sum(advance(letter, face) for letter in text)


def wrap(text: str, size: float, face: Face, room: float) -> tuple[str, ...]:
    """Lines no wider than `room`. A word that is wider is broken; a single letter that is wider stands alone."""
    lines: list[str] = []
    line, used = "", 0.0
    blank = width(" ", size, face)
    for piece in _pieces(text, size, face, room):
        wide = width(piece, size, face)
        if line and used + blank + wide > room:
            lines.append(line)
            line, used = "", 0.0
        line, used = (f"{line} {piece}", used + blank + wide) if line else (piece, wide)
    return (*lines, line) if line else tuple(lines)


def fit(text: str, face: Face, room: Box, largest: float, smallest: float) -> Fitted:
    """The largest size at which the text fits into `room`; at the smallest, what does not fit is cut.

    Rather than breaking a word, the letters get smaller, up to a point.
    """
    face = best(text, face)
    longest = max((width(word, 1, face) for word in text.split()), default=0.0)
    whole = 0.999 * room.width / longest if longest else largest
    size = min(largest, whole) if whole >= max(smallest, largest * _SMALLER) else largest * _STEP**3
    while size > smallest:
        fitted = at_size(text, face, size, room.width)
        if fitted.height <= room.height:
            return fitted
        size *= _STEP
    most = max(1, int(room.height / (smallest * LEADING)))
    return at_size(text, face, smallest, room.width, most)


def at_size(text: str, face: Face, size: float, room: float, most: int | None = None) -> Fitted:
    """Wrapped at one size, cut after `most` lines."""
    face = best(text, face)
    lines = wrap(text, size, face, room)
    if most is not None and len(lines) > most:
        lines = (*lines[: most - 1], cut(" ".join(lines[most - 1 :]), size, face, room))
    return Fitted(lines, size, max((width(line, size, face) for line in lines), default=0.0), face)


def one_line(text: str, face: Face, room: float, largest: float, smallest: float) -> Fitted:
    """As large as it fits into one line; at the smallest size, what does not fit is cut."""
    face = best(text, face)
    natural = width(text, 1, face)
    size = max(smallest, min(largest, room / natural if natural else largest))
    line = cut(text, size, face, room)
    return Fitted((line,) if line else (), size, width(line, size, face), face)


def cut(text: str, size: float, face: Face, room: float) -> str:
    """As much of the text as fits into `room`, with an ellipsis where that is not all."""
    if width(text, size, face) <= room:
        return text
    kept, left = "", room - width(_ELLIPSIS, size, face)
    for letter in text:
        left -= width(letter, size, face)
        if left < 0:
            break
        kept += letter
    return f"{kept.rstrip()}{_ELLIPSIS}"


def written(line: str, x: float, y: float, size: float, face: Face, fill: str, **attributes: str | float) -> str:
    """A line whose letters stand on `y`; `text_anchor` says which part of it is at `x`.

    One element without spans: a change of the font within joined signs makes resvg panic.
    """
    return element(
        "text",
        escape(f"{_TO_THE_LEFT}{line}{_AS_BEFORE}" if face in (HEBREW, ARABIC) else line),
        x=x,
        y=y,
        font_family=face.family,
        font_weight=face.weight,
        font_size=number(size),
        fill=fill,
        **attributes,
    )


def paragraph(fitted: Fitted, middle: float, top: float, fill: str) -> Iterator[str]:
    """Lines below one another, centred on `middle`."""
    for index, line in enumerate(fitted.lines):
        y = top + (index * LEADING + _BASELINE) * fitted.size
        yield written(line, middle, y, fitted.size, fitted.face, fill, text_anchor="middle")


def _lettered(word: str, face: Face) -> str:
    kept = ""
    for letter in word:
        if has(face, letter):
            kept += letter
        elif unicodedata.category(letter) not in _UNSEEN and not kept.endswith(_ELLIPSIS):
            kept += _ELLIPSIS
    return kept


def _pieces(text: str, size: float, face: Face, room: float) -> Iterator[str]:
    for word in text.split():
        if width(word, size, face) <= room:
            yield word
        else:
            yield from _broken(word, size, face, room)


def _broken(word: str, size: float, face: Face, room: float) -> Iterator[str]:
    piece, used = "", 0.0
    for letter in _clusters(word, size, face, room):
        wide = width(letter, size, face)
        if piece and used + wide > room:
            yield piece
            piece, used = "", 0.0
        piece, used = piece + letter, used + wide
    yield piece


def _clusters(word: str, size: float, face: Face, room: float) -> Iterator[str]:
    """Letters with what belongs to them, as far as there is room: a heap of marks is no letter any more."""
    cluster = ""
    for letter in word:
        belongs = cluster and (_joins(letter) or cluster.endswith("\u200d"))
        if belongs and width(cluster + letter, size, face) <= room:
            cluster += letter
        else:
            if cluster:
                yield cluster
            cluster = letter
    yield cluster


def _joins(letter: str) -> bool:
    return letter == "\u200d" or "\U0001f3fb" <= letter <= "\U0001f3ff" or unicodedata.category(letter)[0] == "M"
