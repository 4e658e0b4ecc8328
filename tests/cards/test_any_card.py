"""Whatever the types allow is a card that Google takes, whatever a person has typed."""

from html import unescape
from typing import Any

import orjson
from hypothesis import HealthCheck, given, settings

from numirror.kernel.card import Button, Buttons, Card, DecoratedText, Header, Paragraph, Section, Show, plain
from numirror.web import render
from simulator.cards.validator import problems
from tests.cards.budget import over_budget
from tests.cards.checked import CALLS
from tests.cards.strategies import cards, label, texts

slow = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def sent(card: Card) -> Any:
    """The card as it arrives: through orjson and back."""
    return orjson.loads(orjson.dumps(render.card(CALLS, card)))


@slow
@given(cards())
def test_any_card_is_one_that_google_takes(card: Card) -> None:
    json = sent(card)
    assert problems(json, "card") == []
    assert problems(render.trigger(json), "homepage") == []
    assert problems(render.callback(render.update(json), notification="Done"), "action") == []
    # Weight is judged for the cards of the product; here any number of the longest texts may meet.
    assert [text for text in over_budget(json) if not text.startswith("$:")] == []


@given(texts)
def test_a_text_is_read_as_it_was_typed(text: Any) -> None:
    shown = sent(Card("a", Header("A"), (Section((Paragraph(text),)),)))["sections"][0]["widgets"][0]
    read = "".join(part.partition(">")[2] if ">" in part else part for part in _between_tags(shown))
    assert unescape(read) == plain(text)


def _between_tags(shown: Any) -> list[str]:
    lines: str = shown["textParagraph"]["text"].replace("<br>", "\n")
    return lines.split("<")


@given(label)
def test_plain_fields_are_not_escaped(text: str) -> None:
    row = DecoratedText("a", top_label=text, bottom_label=text)
    json = sent(Card("a", Header(text, text), (Section((row, Buttons((Button(text, Show("a")),)))),)))
    shown = json["sections"][0]["widgets"][0]["decoratedText"]
    button = json["sections"][0]["widgets"][1]["buttonList"]["buttons"][0]
    assert [shown["topLabel"], shown["bottomLabel"], button["text"], json["header"]["title"]] == [text] * 4
