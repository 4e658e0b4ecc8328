"""However the run ends, nothing of it stays, and the next one is not disturbed."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.local.running import RUN, Run, still_there


def test_a_killed_run_leaves_nothing_that_the_next_one_does_not_take_away(data: Path) -> None:
    with Run(data) as killed:
        url = killed.url()
        family = killed.family()
        stuck = next(process for process in family if "gunicorn" in process.cmdline())
        its_own = stuck.children()
        stuck.suspend()
        killed.stop(signal.SIGKILL)
        assert still_there([process for process in family if process not in (stuck, *its_own)]) == []
        assert stuck.is_running()
        with Run(data) as following:
            assert following.url() == url
            assert not still_there(family)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_the_run_ends_with_the_make_that_started_it(data: Path, number: signal.Signals) -> None:
    makefile = data.with_suffix(".mk")
    makefile.write_text(f"run:\n\t@exec {' '.join(RUN)} --with-parent\n")
    with Run(data, way=("make", "-f", str(makefile))) as make:
        make.url()
        family = make.family()
        os.kill(make.process.pid, number)
        assert make.ended() == -number
        assert not still_there(family)
