"""Rules of lettering: lines fit, and nothing of a text is lost before it has to be."""

from hypothesis import given, settings
from hypothesis import strategies as st

from numirror.shell.drawing import fonts, text
from numirror.shell.drawing.box import Box
from numirror.shell.drawing.elements import clean, shortened
from numirror.shell.drawing.fonts import COMIC, LETTERS, PLAIN, advance
from tests.drawing.anything import words


@settings(deadline=None)
@given(words.map(lambda said: clean(said)[:200]), st.sampled_from(LETTERS), st.floats(12, 60), st.floats(4, 30))
def test_lines_are_no_wider_than_their_room_and_together_are_the_text(
    said: str, face: fonts.Face, size: float, ems: float
) -> None:
    room = size * ems
    lines = text.wrap(said, size, face, room)
    assert "".join("".join(lines).split()) == "".join(said.split())
    assert all(text.width(line, size, face) <= room + 0.01 for line in lines if len(line) > 1)


@settings(deadline=None)
@given(words.map(lambda said: shortened(said, 120)), st.floats(120, 600), st.floats(40, 400))
def test_a_text_is_made_to_fit(said: str, wide: float, high: float) -> None:
    fitted = text.fit(said, PLAIN, Box(0, 0, wide, high), 40, 10)
    assert fitted.width <= wide + 0.01
    assert fitted.height <= high + 0.01
    assert 10 <= fitted.size <= 40


def test_a_word_is_rather_made_smaller_than_broken() -> None:
    fitted = text.fit("Versicherung kündigen", COMIC, Box(0, 0, 200, 300), 40, 10)
    assert fitted.lines == ("Versicherung", "kündigen")


def test_a_joined_sign_is_not_torn() -> None:
    family = "👨‍👩‍👧"
    lines = text.wrap(family * 8, 30, PLAIN, 200)
    assert len(lines) > 1
    assert all(line.replace(family, "") == "" for line in lines)


def test_a_heap_of_marks_takes_no_more_room_than_there_is() -> None:
    lines = text.wrap("a" + "\u0e31" * 500, 20, PLAIN, 200)
    assert all(text.width(line, 20, PLAIN) <= 200 for line in lines)


def test_the_alphabets_are_there() -> None:
    for face in (one for one in LETTERS if one.family in ("Roboto", "Comic Relief")):
        for letter in "AzÄßéñŁőČžАяЁёҐґЇїЄєІі„“«»—…’€№":
            assert advance(letter, face) > 0
            assert fonts.covers(face, letter)
