"""Two people, two databases, and a post office that loses, doubles and shuffles: in the end the same walls."""

import random
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from numirror import catalog
from numirror.domains.social.commands import (
    AcceptRequest,
    AskFriend,
    Block,
    EditPost,
    React,
    RetractPost,
    Unblock,
    Unfriend,
)
from numirror.domains.social.decider.state import Seen, person_id, their_post_id
from numirror.domains.social.events import PostPublished
from numirror.kernel.letter import Letter
from numirror.shell.letters import Pace
from tests.letters.conftest import Clock, Someone, befriend, hours, settle

DELIVERIES = 1_000


def test_what_one_writes_the_other_reads_and_each_has_it_in_their_own_log(ada: Someone, bob: Someone) -> None:
    befriend(ada, bob)
    post = ada.post("Hello")
    assert ada.state.seen(ada.state.own[post]) == Seen(0, 1)
    settle(ada, bob)
    assert bob.shown() == ada.written() == {their_post_id(ada.address, post): "Hello"}
    assert ada.state.seen(ada.state.own[post]) == Seen(1, 0)
    bob.wish(React, post_id=their_post_id(ada.address, post), reaction="love")
    settle(ada, bob)
    assert ada.state.own[post].reactions == {bob.address: "love"}


def test_quiet_is_quiet(ada: Someone, bob: Someone) -> None:
    befriend(ada, bob)
    checkpoints = ada.stores.projections.checkpoints(ada.tenant)
    trips, length = ada.proxy.trips, len(ada.log())
    ada.letters.run(ada.hash, checkpoints, float("inf"))
    assert (ada.proxy.trips, len(ada.log())) == (trips + 1, length)  # the one was the test's own


def test_a_new_friend_sees_what_was_posted_before(ada: Someone, bob: Someone, clock: Clock) -> None:
    today = clock.now
    clock.now -= hours(24 * 31)
    ada.post("Long ago")
    clock.now = today
    ada.post("Lately")
    befriend(ada, bob)
    assert list(bob.shown().values()) == ["Lately"]


def test_who_was_away_gets_everything_although_the_mailbox_was_wiped(ada: Someone, bob: Someone, clock: Clock) -> None:
    befriend(ada, bob)
    bob.proxy.refuse = True
    bob.proxy.reset()
    posts = [ada.post(f"Post {number}") for number in range(20)]
    ada.work()
    bob.try_to_work()
    bob.redis.delete(bob.mailbox)
    ada.wish(EditPost, post_id=posts[1], text="Better")
    ada.wish(RetractPost, post_id=posts[0])
    ada.work()
    bob.proxy.refuse = False
    settle(ada, bob)
    assert bob.shown() == ada.written()
    assert len(bob.shown()) == 19
    numbers = [number for _, number in bob.received()]
    assert numbers == sorted(set(numbers))


def test_what_is_not_acknowledged_is_sent_again_later_and_later(ada: Someone, bob: Someone, clock: Clock) -> None:
    befriend(ada, bob)
    ada.post("One")
    ada.post("Two")
    again_at = ada.work().again_at
    assert again_at is not None
    assert again_at.timestamp() == clock.now + 60
    bob.redis.delete(bob.mailbox)
    ada.work()
    assert not bob.redis.xlen(bob.mailbox)
    waits = []
    for _ in range(13):
        clock.now = again_at.timestamp()
        again_at = ada.work().again_at
        assert again_at is not None
        waits.append(again_at.timestamp() - clock.now)
    assert waits[:3] == [120, 240, 480]
    assert waits[-1] == hours(24)
    letters = [one for one in bob.mailboxes.take(bob.hash, 100).opened if isinstance(one.enclosed, Letter)]
    assert len(letters) == 13  # not all of them, each time
    settle(ada, bob)
    assert bob.shown() == ada.written()


def test_a_visit_heals_a_wiped_mailbox_but_asks_once_an_hour_only(ada: Someone, bob: Someone, clock: Clock) -> None:
    befriend(ada, bob)
    ada.post("Hello")
    ada.work()
    bob.redis.delete(bob.mailbox)
    bob.work()
    assert not ada.redis.xlen(ada.mailbox)
    clock.now += hours(1)
    bob.work()
    assert ada.redis.xlen(ada.mailbox) == 1
    bob.work()
    assert ada.redis.xlen(ada.mailbox) == 1
    settle(ada, bob)
    assert bob.shown() == ada.written()


def test_without_a_lease_letters_wait(ada: Someone, bob: Someone) -> None:
    befriend(ada, bob)
    bob.stores.take_back_lease(bob.hash)
    ada.post("Hello")
    ada.work()
    bob.work()
    assert bob.redis.xlen(bob.mailbox) == 1
    settle(ada, bob.visit())
    assert bob.shown() == ada.written()


def test_all_of_redis_may_vanish_at_any_moment(ada: Someone, bob: Someone) -> None:
    befriend(ada, bob)
    for number in range(6):
        ada.post(f"Ada {number}")
        bob.post(f"Bob {number}")
        (ada, bob)[number % 2].work()
        ada.redis.flushall()
        ada.visit()
        bob.visit()
        (ada, bob)[number % 3 == 0].work()
    settle(ada, bob)
    assert bob.shown() == ada.written()
    assert ada.shown() == bob.written()


def test_a_blocked_sender_gets_no_answer_and_leaves_no_trace(ada: Someone, bob: Someone) -> None:
    befriend(ada, bob)
    bob.wish(Block, person_id=person_id(ada.address))
    bob.work()
    ada.redis.delete(ada.mailbox)  # so Ada believes to be a friend still
    ada.post("Hello?")
    ada.work()
    length = len(bob.log())
    bob.work()
    assert (len(bob.log()), bob.redis.xlen(bob.mailbox), ada.redis.xlen(ada.mailbox)) == (length, 0, 0)
    bob.wish(Unblock, person_id=person_id(ada.address))
    assert bob.shown() == {}


def test_asking_an_address_looks_the_same_whether_or_not_anyone_is_there(ada: Someone, bob: Someone) -> None:
    ada.wish(AskFriend, address=bob.address)
    ada.wish(AskFriend, address="nobody@example.com")
    ada.work()
    bob.work()
    settle(ada, bob)
    assert bob.standing(ada) == "asking"
    somebody, nobody = (ada.state.person(address) for address in (bob.address, "nobody@example.com"))
    assert somebody and nobody
    assert somebody.standing == nobody.standing == "asked"
    assert somebody.acknowledged == nobody.acknowledged
    assert [one.type for one in ada.log()] == ["social.friend_asked"] * 2


def test_the_letters_of_one_befriending_are_counted_in_both_logs_once(ada: Someone, bob: Someone) -> None:
    befriend(ada, bob)
    ada.wish(Unfriend, person_id=person_id(bob.address))
    settle(ada, bob)
    assert bob.standing(ada) == "apart"
    bob.wish(AskFriend, address=ada.address)
    settle(ada, bob)
    ada.wish(AcceptRequest, person_id=person_id(bob.address))
    settle(ada, bob)
    assert (ada.standing(bob), bob.standing(ada)) == ("friend", "friend")
    assert [kind for kind, _ in bob.received()] == ["Asked", "Farewell", "Accepted"]


def test_a_window_is_never_more_than_a_friend_can_take(ada: Someone, bob: Someone) -> None:
    befriend(ada, bob)
    for number in range(130):
        ada.post(f"{number}")
    ada.work()
    assert ada.redis.xlen(bob.mailbox) == 100
    settle(ada, bob)
    assert len(bob.shown()) == 100  # as many as are kept at hand
    assert len(bob.received()) == 131


def test_where_nothing_can_be_written_letters_wait(ada: Someone, bob: Someone) -> None:
    befriend(ada, bob)
    ended = datetime(2026, 1, 1, tzinfo=UTC)
    bob.stores.lend(msgspec.structs.replace(bob.lease, trial_until=ended), bob.hash)
    ada.post("Hello")
    ada.work()
    assert bob.work().up_to_date
    assert bob.redis.xlen(bob.mailbox) == 1
    settle(ada, bob.visit())
    assert bob.shown() == ada.written()


def test_who_asks_themselves_gets_no_letter(ada: Someone) -> None:
    ada.wish(AskFriend, address=ada.address)
    ada.work()
    assert not ada.redis.xlen(ada.mailbox)


def test_what_is_too_long_for_a_letter_leaves_no_gap(ada: Someone, bob: Someone) -> None:
    """As only somebody can write who writes into their own database."""
    befriend(ada, bob)
    serial = ada.state.serial + 1
    forged = PostPublished(
        entity_id="0" * 16,
        serial=serial,
        to=(bob.address,),
        text="x" * 9_000,
        only="",
        at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    event = catalog.CODECS["social"].encode(forged)
    ada.stores.log.append(ada.tenant, "social", len(ada.log()), uuid4(), [event], forged.at, {})
    after = ada.post("Hello")
    ada.work()
    first: Any = bob.mailboxes.take(bob.hash, 10).opened[0].enclosed
    assert first.content is None
    settle(ada, bob)
    assert bob.shown() == {their_post_id(ada.address, after): "Hello"}


def test_nobody_is_asked_for_missing_letters_all_the_time(ada: Someone, make: Callable[..., Someone]) -> None:
    bob = make("bob", pace=Pace())
    befriend(ada, bob)
    ada.redis.delete(ada.mailbox)
    for number in (1_000, 1_001):
        gap = Letter(bob.state.people[person_id(ada.address)].received.line, number, number - 1, 9)
        bob.mailboxes.put(ada.address, bob.address, "social", [gap])
        bob.work()
    receipts: list[Any] = [one.enclosed for one in ada.mailboxes.take(ada.hash, 10).opened]
    assert [one.again for one in receipts] == [True, False]


def misdeliver(chance: random.Random, redis: Any, mailbox: str) -> int:
    """Takes everything out of a mailbox and puts some of it back: shuffled, some twice, some never."""
    fields = [one for _, one in redis.xrange(mailbox)]
    redis.delete(mailbox)
    kept = [one for one in fields for _ in range(chance.choice((0, 1, 1, 1, 2)))]
    chance.shuffle(kept)
    for one in kept:
        redis.xadd(mailbox, one)
    return len(kept)


@pytest.mark.parametrize("seed", [1])
def test_the_same_walls_after_a_thousand_deliveries_lost_doubled_and_shuffled(
    ada: Someone, bob: Someone, clock: Clock, seed: int
) -> None:
    befriend(ada, bob)
    chance, people = random.Random(seed), (ada, bob)
    mine: dict[str, list[str]] = {one.address: [] for one in people}
    delivered = rounds = 0
    while delivered < DELIVERIES:
        rounds += 1
        for one in people:
            for _ in range(chance.randint(0, 6)):
                wander(chance, one, mine[one.address])
        for one in people:
            bob.proxy.refuse = chance.random() < 0.2
            if bob.proxy.refuse:
                bob.proxy.reset()
            delivered += misdeliver(chance, one.redis, one.mailbox)
            if chance.random() < 0.1:
                one.redis.delete(one.mailbox)
            one.try_to_work()
            bob.proxy.refuse = False
        clock.now += chance.choice((1, 30, 90, 400))
        assert rounds < 500
    for _ in range(3):
        settle(ada, bob)
        clock.now += hours(1)
    for writer, reader in ((ada, bob), (bob, ada)):
        assert reader.shown() == writer.written()
        numbers = [number for _, number in reader.received()]
        assert numbers == sorted(set(numbers)), "a letter came twice, or overtook another"


def wander(chance: random.Random, one: Someone, posts: list[str]) -> None:
    """Posts, edits or retracts something. No more posts than are kept at hand."""
    match chance.choice("ppper" if len(posts) < 40 else "er") if posts else "p":
        case "p":
            posts.append(one.post(f"{one.address} {chance.random()}"))
        case "e":
            one.wish(EditPost, post_id=chance.choice(posts), text=f"Edited {chance.random()}")
        case _:
            one.wish(RetractPost, post_id=posts.pop(chance.randrange(len(posts))))
