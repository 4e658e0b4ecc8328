"""Text as it is kept: nothing hidden, nothing longer than it may be."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numirror.kernel.tags import tags_of
from numirror.kernel.words import line, paragraphs, shown, tidied

TEXTS = st.text(max_size=60)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Buy\u202e milk", "Buy milk"),
        ("a\x00b\u200bc", "abc"),
        (" two \n lines ", "two lines"),
        ("👩\u200d🍳 cooks", "👩\u200d🍳 cooks"),
        ("\u200d\u200c", ""),
        ("\ud800", ""),
    ],
)
def test_what_hides_is_left_out(text: str, kept: str) -> None:
    assert tidied(text) == kept


@given(TEXTS)
def test_nothing_that_hides_stays_but_what_joins_letters(text: str) -> None:
    left = [letter for letter in shown(text) if unicodedata.category(letter)[0] == "C" and not letter.isspace()]
    assert set(left) <= {"\u200c", "\u200d"}
    assert tidied(tidied(text)) == tidied(text)


@given(TEXTS, st.integers(5, 30))
def test_limits_hold(text: str, limit: int) -> None:
    assert len(line(text, limit)) <= limit
    assert len(paragraphs(text, limit)) <= limit
    assert "\n" not in line(text, limit)


def test_paragraphs_stay_apart() -> None:
    assert paragraphs("One  day\n\n\n\nlater\r\nend", 100) == "One day\n\nlater\n\nend"


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Water #Garden and #garden", ("garden",)),
        ("#run 5 km #health-care!", ("run", "health-care")),
        ("number #1, C#sharp, a&#39;b ##x", ()),
        ("#дача и #сад", ("дача", "сад")),
        ("#", ()),
        ("ends #here-", ("here",)),
    ],
)
def test_tags_are_words_after_a_hash(text: str, tags: tuple[str, ...]) -> None:
    assert tags_of(text) == tags


@given(TEXTS)
def test_tags_of_any_text_are_in_lower_case_and_unlike(text: str) -> None:
    found = tags_of(text)
    assert len(set(found)) == len(found)
    assert all(tag and tag == tag.casefold() and "#" not in tag for tag in found)
