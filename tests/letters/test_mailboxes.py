"""A mailbox opens for its owner only, tells who wrote, stays small, and wakes who has to look."""

from typing import Any

import pytest
import redis

from numirror.kernel.letter import Cursor, Letter, Receipt
from numirror.shell.letters import Mailboxes, Pace, Way
from numirror.shell.letters.mailboxes import CAPACITY, KEPT_SECONDS, key
from numirror.shell.letters.ways import Ways
from numirror.shell.queue import Queue
from numirror.shell.resources.keyring import Keyring
from numirror.shell.resources.tenant import TenantHash
from numirror.shell.resources.vault import SealBroken, Vault
from tests.settings import MASTER_KEY

ADA, BOB, EVE = "ada@example.com", "bob@example.com", "eve@example.com"
LETTER = Letter("line", 2, 1, 1, {"kind": "Posted", "text": "Top secret"})


class Post:
    """The mailboxes of a platform, from within."""

    def __init__(self, redis_url: str) -> None:
        keyring = Keyring.parse(MASTER_KEY, production=False)
        self.redis: Any = redis.Redis.from_url(redis_url)
        self.queue = Queue(self.redis, b"k" * 32)
        self.hash = TenantHash(keyring)
        self.now = float(self.redis.time()[0])
        self.vault = Vault(keyring)
        self.boxes = Mailboxes(self.redis, self.queue, self.vault, self.hash, lambda: self.now)

    def entries(self, address: str) -> list[tuple[bytes, dict[bytes, bytes]]]:
        return list(self.redis.xrange(key(self.hash(address))))

    def letters(self, address: str) -> list[Any]:
        return [one.enclosed for one in self.boxes.take(self.hash(address), 10_000).opened]


@pytest.fixture
def post(redis_url: str) -> Post:
    return Post(redis_url)


def test_what_is_put_is_taken_in_order_with_its_sender_until_it_is_cleared(post: Post) -> None:
    receipt = Receipt(Cursor("l", 3, 2), again=True)
    post.boxes.put(ADA, BOB, "social", [LETTER, receipt])
    taken = post.boxes.take(post.hash(BOB), 10)
    assert [(one.sender, one.stream, one.enclosed) for one in taken.opened] == [
        (ADA, "social", LETTER),
        (ADA, "social", receipt),
    ]
    assert post.boxes.take(post.hash(BOB), 1).entries == taken.entries[:1]
    post.boxes.clear(post.hash(BOB), taken.entries)
    assert post.boxes.is_empty(post.hash(BOB))


def test_redis_learns_neither_text_nor_addresses(post: Post) -> None:
    post.boxes.put(ADA, BOB, "social", [LETTER])
    dump = b"".join(post.redis.dump(one) + one for one in post.redis.scan_iter())
    assert b"secret" not in dump
    assert b"example.com" not in dump


def test_a_letter_opens_in_no_other_mailbox_and_under_no_other_name(
    post: Post, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    post.boxes.put(ADA, BOB, "social", [LETTER])
    ((_, fields),) = post.entries(BOB)
    post.redis.xadd(key(post.hash(EVE)), fields)
    post.redis.xadd(key(post.hash(BOB)), {**fields, b"f": post.hash(EVE)})
    post.redis.xadd(key(post.hash(BOB)), {b"f": fields[b"f"], b"s": fields[b"s"][:-8] + b"AAAAAAAA"})
    post.redis.xadd(key(post.hash(BOB)), {b"x": b"\xff"})
    assert post.letters(EVE) == []
    assert post.letters(BOB) == [LETTER]
    assert len(post.boxes.take(post.hash(BOB), 10).entries) == 4
    assert "Top secret" not in caplog.text + capsys.readouterr().out


def test_the_seal_itself_names_the_writer(post: Post) -> None:
    post.boxes.put(ADA, BOB, "social", [LETTER])
    ((_, fields),) = post.entries(BOB)
    sealed = fields[b"s"].decode()
    assert post.vault.decrypt_secret(post.hash(BOB), f"letter from {post.hash(ADA)}", sealed)
    with pytest.raises(SealBroken):
        post.vault.decrypt_secret(post.hash(BOB), f"letter from {post.hash(EVE)}", sealed)


def test_nobody_is_claimed_to_have_written(post: Post) -> None:
    """Not even by someone who can seal: the address inside is that of the seal."""
    honest = post.hash
    post.boxes._tenant_hash = lambda address: honest(EVE if address == ADA else address)  # type: ignore[assignment]
    post.boxes.put(ADA, BOB, "social", [LETTER])
    post.boxes._tenant_hash = honest
    assert post.letters(BOB) == []


def test_a_mailbox_is_bounded_by_length_and_by_age(post: Post) -> None:
    many = [Letter("line", number, number - 1, number) for number in range(1, CAPACITY + 51)]
    post.boxes.put(ADA, BOB, "social", many)
    assert [one.number for one in post.letters(BOB)] == list(range(51, CAPACITY + 51))
    assert 0 < post.redis.ttl(key(post.hash(BOB))) <= KEPT_SECONDS
    post.redis.xadd(key(post.hash(EVE)), {b"x": b"old"}, id=int((post.now - KEPT_SECONDS - 1) * 1000))
    post.boxes.put(ADA, EVE, "social", [LETTER])
    assert len(post.entries(EVE)) == 1


def test_a_letter_wakes_the_readers_worker(post: Post) -> None:
    post.boxes.put(ADA, BOB, "social", [LETTER])
    claim = post.queue.take(0, "")
    assert claim not in (None, "listen")
    assert getattr(claim, "tenant", "") == post.hash(BOB)


def test_ways_are_kept_by_log_and_what_cannot_be_read_is_begun_anew(post: Post) -> None:
    ways = Ways(post.redis)
    ways.save("a" * 32, "line", "social", {"b": Way(3, 2, 5, 1, 0, 9.5), "c": Way(1)})
    assert ways.load("a" * 32, "line", "social") == {"b": Way(3, 2, 5, 1, 0, 9.5), "c": Way(1)}
    assert ways.load("a" * 32, "other", "social") == {} == ways.load("a" * 32, "line", "bingo")
    post.redis.hset(f"nu:{{{'a' * 32}}}:ways:line", "social:b", b"from the future")
    assert ways.load("a" * 32, "line", "social") == {"c": Way(1)}


def test_someone_is_asked_again_after_a_while_only(post: Post) -> None:
    ways = Ways(post.redis)
    assert [ways.may_ask("a" * 32, "b", 60), ways.may_ask("a" * 32, "b", 60)] == [True, False]
    assert ways.may_ask("a" * 32, "c", 60)


def test_the_time_between_tries_doubles_up_to_a_day() -> None:
    assert [Pace().rest(tries) for tries in (0, 1, 2, 11, 10_000)] == [60, 120, 240, 86_400, 86_400]
