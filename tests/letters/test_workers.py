"""Real worker processes between two databases: killed, and their mailboxes wiped, they lose nothing."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from numirror.domains.social.commands import AcceptRequest, AskFriend, RetractPost
from numirror.domains.social.decider.state import person_id
from numirror.shell.resources.resolution import Resource, Url
from tests.letters.conftest import Someone
from tests.waiting import eventually


def visit(one: Someone) -> None:
    """Leaves a lease that leads to their own database, and wakes the workers, as a visit does."""
    own = Resource(Url(one.environ["DATABASE_URL"]), "vault")
    one.stores.lend(msgspec.structs.replace(one.lease, storage=own), one.hash)
    with one.stores.platform.pipeline(transaction=False) as pipe:
        one.stores.queue.wake(pipe, one.hash)
        pipe.execute()


@pytest.fixture
def people(make: Callable[..., Someone]) -> tuple[Someone, Someone]:
    """Both write now, in real time: the workers know no other."""
    ada, bob = make("ada", direct=True), make("bob", direct=True)
    ada.clock.now = time.time()
    for one in (ada, bob):
        visit(one)
    return ada, bob


@pytest.fixture
def supervisor(people: tuple[Someone, Someone]) -> Iterator[subprocess.Popen[bytes]]:
    """Knows the address of neither database; the leases say them."""
    environ = {**os.environ, **people[0].environ}
    process = subprocess.Popen([sys.executable, "-m", "tests.letters.crew"], env=environ)
    yield process
    process.send_signal(signal.SIGTERM)
    process.wait(30)


def workers(supervisor: subprocess.Popen[bytes]) -> list[int]:
    children = Path(f"/proc/{supervisor.pid}/task/{supervisor.pid}/children")
    return [int(pid) for pid in children.read_text().split()]


def test_workers_bring_everything_across(people: tuple[Someone, Someone], supervisor: subprocess.Popen[bytes]) -> None:
    ada, bob = people
    ada.wish(AskFriend, address=bob.address)
    eventually(lambda: bob.standing(ada) == "asking")
    bob.wish(AcceptRequest, person_id=person_id(ada.address))
    eventually(lambda: ada.standing(bob) == bob.standing(ada) == "friend")
    bob.stores.take_back_lease(bob.hash)
    posts = [ada.post(f"Ada {number}") for number in range(15)]
    eventually(lambda: bob.redis.xlen(bob.mailbox) >= 15)
    bob.redis.delete(bob.mailbox)
    for pid in workers(supervisor):
        os.kill(pid, signal.SIGKILL)
    ada.wish(RetractPost, post_id=posts[0])
    for number in range(15):
        bob_is_away = number < 5
        ada.post(f"Later {number}")
        if not bob_is_away:
            visit(bob)
            bob.post(f"Bob {number}")
    eventually(lambda: bob.shown() == ada.written() and len(bob.shown()) == 29)
    eventually(lambda: ada.shown() == bob.written() and len(ada.shown()) == 10)
    eventually(lambda: all(ada.state.seen(post).waiting == 0 for post in ada.state.own.values()))
    for one in people:
        numbers = [number for _, number in one.received()]
        assert numbers == sorted(set(numbers))
