"""The fonts beside this file, and how wide their letters are."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent / "fonts"

_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufe0e\ufe0f")
"""Have no width in any font: joiners and choosers of a letter's look."""


@dataclass(frozen=True, slots=True)
class Face:
    """A font file, and how SVG calls it."""

    family: str
    weight: int
    file: str

    @property
    def path(self) -> str:
        """Absolute: resvg silently ignores others."""
        return str(_FOLDER / self.file)


PLAIN = Face("Roboto", 400, "Roboto-Regular.ttf")
BOLD = Face("Roboto", 700, "Roboto-Bold.ttf")
COMIC = Face("Comic Relief", 400, "ComicRelief-Regular.ttf")
COMIC_BOLD = Face("Comic Relief", 700, "ComicRelief-Bold.ttf")
LOUD = Face("Bangers", 400, "Bangers-Regular.ttf")
LOUD_CYRILLIC = Face("Russo One", 400, "RussoOne-Regular.ttf")
HEBREW = Face("Noto Sans Hebrew", 400, "NotoSansHebrew-Regular.ttf")
ARABIC = Face("Noto Sans Arabic", 400, "NotoSansArabic-Regular.ttf")
SIGNS = Face("Noto Emoji", 400, "NotoEmoji-Regular.ttf")

LETTERS = (PLAIN, BOLD, COMIC, COMIC_BOLD, LOUD, LOUD_CYRILLIC, HEBREW, ARABIC)


@dataclass(frozen=True, slots=True)
class _Widths:
    of: dict[int, float]
    missing: float


def advance(letter: str, face: Face) -> float:
    """How wide a character is, in ems. Where the face lacks it: as wide as any stand-in that might be drawn for it."""
    if letter in _INVISIBLE:
        return 0.0
    own = _widths(face).of.get(ord(letter))
    return _stand_in(letter, face) if own is None else own


def covers(face: Face, text: str) -> bool:
    """Whether the face has all characters of the text."""
    return all(ord(letter) in _widths(face).of for letter in text)


def has(face: Face, letter: str) -> bool:
    """Whether a character can be drawn by a face, or as a sign beside its letters."""
    if covers(face, letter):
        return True
    # resvg may mistake what stands beside an Arabic ligature.
    return face is not ARABIC and wants_signs(letter)


def best(text: str, face: Face) -> Face:
    """The face for a text: `face` itself, or one that has more of its letters.

    One for all of them: where resvg has to look for another font within a line, it may draw boxes.
    """
    if covers(face, text):
        return face
    return max((face, PLAIN, HEBREW, ARABIC), key=lambda one: sum(has(one, letter) for letter in text))


def wants_signs(text: str) -> bool:
    """Whether the text has something that only the font of signs has; that one is large."""
    return any(letter > "\u2000" and not covers(PLAIN, letter) and covers(SIGNS, letter) for letter in set(text))


def load() -> None:
    """Reads all faces."""
    for face in (*LETTERS, SIGNS):
        _widths(face)


@cache
def _widths(face: Face) -> _Widths:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with TTFont(face.path, lazy=True) as font:
        em, advances = font["head"].unitsPerEm, font["hmtx"].metrics
        of = {code: advances[glyph][0] / em for code, glyph in font.getBestCmap().items()}
        return _Widths(of, advances[".notdef"][0] / em)


def _stand_in(letter: str, face: Face) -> float:
    return max(_widths(face).missing, *_elsewhere(letter))


def _elsewhere(letter: str) -> Iterator[float]:
    for face in (*LETTERS, SIGNS):
        yield _widths(face).of.get(ord(letter), 0.0)
