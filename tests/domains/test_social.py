"""The rules of friends and walls: given events, when a command, then events."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numirror.domains.social.commands import (
    AcceptRequest,
    AskFriend,
    Block,
    DeclineRequest,
    EditPost,
    NoteReceipts,
    PublishPost,
    React,
    ReceiveLetters,
    RetractPost,
    SocialCommand,
    TakeReactionBack,
    Unblock,
    Unfriend,
    WithdrawRequest,
)
from numirror.domains.social.decider import DECIDER, MAIL
from numirror.domains.social.decider.state import (
    FRIENDS_LIMIT,
    OWN_KEPT,
    STRANGERS_KEPT,
    THEIRS_KEPT,
    WAITING_LIMIT,
    Seen,
    Social,
    person_id,
    their_post_id,
)
from numirror.domains.social.decider.texts import TEXT_LIMIT
from numirror.domains.social.events import (
    FriendAsked,
    FriendshipMade,
    LetterReceived,
    PersonBlocked,
    PostPublished,
    PostRetracted,
    PostShared,
    ReactionGiven,
    SocialEvent,
)
from numirror.kernel.errors import Refused
from numirror.kernel.ids import entity_id
from numirror.kernel.letter import Cursor, Letter

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SPACE = UUID(int=7)
BOB, CAROL = "bob@example.com", "carol@example.com"
BOB_ID = person_id(BOB)
POST = "0123456789abcdef"
LINE = "f" * 32


def when(number: int = 1, now: datetime = NOW, **more: Any) -> dict[str, Any]:
    return {"command_id": uuid5(SPACE, str(number)), "now": now, "zone": "Etc/UTC", **more}


class Ada:
    """Someone's state, as commands and letters change it."""

    def __init__(self) -> None:
        self.state = DECIDER.initial
        self.events: list[SocialEvent] = []
        self._count = 1000

    def do(self, command: SocialCommand) -> tuple[SocialEvent, ...]:
        events: Any = DECIDER.decide(self.state, command)
        self.state = DECIDER.fold(self.state, events)
        self.events += events
        return tuple(events)

    def wish(self, command: type[Any], now: datetime = NOW, **fields: Any) -> tuple[SocialEvent, ...]:
        self._count += 1
        return self.do(command(**when(self._count, now), **fields))

    def hear(self, *letters: Letter, sender: str = BOB, now: datetime = NOW) -> tuple[SocialEvent, ...]:
        return self.wish(ReceiveLetters, now, sender=sender, letters=letters, origin="worker")

    def friend(self, address: str = BOB) -> "Ada":
        """Asked by them, and accepted."""
        self.hear(letter(1, 0, "Asked"), sender=address)
        self.wish(AcceptRequest, person_id=person_id(address))
        return self

    def standing(self, address: str = BOB) -> str:
        person = self.state.person(address)
        return person.standing if person else ""


def letter(number: int, after: int, kind: str, line: str = LINE, **content: Any) -> Letter:
    return Letter(line, number, after, number, {"kind": kind, **content} if kind else None)


def posted(number: int, after: int, text: str = "Hello", post_id: str = POST, **more: Any) -> Letter:
    return letter(number, after, "Posted", post_id=post_id, text=text, at=NOW.isoformat(), is_private=False, **more)


def texts(ada: Ada) -> list[str]:
    return [post.text for post in ada.state.theirs.values()]


def told(events: Iterable[SocialEvent]) -> list[tuple[tuple[str, ...], str]]:
    found = [MAIL.told(event) for event in events]
    return [(one.to, one.content["kind"]) for one in found if one]


# friends


def test_a_request_is_told_to_the_address_as_google_knows_it() -> None:
    ada = Ada()
    (event,) = ada.wish(AskFriend, address="  BOB@Example.com ")
    assert event == FriendAsked(entity_id=BOB_ID, serial=1, to=(BOB,), at=NOW)
    assert (told([event]), ada.standing()) == ([((BOB,), "Asked")], "asked")
    assert ada.wish(AskFriend, address=BOB) == ()


@pytest.mark.parametrize(
    "address", ["", "bob", "bob@x", "b b@x.com", "böb@x.com", f"{'b' * 200}@x.com", "a@x.com, b@x.com"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(Refused, match="no e-mail address"):
        Ada().wish(AskFriend, address=address)


def test_nobody_asks_themselves() -> None:
    with pytest.raises(Refused, match="your own address"):
        Ada().wish(AskFriend, address=" Ada@Example.com", me="ada@example.com")


def test_a_request_that_came_in_is_accepted_or_declined_and_only_the_yes_is_told() -> None:
    ada, other = Ada(), Ada()
    for one in (ada, other):
        one.hear(letter(1, 0, "Asked"))
        assert one.standing() == "asking"
    assert told(ada.wish(AcceptRequest, person_id=BOB_ID)) == [((BOB,), "Accepted")]
    assert ada.standing() == "friend"
    assert told(other.wish(DeclineRequest, person_id=BOB_ID)) == []
    assert other.standing() == "declined"
    assert other.wish(DeclineRequest, person_id=BOB_ID) == () == ada.wish(AcceptRequest, person_id=BOB_ID)


def test_who_asks_someone_that_asks_them_is_their_friend() -> None:
    ada = Ada()
    ada.hear(letter(1, 0, "Asked"))
    assert told(ada.wish(AskFriend, address=BOB)) == [((BOB,), "Accepted")]


def test_requests_that_cross_make_friends() -> None:
    ada = Ada()
    ada.wish(AskFriend, address=BOB)
    assert told(ada.hear(letter(1, 0, "Asked"))) == [((BOB,), "Accepted")]
    assert ada.standing() == "friend"


def test_an_acceptance_counts_only_from_someone_who_was_asked() -> None:
    ada = Ada()
    ada.hear(letter(1, 0, "Asked"))
    ada.hear(letter(2, 1, "Accepted"))
    assert ada.standing() == "asking"
    ada.wish(AskFriend, address=CAROL)
    ada.hear(letter(1, 0, "Accepted"), sender=CAROL)
    assert ada.standing(CAROL) == "friend"
    ada.wish(PublishPost, text="Hi")
    assert told(ada.hear(letter(2, 1, "Accepted"), sender=CAROL)) == []


@pytest.mark.parametrize("wish", [WithdrawRequest, Block])
def test_a_request_is_taken_back(wish: type[Any]) -> None:
    ada = Ada()
    ada.wish(AskFriend, address=BOB)
    assert told(ada.wish(wish, person_id=BOB_ID)) == [((BOB,), "Farewell")]
    assert ada.wish(wish, person_id=BOB_ID) == ()


@pytest.mark.parametrize("wish", [Unfriend, Block])
def test_an_end_is_told_and_takes_their_posts_and_reactions_along(wish: type[Any]) -> None:
    ada = Ada().friend()
    (mine,) = ada.wish(PublishPost, text="Mine")
    ada.hear(posted(2, 1), letter(3, 2, "ReactedTo", post_id=mine.entity_id, reaction="love"))
    assert told(ada.wish(wish, person_id=BOB_ID)) == [((BOB,), "Farewell")]
    assert texts(ada) == []
    assert ada.state.own[mine.entity_id].reactions == {}


def test_a_farewell_ends_a_friendship_on_the_other_side() -> None:
    ada = Ada().friend()
    ada.hear(posted(2, 1), letter(3, 2, "Farewell"))
    assert (ada.standing(), texts(ada)) == ("apart", [])


def test_a_stranger_is_blocked_without_being_told_and_never_heard_again() -> None:
    ada = Ada()
    ada.hear(letter(1, 0, "Asked"))
    (event,) = ada.wish(Block, person_id=BOB_ID)
    assert isinstance(event, PersonBlocked)
    assert told([event]) == []
    assert ada.hear(letter(2, 1, "Farewell"), letter(3, 2, "Asked")) == ()
    with pytest.raises(Refused, match="Unblock them"):
        ada.wish(AskFriend, address=BOB)
    ada.wish(Unblock, person_id=BOB_ID)
    ada.hear(letter(2, 1, "Farewell"), letter(3, 2, "Asked"))
    assert ada.standing() == "asking"


@pytest.mark.parametrize("wish", [AcceptRequest, DeclineRequest, WithdrawRequest, Unfriend, Block, Unblock])
def test_of_someone_unknown_nothing_can_be_wished(wish: type[Any]) -> None:
    with pytest.raises(Refused, match="Refresh"):
        Ada().wish(wish, person_id="nobody")


@pytest.mark.parametrize(("wish", "given_friend"), [(Unfriend, False), (DeclineRequest, True), (WithdrawRequest, True)])
def test_what_does_not_fit_how_they_stand_is_refused(wish: type[Any], given_friend: bool) -> None:
    ada = Ada().friend() if given_friend else Ada()
    ada.wish(AskFriend, address=BOB)
    with pytest.raises(Refused, match="Refresh"):
        ada.wish(wish, person_id=BOB_ID)


def test_friends_and_requests_have_limits() -> None:
    ada = Ada()
    for number in range(FRIENDS_LIMIT):
        ada.wish(AskFriend, address=f"p{number}@example.com")
    with pytest.raises(Refused, match="150 friends"):
        ada.wish(AskFriend, address=BOB)
    ada.hear(letter(1, 0, "Asked"))
    with pytest.raises(Refused, match="150 friends"):
        ada.wish(AcceptRequest, person_id=BOB_ID)


def test_strangers_cannot_fill_the_state() -> None:
    ada = Ada()
    for number in range(WAITING_LIMIT):
        ada.hear(letter(1, 0, "Asked"), sender=f"p{number}@example.com")
    assert ada.hear(letter(1, 0, "Asked")) == ()
    for number in range(WAITING_LIMIT):
        ada.hear(letter(2, 1, "Farewell"), sender=f"p{number}@example.com")
    assert ada.hear(posted(1, 0), sender="never-asked@example.com") == ()
    for number in range(2 * STRANGERS_KEPT):
        ada.hear(letter(1, 0, "Asked"), letter(2, 1, "Farewell"), sender=f"q{number}@example.com")
    assert len(ada.state.people) == STRANGERS_KEPT


# the wall


def test_a_post_goes_to_all_friends_or_to_one() -> None:
    ada = Ada().friend().friend(CAROL)
    assert told(ada.wish(PublishPost, only="all", text=" Hi \u202e\r\n\r\n\r\nall ")) == [((BOB, CAROL), "Posted")]
    assert next(iter(ada.state.own.values())).text == "Hi \n\nall"
    assert told(ada.wish(PublishPost, text="Psst", only=BOB_ID)) == [((BOB,), "Posted")]
    with pytest.raises(Refused, match="not a friend any more"):
        ada.wish(PublishPost, text="Psst", only=person_id("x@example.com"))


@pytest.mark.parametrize("text", ["", " \n", "\u200b", "\u202e\u200d", "\x00"])
def test_a_post_without_a_text_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="needs a text"):
        Ada().wish(PublishPost, text=text)


def test_a_post_that_is_too_long_is_refused_and_says_both_lengths() -> None:
    with pytest.raises(Refused, match="2,000 characters; this one has 2,001"):
        Ada().wish(PublishPost, text="x" * (TEXT_LIMIT + 1))


def test_the_same_post_twice_is_one_and_another_text_is_refused() -> None:
    ada = Ada()
    ada.do(PublishPost(**when(), text="Hi"))
    assert ada.do(PublishPost(**when(), text="Hi")) == ()
    with pytest.raises(Refused, match="posted already"):
        ada.do(PublishPost(**when(), text="Ho"))


def test_edits_and_retractions_go_where_the_post_went() -> None:
    ada = Ada().friend().friend(CAROL)
    (post,) = ada.wish(PublishPost, text="Psst", only=BOB_ID)
    key: dict[str, Any] = {"post_id": post.entity_id}
    assert told(ada.wish(EditPost, **key, text="Psst!")) == [((BOB,), "Edited")]
    assert ada.wish(EditPost, **key, text="Psst! ") == ()
    assert told(ada.wish(RetractPost, **key)) == [((BOB,), "Retracted")]
    assert ada.wish(RetractPost, **key) == ()
    with pytest.raises(Refused, match="can't be edited"):
        ada.wish(EditPost, **key, text="x")


def test_a_friends_post_is_on_the_wall_edited_and_gone() -> None:
    ada = Ada().friend()
    ada.hear(posted(2, 1))
    ada.hear(letter(3, 2, "Edited", post_id=POST, text="Hello!"))
    (post,) = ada.state.theirs.values()
    assert (post.text, post.is_edited, post.author) == ("Hello!", True, BOB)
    ada.hear(letter(4, 3, "Retracted", post_id=POST))
    assert texts(ada) == []


def test_nobody_changes_the_post_of_another() -> None:
    ada = Ada().friend().friend(CAROL)
    ada.hear(posted(2, 1))
    ada.hear(
        posted(2, 1, "Mine"), letter(3, 2, "Retracted", post_id=POST), letter(4, 3, "Edited", post_id=POST, text="x"),
        sender=CAROL,
    )  # fmt: skip
    assert texts(ada) == ["Hello"]


def test_a_reaction_goes_to_the_author_and_is_taken_back() -> None:
    ada = Ada().friend()
    ada.hear(posted(2, 1))
    key: dict[str, Any] = {"post_id": their_post_id(BOB, POST)}
    (event,) = ada.wish(React, **key, reaction="wow")
    assert isinstance(event, ReactionGiven)
    assert (event.to, event.post_id) == ((BOB,), POST)
    assert ada.wish(React, **key, reaction="wow") == ()
    assert told(ada.wish(TakeReactionBack, **key)) == [((BOB,), "ReactedTo")]
    assert ada.wish(TakeReactionBack, **key) == ()
    with pytest.raises(Refused, match="six reactions"):
        ada.wish(React, **key, reaction="hate")
    with pytest.raises(Refused, match="not there any more"):
        ada.wish(React, post_id="x", reaction="wow")


def test_one_reaction_a_person_and_only_of_those_who_may_read() -> None:
    ada = Ada().friend().friend(CAROL)
    (post,) = ada.wish(PublishPost, text="Psst", only=BOB_ID)
    for number, reaction in enumerate(("love", "wow", "hate"), 2):
        ada.hear(letter(number, number - 1, "ReactedTo", post_id=post.entity_id, reaction=reaction))
    ada.hear(letter(2, 1, "ReactedTo", post_id=post.entity_id, reaction="wow"), sender=CAROL)
    assert ada.state.own[post.entity_id].reactions == {BOB: "wow"}
    ada.hear(letter(5, 4, "ReactedTo", post_id=post.entity_id, reaction=""))
    assert ada.state.own[post.entity_id].reactions == {}


def test_a_new_friend_sees_the_last_thirty_days_but_nothing_private() -> None:
    ada = Ada().friend(CAROL)
    ada.wish(PublishPost, NOW - timedelta(days=31), text="Long ago")
    ada.wish(PublishPost, NOW - timedelta(days=29), text="Lately")
    ada.wish(PublishPost, text="Private", only=person_id(CAROL))
    ada.wish(PublishPost, text="Now")
    ada.hear(letter(1, 0, "Asked"))
    made, *shared = ada.wish(AcceptRequest, person_id=BOB_ID)
    assert isinstance(made, FriendshipMade)
    assert [one.text for one in shared if isinstance(one, PostShared)] == ["Lately", "Now"]
    assert {one.to for one in shared if isinstance(one, PostShared)} == {(BOB,)}


def test_a_post_says_how_far_it_has_come() -> None:
    ada = Ada().friend().friend(CAROL)
    (first,) = ada.wish(PublishPost, text="One")

    def seen() -> Seen:
        return ada.state.seen(ada.state.own[first.entity_id])

    def receipt(address: str, number: int) -> tuple[SocialEvent, ...]:
        receipts = {address: Cursor("", number, ada.state.serial)}
        return ada.wish(NoteReceipts, receipts=receipts, origin="worker")

    assert seen() == Seen(0, 2)
    assert receipt(BOB, 10)
    assert seen() == Seen(1, 1)
    assert receipt(BOB, 10) == () == receipt(BOB, 9) == receipt("nobody@example.com", 1)
    ada.wish(EditPost, post_id=first.entity_id, text="One!")
    assert seen() == Seen(0, 2)
    ada.friend("dan@example.com")
    assert seen() == Seen(0, 3)
    receipt("dan@example.com", 30)
    assert seen() == Seen(1, 2)


def test_posts_at_hand_are_bounded() -> None:
    ada = Ada().friend()
    for number in range(2, THEIRS_KEPT + 5):
        ada.hear(posted(number, number - 1, f"{number}", f"{number:016x}"))
        if number < OWN_KEPT + 5:
            ada.wish(PublishPost, text=f"Mine {number}")
    assert (len(ada.state.theirs), len(ada.state.own)) == (THEIRS_KEPT, OWN_KEPT)


# letters


def test_letters_come_only_by_a_worker() -> None:
    with pytest.raises(Refused, match="by themselves"):
        Ada().wish(ReceiveLetters, sender=BOB, letters=(letter(1, 0, "Asked"),))
    with pytest.raises(Refused, match="by themselves"):
        Ada().wish(NoteReceipts, receipts={})


def test_what_stands_behind_a_gap_waits() -> None:
    ada = Ada().friend()
    assert ada.hear(letter(9, 5, "Retracted", post_id=POST)) == ()
    ada.hear(letter(9, 5, "Retracted", post_id=POST), posted(5, 1))
    assert texts(ada) == []
    assert ada.hear(posted(5, 1)) == ()


@pytest.mark.parametrize(
    "content",
    [
        None,
        {"kind": "Dance"},
        {"kind": "Posted"},
        {"kind": "Posted", "post_id": POST, "text": "x" * 2001, "at": NOW.isoformat(), "is_private": False},
        {"kind": "Posted", "post_id": POST, "text": " \u200b", "at": NOW.isoformat(), "is_private": False},
        {"kind": "Posted", "post_id": POST, "text": "x", "at": "2026-11-22T12:00:00", "is_private": False},
        {"kind": "Posted", "post_id": "../etc", "text": "x", "at": NOW.isoformat(), "is_private": False},
        {"kind": "Retracted", "post_id": "x" * 9000},
        {"kind": "ReactedTo", "post_id": POST, "reaction": "x" * 9000},
    ],
)
def test_what_no_honest_friend_writes_counts_and_says_nothing(content: Any) -> None:
    ada = Ada().friend()
    (event,) = ada.hear(Letter(LINE, 2, 1, 2, content))
    assert isinstance(event, LetterReceived)
    assert (event.number, event.content) == (2, None)
    ada.hear(posted(3, 2))
    assert texts(ada) == ["Hello"]


def test_a_friends_text_and_time_are_cleaned() -> None:
    ada = Ada().friend()
    late = {"kind": "Posted", "post_id": POST, "text": "Hi\u202e\x00", "at": "9999-01-01T00:00:00Z", "is_private": True}
    ada.hear(Letter(LINE, 2, 1, 2, late))
    (post,) = ada.state.theirs.values()
    assert (post.text, post.at, post.is_private) == ("Hi", NOW, True)


def test_a_stranger_writes_nothing_on_the_wall_and_leaves_one_event_at_most() -> None:
    ada = Ada()
    ada.hear(letter(1, 0, "Asked"))
    events = ada.hear(*(posted(number, number - 1, "Buy!") for number in range(2, 50)))
    assert len(events) == 1
    assert texts(ada) == []


def test_a_friend_who_began_anew_is_a_friend_again_and_their_old_posts_go() -> None:
    ada = Ada().friend()
    ada.wish(PublishPost, text="Mine")
    ada.hear(posted(2, 1))
    events = ada.hear(letter(1, 0, "Asked", line="a" * 32))
    assert told(events) == [((BOB,), "Accepted"), ((BOB,), "Posted")]
    assert (ada.standing(), texts(ada)) == ("friend", [])
    assert ada.hear(posted(2, 1)) == ()


def test_who_was_never_a_friend_does_not_learn_that_their_letters_arrive() -> None:
    ada = Ada()
    ada.hear(letter(1, 0, "Asked"))
    assert not MAIL.correspondents(ada.state)[BOB].is_answered
    ada.wish(DeclineRequest, person_id=BOB_ID)
    assert not MAIL.correspondents(ada.state)[BOB].is_answered
    ada.wish(AcceptRequest, person_id=BOB_ID)
    assert MAIL.correspondents(ada.state)[BOB].is_answered
    ada.wish(Block, person_id=BOB_ID)
    blocked = MAIL.correspondents(ada.state)[BOB]
    assert blocked.is_muted
    assert not blocked.is_answered


def _story() -> list[Letter]:
    ids = [f"{number:016x}" for number in range(4)]
    kinds = [("Posted", ids[0]), ("Posted", ids[1]), ("Retracted", ids[0]), ("Posted", ids[2]), ("Edited", ids[1])]
    made, before = [letter(1, 0, "Asked")], 1
    for place, (kind, post_id) in enumerate([*kinds, ("Retracted", ids[2]), ("Posted", ids[3])]):
        number = 3 + 2 * place
        text: dict[str, Any] = {} if kind == "Retracted" else {"text": f"{kind} {post_id}"}
        when_posted: dict[str, Any] = {"at": NOW.isoformat(), "is_private": False} if kind == "Posted" else {}
        made.append(letter(number, before, kind, post_id=post_id, **text, **when_posted))
        before = number
    return made


STORY = _story()


@settings(max_examples=15)
@given(st.lists(st.lists(st.sampled_from(STORY), max_size=8), max_size=8))
def test_however_letters_come_the_wall_is_the_same(batches: list[list[Letter]]) -> None:
    """Whatever is lost, doubled or shuffled before, once everything has come in order it is as if nothing had been."""
    shaken, calm = Ada().friend(), Ada().friend()
    for batch in batches:
        shaken.hear(*batch)
        assert sum(isinstance(one, LetterReceived) and one.content is not None for one in shaken.events) <= len(STORY)
    for one in (shaken, calm):
        one.hear(*STORY)
    assert shaken.state == calm.state


@settings(max_examples=10)
@given(
    st.lists(
        st.sampled_from([Unfriend, Block, Unblock, AcceptRequest, DeclineRequest, WithdrawRequest, AskFriend]),
        max_size=12,
    )
)
def test_a_repeated_wish_changes_nothing(wishes: list[type[Any]]) -> None:
    ada = Ada().friend()
    for number, wish in enumerate(wishes):
        key = {"address": BOB} if wish is AskFriend else {"person_id": BOB_ID}
        try:
            ada.do(wish(**when(number), **key))
        except Refused:
            continue
        assert ada.do(wish(**when(number), **key)) == ()


def test_facts_about_nobody_and_nothing_change_nothing_but_the_count() -> None:
    strangers: list[SocialEvent] = [
        FriendshipMade(entity_id="x", serial=1, to=("x@example.com",), at=NOW),
        PersonBlocked(entity_id="x", serial=2, to=(), address="x@example.com", at=NOW),
        PostRetracted(entity_id="x", serial=3, to=()),
        ReactionGiven(entity_id="x", serial=4, to=(BOB,), post_id=POST, reaction="wow"),
        PostShared(entity_id="x", serial=5, to=(BOB,), text="x", at=NOW),
    ]
    assert DECIDER.fold(DECIDER.initial, strangers) == Social(serial=5)


def test_a_post_has_the_id_of_its_command() -> None:
    (event,) = Ada().do(PublishPost(**when(5), text="Hi"))
    assert isinstance(event, PostPublished)
    assert event.entity_id == entity_id(uuid5(SPACE, "5"))
