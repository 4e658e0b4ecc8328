"""An estimate: tokens to two digits, money to one, and no price where there is none."""

import pytest

from numirror.domains.comics.decider import asking as comics
from numirror.domains.stories.decider import asking as stories
from numirror.kernel.budget import most_tokens
from numirror.kernel.estimate import Estimate, Price, estimate, estimate_words
from numirror.kernel.request import Request


@pytest.mark.parametrize(
    ("one", "dollars", "words"),
    [
        (Estimate(250, 210), (1, 10), "about 460 tokens, US$ 0.002"),
        (Estimate(250, 210), None, "about 460 tokens"),
        (Estimate(1_000, 234), (0, 0.01), "about 1,200 tokens, less than US$ 0.0001"),
        (Estimate(0, 10_000), (0, 10), "about 10,000 tokens, US$ 0.1"),
        (Estimate(1_000_000, 0), (1_234.5, 9), "about 1,000,000 tokens, US$ 1,234.50"),
        (Estimate(0, 0), (1, 1), "about 0 tokens, less than US$ 0.0001"),
    ],
)
def test_tokens_and_price_are_told_as_roughly_as_they_are_known(
    one: Estimate, dollars: tuple[float, float] | None, words: str
) -> None:
    assert estimate_words(one, Price(*dollars, "May 2026") if dollars else None) == words


def test_all_that_is_sent_counts_by_its_bytes() -> None:
    asked = Request("", 1, "s" * 40, "п" * 20, 999, {"type": "object"})
    assert estimate(asked, 7) == Estimate((40 + 40 + len('{"type":"object"}')) // 4, 7)


def test_a_story_and_a_comic_are_within_what_is_reserved_and_grow_with_what_is_asked() -> None:
    cells = (("Name", "Ada"), ("Likes", "bees" * 50))
    told = [stories.estimated("Guests", cells, length, "en") for length in stories.LENGTHS]
    assert [one.written for one in told] == sorted(one.written for one in told)
    assert stories.estimated("Guests", cells, "short", "uk").written > told[0].written
    assert told[0].read > stories.estimated("Guests", cells[:1], "short", "en").read
    for length, one in zip(stories.LENGTHS, told, strict=True):
        asked = Request("", 1, stories._SYSTEM, "x" * 800, stories.LENGTHS[length][1])
        assert sum(one) < most_tokens(asked)
    drawn = [sum(comics.estimated(cells, panels)) for panels in (3, 4, 12)]
    assert drawn == sorted(set(drawn))
