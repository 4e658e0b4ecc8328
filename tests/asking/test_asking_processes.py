"""Rules of asking with real processes: the cap holds in any crowd, and a killed worker loses nothing."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from numirror.kernel.budget import most_tokens
from numirror.shell.queue import ASK, Queue
from tests.asking.ai_double import AiDouble, Answer, told
from tests.asking.person import Person
from tests.asking.toy import request_of
from tests.waiting import eventually

REPOSITORY = Path(__file__).parents[2]
CALLS = 7


@contextmanager
def started(ada: Person, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    argv = [sys.executable, "-m", "tests.asking.crew", *words]
    inherited = {"PATH": os.environ["PATH"]}
    with subprocess.Popen(
        argv, env={**inherited, **ada.settings}, cwd=REPOSITORY, stdout=subprocess.DEVNULL
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def test_50_requests_at_once_never_pass_a_cap_that_allows_7_calls(ada: Person, ai: AiDouble) -> None:
    names = [f"wish-{number:02}" for number in range(50)]
    most = most_tokens(request_of(names[0]))
    ai.answer = lambda number: told("Yes.", most - 1, 1)
    ada.cap(most * CALLS + most - 1)
    ada.wish(*names)
    with started(ada, "rush", ada.tenant_hash) as one, started(ada, "rush", ada.tenant_hash) as two:
        assert [one.wait(60), two.wait(60)] == [0, 0]
    assert len(ai.calls) == CALLS
    assert ada.types().count("account.call_reserved") == CALLS
    wishes = ada.wishes()
    assert len(wishes.granted) + len(wishes.denied) == 50
    assert wishes.waiting == ()
    # Two may have asked for the same, and the one that was refused was quicker: only the cap is a promise here.
    assert len(wishes.granted) <= CALLS


def test_a_worker_killed_in_mid_call_loses_nothing(ada: Person, ai: AiDouble) -> None:
    def answer(number: int) -> Answer:
        if number == 0:
            ai.over.wait(30)  # until long after whoever asked is dead
        return told("At last.")

    ai.answer = answer
    ada.wish("kite")
    with started(ada, "work") as supervisor:
        wake(ada)
        assert ai.reached.wait(30)
        [worker] = psutil.Process(supervisor.pid).children()
        [child] = worker.children()
        child.send_signal(signal.SIGKILL)
        eventually(lambda: ada.wishes().granted)
        assert worker.is_running()
        assert psutil.Process(supervisor.pid).children() == [worker]
    assert ada.wishes().granted == {"kite": "At last."}
    assert len(ai.calls) == 2
    assert [kind for kind in ada.types() if kind != "wishes.wish_made"] == [
        "account.call_reserved",
        "account.call_reserved",
        "account.call_settled",
        "wishes.wish_granted",
    ], "the call that broke off stays counted"


def wake(ada: Person) -> None:
    with ada.stores.platform.pipeline(transaction=False) as pipe:
        queue: Queue = ada.stores.asks
        assert queue.kind == ASK
        queue.wake(pipe, ada.tenant_hash)
        pipe.execute()
