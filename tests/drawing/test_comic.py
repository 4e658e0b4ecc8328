"""Rules of comic pages: balloons are apart, hold their text, and can be read in order."""

import unicodedata
import xml.etree.ElementTree as ET
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numirror.kernel.picture import Balloon, ComicPage, Figure, Panel
from numirror.shell.drawing import svg
from numirror.shell.drawing.comic.looks import look
from numirror.shell.drawing.comic.scenes import scene_of
from numirror.shell.drawing.elements import clean
from tests.drawing import seen
from tests.drawing.anything import pages, panels, plain

_ADDED = frozenset(" …\u202b\u202c")
"""For what is cut, for what no font has, and around words that go from right to left."""


def _panels(page: ComicPage) -> list[ET.Element]:
    return seen.panels(ET.fromstring(svg(page)))


def _page(*shown: Panel) -> ComicPage:
    return ComicPage("A title", 2, 3, shown)


@settings(max_examples=30, deadline=None)
@given(pages(panels(most=4), 6))
def test_balloons_stay_in_their_panel_apart_from_one_another(page: ComicPage) -> None:
    for panel in _panels(page):
        left, top, right, bottom = seen.frame(panel)
        bubbles = seen.bubbles(panel)
        for bubble in bubbles:
            x1, y1, x2, y2 = bubble.edges
            assert left < x1 < x2 < right
            assert top < y1 < y2 < bottom
        for one, other in combinations(bubbles, 2):
            assert _are_apart(one.edges, other.edges)


def _are_apart(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@settings(max_examples=30, deadline=None)
@given(pages(panels(least=1, most=4), 6))
def test_text_is_inside_of_its_balloon_and_is_what_the_script_says(page: ComicPage) -> None:
    for script, panel in zip(page.panels[:6], _panels(page), strict=True):
        said = [clean(one.text) for one in script.balloons if clean(one.text)]
        bubbles = seen.bubbles(panel)
        for wanted, bubble in zip(said, bubbles, strict=True):
            left = iter(unicodedata.normalize("NFC", wanted))
            assert all(letter in left for letter in bubble.said if letter not in _ADDED)
            for line in bubble.lines:
                assert all(seen.is_inside(corner, bubble.outline) for corner in line.corners), line


@settings(max_examples=25, deadline=None)
@given(st.lists(panels(plain, 1, 3), min_size=1, max_size=6))
def test_what_people_say_is_read_back_whole_and_in_order(shown: list[Panel]) -> None:
    for script, panel in zip(shown, _panels(_page(*shown)), strict=True):
        assert [bubble.said for bubble in seen.bubbles(panel)] == [one.text for one in script.balloons]
        for one, other in pairwise(bubble.edges for bubble in seen.bubbles(panel)):
            assert other[0] >= one[2] or other[1] >= one[3]


def test_panels_are_read_from_left_to_right_and_from_top_to_bottom() -> None:
    for count in range(1, 7):
        frames = [seen.frame(panel) for panel in _panels(_page(*[Panel("")] * count))]
        assert len(frames) == count
        assert all(other[0] > one[2] or other[1] > one[3] for one, other in pairwise(frames))
        assert all(_are_apart(one, other) for one, other in combinations(frames, 2))


def test_who_answers_on_the_left_does_so_below() -> None:
    talk = (Balloon("Ada", "Tea?"), Balloon("Bob", "Yes."), Balloon("Ada", "Sugar?"))
    first, second, third = (
        bubble.edges
        for bubble in seen.bubbles(_panels(_page(Panel("", (Figure("Ada", 1), Figure("Bob", 2)), talk)))[0])
    )
    assert first[2] < second[0], "beside"
    assert third[1] > second[3], "below"


def test_a_word_is_not_broken_where_smaller_letters_do() -> None:
    long = "Donaudampfschifffahrtskapitän"
    for panel in _panels(_page(*[Panel("", (), (Balloon("", f"Der {long} kommt"),))] * 6)):
        assert long in " ".join(line.said for line in seen.bubbles(panel)[0].lines)


def test_numbers_without_end_are_drawn() -> None:
    endless = 10**5000
    page = ComicPage("", endless, -endless, (Panel("", (Figure("Ada", endless), Figure("Bob", -endless))),))
    assert "9999 / 0" in [line.said for line in seen.lines(ET.fromstring(svg(page)))]


def test_what_is_too_much_is_left_out() -> None:
    crowd = tuple(Figure(str(one), one) for one in range(9))
    talk = tuple(Balloon(str(one), f"word {one}") for one in range(9))
    shown = _panels(_page(*[Panel("", crowd, talk)] * 9))
    assert len(shown) == 6
    assert all([bubble.said for bubble in seen.bubbles(one)] == [f"word {at}" for at in range(4)] for one in shown)


def test_a_tail_points_at_its_speaker() -> None:
    heads = {"Ada": 0.29, "Bob": 0.715}
    shown = Panel("park", (Figure("Ada", 1), Figure("Bob", 2)), (Balloon("Ada", "Hello!"), Balloon("bob", "You too!")))
    panel = _panels(_page(shown))[0]
    left, _, right, _ = seen.frame(panel)
    tips = [path.attrib["d"].split("Q")[1].split()[2] for path in panel if path.tag.endswith("path")]
    for tip, share in zip(tips, heads.values(), strict=True):
        assert float(tip) == pytest.approx(left + share * (right - left), abs=30)


def test_somebody_who_is_not_in_the_panel_speaks_all_the_same() -> None:
    panel = _panels(_page(Panel("sea", (), (Balloon("Voice", "Come!"), Balloon("", "It rained.")))))[0]
    assert [bubble.said for bubble in seen.bubbles(panel)] == ["Come!", "It rained."]
    assert len([path for path in panel if path.tag.endswith("path")]) == 1, "only the voice has a tail"


def test_looks_differ_by_seed_and_stay() -> None:
    assert look(7) == look(7)
    assert len({look(seed) for seed in range(200)}) > 190
    assert len({look(seed).style for seed in range(100)}) > 6


@pytest.mark.parametrize(
    ("words", "scene"),
    [
        ("Ada's kitchen, early", "kitchen"),
        ("eine Straße in der Stadt", "street"),
        ("улица города", "street"),
        ("в лесу", "park"),
        ("At sea.", "sea"),
        ("вночі у місті", "street"),
        ("гори", "mountains"),
        ("Die Nacht", "night"),
        ("living room", "room"),
    ],
)
def test_words_choose_the_backdrop(words: str, scene: str) -> None:
    assert scene_of(words) == scene


def test_a_season_is_no_sea() -> None:
    assert scene_of("a new season") != "sea"
