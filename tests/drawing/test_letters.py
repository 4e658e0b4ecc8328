"""What the fonts have: told by the kernel as it is, and never drawn as a box."""

import sys
import unicodedata
import xml.etree.ElementTree as ET

import pytest

from numirror.kernel.letters import missing_scripts
from numirror.kernel.picture import Balloon, Bars, ComicPage, Figure, Grid, Panel, Picture, Series, Square
from numirror.shell.drawing import fonts, png, svg, text
from numirror.shell.drawing.fonts import BOLD, COMIC, PLAIN, Face

_SVG = "{http://www.w3.org/2000/svg}"
LETTERS = [one for one in map(chr, range(0x20, sys.maxunicode)) if unicodedata.category(one)[0] in "LN"]


def test_a_card_promises_the_letters_that_the_fonts_have() -> None:
    promised = {one for one in LETTERS if not missing_scripts([one])}
    had = {one for one in LETTERS if "…" not in text.shown(one, 9, COMIC)}
    assert had - promised == {"ℹ"}, "a sign"
    assert promised <= had
    assert len(had) > 700


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Grüße, Ёлка", "Grüße, Ёлка"),
        ("Ελληνικά, đọc e\u0302\u0301", "Ελληνικά, đọc ế"),
        ("漢字 かな and 한국", "… and …"),
        ("שלום, Ada!", "שלום, Ada!"),
        ("مرحبا بالعالم, Ada ١", "مرحبا بالعالم, Ada ١"),
        ("می\u200cخواهم 日", "می\u200cخواهم …"),
        ("مرحبا بالعالم 🚀 Ёлка", "مرحبا بالعالم …"),
        ("Z\u20dd", "Z"),
        ("👩\u200d🚀 ok", "👩\u200d🚀 ok"),
        ("\u20dd", "…"),
        ("", ""),
    ],
)
@pytest.mark.parametrize("face", [PLAIN, BOLD, COMIC])
def test_an_ellipsis_stands_for_what_no_font_has(said: str, shown: str, face: Face) -> None:
    assert text.shown(said, 100, face) == shown


def _with(said: str) -> dict[str, Picture]:
    balloons = tuple(Balloon("A", said, kind) for kind in ("speech", "shout"))
    panel = Panel("park", (Figure("A", 1),), balloons, said, said)
    return {
        "bars": Bars(said, said, (said,), (Series(said, (1,)), Series(said, (2,)))),
        "grid": Grid(said, said, ((Square(said), Square(said, is_ticked=True)),)),
        "first page": ComicPage(said, 1, 2, (panel,), said),
        "second page": ComicPage(said, 2, 2, (panel,)),
    }


@pytest.mark.parametrize("name", ["bars", "grid", "first page", "second page"])
def test_no_text_of_any_picture_has_a_letter_that_no_font_has(name: str) -> None:
    drawn = ET.fromstring(svg(_with("日本 ok ไทย")[name]))
    texts = ["".join(one.itertext()) for one in drawn.iter(f"{_SVG}text")]
    assert any("…" in one for one in texts)
    assert all(one.isascii() for one in "".join(texts).replace("…", ""))
    assert "日本" in drawn.attrib["aria-label"]


@pytest.mark.parametrize("said", ["Ada", "Ёлка 🚀", "Ҳәм", "đọc sách", "Ελλάδα", "שלום, Ada!", "لا إله, Ada ١"])
def test_a_line_is_drawn_by_one_font_that_has_all_of_it_(said: str) -> None:
    for picture in _with(said).values():
        drawn = [(_words(one), one) for one in ET.fromstring(svg(picture)).iter(f"{_SVG}text")]
        lines = [(words, one) for words, one in drawn if words in said]
        assert lines
        for words, one in lines:
            (face,) = [face for face in fonts.LETTERS if _is_of(face, one)]
            assert all(fonts.has(face, letter) for letter in words)
            turns = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in said)
            assert "".join(one.itertext()).startswith("\u202b") == turns


def _words(drawn: ET.Element) -> str:
    """Without what turns their direction."""
    return "".join(drawn.itertext()).strip("\u202b\u202c")


def _is_of(face: Face, drawn: ET.Element) -> bool:
    return (face.family, str(face.weight)) == (drawn.attrib["font-family"], drawn.attrib["font-weight"])


@pytest.mark.parametrize(("one", "other"), [("Ү", "Ұ"), ("אב", "אכ"), ("با", "تا"), ("ạ", "ả")])
def test_letters_of_other_scripts_are_no_boxes(one: str, other: str) -> None:
    """Pairs of the same width: as boxes they would look the same."""
    drawn = [png(ComicPage("", 2, 2, (Panel("", caption=said),)), 600) for said in (one, other)]
    assert drawn[0] != drawn[1]
