"""PostgreSQL refuses to run as root: as which account it runs then, and where that account can reach its files."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from local import account
from local.account import account_for, binaries_for, home_for
from tests.local.running import RUN, Run, still_there

NOBODY = 65534


def test_an_ordinary_account_runs_everything_itself(data: Path) -> None:
    """As root: another account does it, that may read this interpreter, wherever it lies, but write nothing of ours."""
    data.mkdir()
    way: tuple[str, ...] = ()
    if os.geteuid() == 0:
        os.chown(data, NOBODY, NOBODY)
        way = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
        way += ("--inh-caps=-all,+dac_read_search", "--ambient-caps=-all,+dac_read_search")
    with Run(data, way=(*way, *RUN), env={"HOME": str(data)}) as run:
        run.url()
        family = run.family()
        assert {process.uids().effective for process in family} == {data.stat().st_uid}
        assert run.stop() == 0
        assert not still_there(family)


def test_root_leaves_the_database_to_the_owner_of_its_folder_or_to_nobody(data: Path) -> None:
    chosen = account_for(data)
    if os.geteuid() != 0:
        assert chosen is None
    else:
        assert chosen
        assert chosen.uid == NOBODY
        data.mkdir()
        os.chown(data, 12345, 12345)
        assert account_for(data) == account.Account(12345, 12345)


@pytest.fixture
def closed(server_folder: Path, data: Path) -> Path:
    """A folder that only its owner can enter, as /root."""
    data.mkdir(mode=0o700)
    return data


def test_data_below_a_closed_folder_is_kept_where_the_account_can_reach_it(
    closed: Path, server_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(account, "SHARED", server_folder / "shared")
    own = account_for(closed / "clone")
    home = home_for(closed / "clone", own)
    assert home.is_relative_to(closed if own is None else server_folder / "shared")
    assert home == home_for(closed / "clone", own), "the next run finds it again"


def test_binaries_that_the_account_cannot_reach_run_from_a_copy(
    server_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(account, "SHARED", server_folder / "shared-binaries")
    monkeypatch.setattr(account, "can", lambda *asked: False)
    folder = binaries_for(None)
    assert folder.is_relative_to(server_folder)
    assert subprocess.run((folder / "initdb", "--version"), check=False).returncode == 0
    assert {oct(file.stat().st_mode & 0o055) for file in (folder, *folder.iterdir())} == {"0o55"}
    assert binaries_for(None) == folder, "the next run finds it again"
