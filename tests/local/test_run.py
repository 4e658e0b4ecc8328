"""`make run`: one URL, everything behind it, and nothing left afterwards."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest

from local.programs import REPOSITORY
from local.stack import TOO_SOON
from tests.local.running import RUN, Run, still_there
from tests.waiting import eventually

PROGRAMS = {"postgres", "valkey-server", "simulator", "gunicorn", "workers"}


@pytest.fixture(scope="module")
def run(server_folder: Path) -> Iterator[Run]:
    """One run that several tests look at and leave as it is."""
    with Run(server_folder / "run") as run:
        run.url()
        yield run


def programs(run: Run) -> set[str]:
    """Which of the programs are among its processes."""
    words: set[str] = set()
    for process in run.family():
        with suppress(psutil.NoSuchProcess):
            words.update(Path(word).name for word in " ".join(process.cmdline()).split())
    return words & PROGRAMS


def state(url: str) -> Any:
    with urllib.request.urlopen(f"{url}sim/state", timeout=10) as answer:
        return json.load(answer)


def test_everything_stands_behind_the_one_url(run: Run) -> None:
    assert programs(run) == PROGRAMS
    assert run.output.count("http") == 1
    assert os.getpgid(run.process.pid) not in {os.getpgid(process.pid) for process in run.family()}, "Ctrl-C is for one"
    users = [user["email"] for user in state(run.url())["users"]]
    assert "ada@example.com" in users


def test_a_second_run_on_the_same_folder_says_where_the_first_one_is(run: Run) -> None:
    with Run(run.data) as second:
        assert second.ended() == 1
        assert f"in use by process {run.process.pid} ({run.url().rstrip('/')})" in second.output
        assert "NU_DATA=" in second.output
    assert programs(run) == PROGRAMS


def test_a_second_run_on_its_own_folder_takes_free_ports_and_leaves_the_first_alone(run: Run, data: Path) -> None:
    with Run(data) as second:
        assert second.url() != run.url()
        family = second.family()
        assert second.stop() == 0
    assert not still_there(family)
    assert programs(run) == PROGRAMS


def test_a_port_in_use_is_refused_with_a_sentence(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, Run(data, "--port", str(taken.getsockname()[1])) as run:
        assert run.ended() == 1
        assert run.output.splitlines()[-1].startswith(f"Port {taken.getsockname()[1]} is in use by another program")


def test_no_secret_is_seen_among_the_running_programs(run: Run) -> None:
    secrets = [
        file.read_text() for file in run.data.rglob("*") if file.name == "password" or file.suffix == ".password"
    ]
    secrets.append((run.data / "master.key").read_text())
    shown = " ".join(word for process in run.family() for word in process.cmdline())
    assert len(secrets) == 4
    assert not [secret for secret in secrets if secret in shown]


def test_every_secret_can_be_read_by_its_owner_only(run: Run) -> None:
    secret = [run.data / "master.key", *run.data.rglob("*password"), run.data / "valkey" / "valkey.conf"]
    assert {oct(file.stat().st_mode & 0o777) for file in secret} == {"0o600"}


def test_ctrl_c_stops_what_was_started_and_nothing_else_and_the_next_run_has_the_same_data(data: Path) -> None:
    with Run(data) as first:
        url = first.url()
        before = state(url)
        family = first.family()
        with subprocess.Popen(("sleep", "600"), cwd=data) as stranger:
            os.killpg(first.process.pid, signal.SIGINT)  # as a terminal does
            assert first.ended() == 0
            assert not still_there(family)
            assert stranger.poll() is None
            stranger.kill()
        said = [first.output, *(log.read_text() for log in (data / "logs").iterdir())]
        assert not [text for text in said if "Traceback" in text]
    assert say("status", data) == "NuMirror does not run.\n"
    with Run(data) as second:
        assert second.url() == url
        assert [state(url)[kept] for kept in ("users", "spreadsheets")] == [before["users"], before["spreadsheets"]]
        assert say("status", data) == f"NuMirror runs: {url.rstrip('/')}\n"
        family = second.family()
        assert say("stop", data) == "NuMirror has stopped; its data is kept.\n"
        assert second.ended() == 0
        assert not still_there(family)


def test_a_program_that_dies_is_started_again(run: Run) -> None:
    web = next(process for process in psutil.Process(run.process.pid).children() if "gunicorn" in process.cmdline())
    eventually(lambda: time.time() > web.create_time() + TOO_SOON + 1)
    web.kill()
    eventually(lambda: "web had stopped by itself: started again." in run.output)
    eventually(lambda: programs(run) == PROGRAMS)


def say(word: str, data: Path) -> str:
    """What `python -m local WORD` prints."""
    words = (*RUN[:3], word, "--data", str(data))
    return subprocess.run(words, cwd=REPOSITORY, capture_output=True, text=True, check=False).stdout
