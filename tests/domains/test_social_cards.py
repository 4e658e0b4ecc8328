"""What the sidebar shows of friends and the wall, whatever there is to show."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from numirror.domains.social.cards import (
    add_card,
    after,
    friends_card,
    news,
    person_card,
    post_card,
    said,
    wall_card,
)
from numirror.domains.social.decider.state import (
    FRIENDS_LIMIT,
    OWN_KEPT,
    THEIRS_KEPT,
    WAITING_LIMIT,
    Person,
    Post,
    Social,
    Standing,
    TheirPost,
    person_id,
)
from numirror.domains.social.events import FriendAsked, PostEdited, PostPublished, ReactionGiven, RequestDeclined
from numirror.kernel.card import Card, DecoratedText, Show
from numirror.kernel.domain import Viewer
from numirror.kernel.letter import Cursor
from tests.cards.checked import checked_card

NOW = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
VIEWER = Viewer(NOW, "Europe/Berlin")
NASTY = '<b>&"\u202e' + "x" * 1_990


def people(count: int, standing: Standing, name: str = "p") -> dict[str, Person]:
    addresses = [f"{name}{number}@{'x' * 100 if number % 2 else 'example'}.com" for number in range(count)]
    return {person_id(one): Person(person_id(one), one, standing, NOW, friend_since=1) for one in addresses}


def full(count: float) -> Social:
    """Everything at a share of its limit."""

    def some(limit: int) -> range:
        return range(round(limit * count))

    known = people(len(some(FRIENDS_LIMIT)), "friend") | people(len(some(WAITING_LIMIT)), "asking", "q")
    known |= people(len(some(50)), "blocked", "r") | people(len(some(50)), "declined", "s")
    own = {
        f"o{number}": Post(
            f"o{number}", NASTY, NOW, "", 2, 2, True, dict.fromkeys([one.address for one in known.values()], "wow")
        )
        for number in some(OWN_KEPT)
    }
    theirs = {
        f"t{number}": TheirPost(f"t{number}", "0" * 16, "p0@example.com", NASTY, NOW, True, True, "wow")
        for number in some(THEIRS_KEPT)
    }
    return Social(known, own, theirs, 5)


def rows(card: Card) -> list[DecoratedText]:
    widgets = [widget for section in card.sections for widget in section.widgets]
    return [one for one in widgets if isinstance(one, DecoratedText)]


@pytest.mark.parametrize("share", [0, 0.02, 1])
def test_however_much_there_is_the_cards_are_as_google_shows_them(share: float) -> None:
    state = full(share)
    checked_card(wall_card(state, VIEWER))
    checked_card(friends_card(state, VIEWER, {}))
    checked_card(add_card(state, VIEWER, {}))
    for post_id in ("o0", "t0", "gone"):
        checked_card(post_card(state, VIEWER, {"post_id": post_id}))


@pytest.mark.parametrize("standing", ["friend", "asked", "asking", "declined", "apart", "blocked"])
def test_a_person_has_a_card_however_they_stand(standing: Standing) -> None:
    state = Social(people(1, standing))
    checked_card(person_card(state, VIEWER, {"person_id": next(iter(state.people))}))
    assert "Go back" in str(checked_card(person_card(state, VIEWER, {})))


def test_an_empty_wall_says_what_to_do() -> None:
    card = str(checked_card(wall_card(Social(), VIEWER)))
    assert "Nothing here yet" in card
    assert "Add a friend" in card


def test_requests_stand_first_with_both_answers() -> None:
    card = checked_card(wall_card(Social(people(5, "asking")), VIEWER))
    first = str(card["sections"][0])
    assert first.count("'Accept'") == first.count("'Decline'") == 3
    assert "Show 2 more" in first


def test_the_newest_posts_are_shown_fifteen_of_them() -> None:
    posts = {
        f"t{n}": TheirPost(f"t{n}", "0" * 16, "b@x.com", f"{n}", NOW - timedelta(hours=n), False) for n in range(40)
    }
    shown = rows(wall_card(Social(theirs=posts), VIEWER))
    assert [row.text for row in shown] == [str(number) for number in range(15)]
    assert shown[0].top_label == "b@x.com, today 00:30"


def test_a_post_says_who_has_seen_it() -> None:
    friends = people(5, "friend")
    last = next(iter(friends))
    seen = {
        key: one if key == last else Person(key, one.address, "friend", NOW, 1, 0, Cursor(), Cursor("", 9, 9))
        for key, one in friends.items()
    }
    state = Social(seen, {"o": Post("o", "Hi", NOW, "", 2, 2, reactions={"a": "like", "b": "like", "c": "wow"})})
    (row,) = rows(wall_card(state, VIEWER))
    assert row.bottom_label == "seen by 4, waiting for 1 · 👍 2  😮 1"


def test_news_are_requests_or_else_new_posts() -> None:
    post = TheirPost("t", "0" * 16, "b@x.com", "Hi", NOW, False)
    old = replace_at(post, NOW - timedelta(days=3))
    assert news(Social(), VIEWER) == news(Social(theirs={"t": old}), VIEWER) == ""
    assert news(Social(theirs={"t": post}), VIEWER) == "1 new post of a friend"
    assert news(Social(people(2, "asking"), theirs={"t": post}), VIEWER) == "2 people ask to be your friend"


def replace_at(post: TheirPost, at: datetime) -> TheirPost:
    return TheirPost(post.post_id, post.original_id, post.author, post.text, at, post.is_private)


SENT: dict[str, Any] = {"entity_id": "x", "serial": 1, "to": ()}


def test_after_a_wish_there_is_a_sentence_and_the_page_stays() -> None:
    asked, edited = FriendAsked(**SENT, at=NOW), PostEdited(**SENT, text="x", at=NOW)
    assert "on its way" in said((asked,))
    assert after((asked,)) == Show("friends")
    assert after((edited,)) == Show("post", {"post_id": "x"})
    assert said((ReactionGiven(**SENT, post_id="y", reaction="love"),)) == "You reacted with ❤️"
    assert said((ReactionGiven(**SENT, post_id="y", reaction=""),)) == "Taken back."
    assert said((RequestDeclined(entity_id="x", at=NOW),)) == "Declined. They are not told."
    assert after((PostPublished(**SENT, text="x", only="", at=NOW),)) is None
    assert said(()) == "It is so already."


def test_times_are_those_of_the_viewer() -> None:
    post = TheirPost("t", "0" * 16, "b@x.com", "Hi", NOW, False)
    (row,) = rows(wall_card(Social(theirs={"t": post}), replace(VIEWER, zone="Etc/UTC")))
    assert row.top_label == "b@x.com, today 23:30"
