"""A process that is killed at the worst moment loses nothing, and everything catches up by itself."""

import signal
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psutil
import pytest

from local.child import Child
from local.programs import answers
from tests.system.google import Google
from tests.system.town import Town
from tests.waiting import eventually

WAKE = b"local held"
"""Stands in the one call to Redis that hands the read model on and wakes the workers, and in no other."""

HEALED = 60.0
"""Seconds in which everything has to catch up after a fault (invariant I5)."""


def kill(child: Child) -> None:
    """As the kernel does when memory is short: the process and what it has started, without a word."""
    family = [psutil.Process(child.pid), *psutil.Process(child.pid).children(recursive=True)]
    for process in family:
        process.send_signal(signal.SIGKILL)
    psutil.wait_procs(family, timeout=10)


def test_a_web_process_killed_after_the_commit_and_before_the_wake_loses_nothing(town: Town) -> None:
    today = town.google.event("granted")
    wake = town.web_redis.hold(WAKE)
    with ThreadPoolExecutor() as pool:
        clicked = pool.submit(add, town.google, today, "Survives")
        assert wake.reached.wait(30)
        assert town.kinds() == ["tasks.task_added"], "the commit comes before the wake"
        kill(town.web)
        with pytest.raises(AssertionError):
            clicked.result()
    town.web_redis.reset()  # the wake that was held back must not arrive after all
    wake.release()

    eventually(lambda: town.status("Survives") == "open", HEALED)
    eventually(lambda: "Survives" in str(town.google.rows("Tasks")), HEALED)
    town.web.restart()
    eventually(lambda: answers(town.health))
    assert "Survives" in str(town.google.event("home"))
    add(town.google, today, "Survives")
    assert town.kinds() == ["tasks.task_added"], "the same click again is the same command"


def test_a_worker_killed_in_mid_projection_loses_nothing(town: Town) -> None:
    today = town.google.event("granted")
    projection = town.worker_postgres.hold(b'INSERT INTO nu."projection_tasks"')
    add(town.google, today, "Half drawn")
    assert projection.reached.wait(30)
    assert town.status("Half drawn") is None
    kill(town.workers)
    town.worker_postgres.reset()
    projection.release()

    town.workers.restart()
    eventually(lambda: town.status("Half drawn") == "open", HEALED)
    eventually(lambda: str(town.google.rows("Tasks")).count("Half drawn") == 1, HEALED)
    assert town.kinds() == ["tasks.task_added"]


def add(google: Google, card: dict[str, Any], title: str) -> dict[str, Any]:
    return google.click(card, "tasks.add_task", {"title": title})
