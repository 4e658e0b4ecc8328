"""The validator takes what Google takes and names what Google refuses."""

from copy import deepcopy
from typing import Any

import pytest

from simulator.cards.validator import Entry, problems
from tests.cards.broken import ANSWERS, CARDS, GONE
from tests.cards.budget import over_budget
from tests.cards.samples import GOOD, JSON, full_card, paragraph


def broken(place: str, value: Any) -> JSON:
    card = deepcopy(full_card())
    *steps, last = place.split(".")
    part: Any = card
    for step in steps:
        part = part[int(step)] if isinstance(part, list) else part[step]
    key = int(last) if isinstance(part, list) else last
    if value is GONE:
        del part[key]
    else:
        part[key] = value
    return card


@pytest.mark.parametrize(("entry", "answer"), GOOD)
def test_what_google_takes_has_no_problem(entry: Entry, answer: JSON) -> None:
    assert problems(answer, entry) == []
    assert over_budget(answer) == []


@pytest.mark.parametrize(("place", "value", "said"), CARDS)
def test_a_broken_card_is_named(place: str, value: Any, said: str) -> None:
    found = problems(broken(place, value), "card")
    assert any(said in problem for problem in found), found


@pytest.mark.parametrize(("entry", "answer", "said"), ANSWERS)
def test_a_broken_answer_is_named(entry: Entry, answer: Any, said: str) -> None:
    found = problems(answer, entry)
    assert any(said in problem for problem in found), found


def test_one_break_is_one_problem() -> None:
    found = problems(broken("header.title", 3), "card")
    assert found == ["$.header.title: needs a string"]


def test_a_problem_says_its_place() -> None:
    answer = {"renderActions": {"action": {"navigations": [{"pushCard": broken("sections.1.widgets.2", {})}]}}}
    place = "$.renderActions.action.navigations[0].pushCard.sections[1].widgets[2]"
    assert [problem.partition(": ")[0] for problem in problems(answer, "action")] == [place]


def test_boxes_of_one_name_differ_in_value() -> None:
    rows = [{"decoratedText": {"text": "x", "switchControl": {"name": "done", "value": value}}} for value in "ab"]
    assert problems({"sections": [{"widgets": rows}]}, "card") == []
    assert problems({"sections": [{"widgets": [rows[0], rows[0]]}]}, "card") != []


def test_http_is_for_this_machine_only_and_only_if_allowed() -> None:
    own = broken("sections.1.widgets.4.image.imageUrl", "http://127.0.0.1:8080/1.png")
    other = broken("sections.1.widgets.4.image.imageUrl", "http://192.168.0.1/1.png")
    assert problems(own, "card", loopback=True) == []
    assert problems(own, "card") != []
    assert problems(other, "card", loopback=True) != []


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        ("sections.0.widgets", [paragraph()] * 36, "41 widgets"),
        ("sections.0.widgets.4.buttonList.buttons", [{"text": "a"}] * 4, "4 buttons"),
        ("sections.0.widgets.1.textParagraph.text", "a" * 100_000, "100000 is the budget"),
        ("cardActions.0.onClick.action.parameters", [{"key": "a", "value": "é" * 1_000}], "2001 bytes of parameters"),
    ],
)
def test_more_than_our_own_budget_is_named(place: str, value: Any, said: str) -> None:
    found = over_budget(broken(place, value))
    assert any(said in problem for problem in found), found


def test_the_table_of_broken_cards_is_long_enough_and_without_twins() -> None:
    assert len(CARDS) >= 60
    assert len({(place, repr(value)) for place, value, _ in CARDS}) == len(CARDS)
