"""Where the keyring comes from: each wrong source is refused with a sentence, and no sentence repeats the value."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from numirror.settings import SettingsWrong
from numirror.shell.resources import key_sources
from numirror.shell.resources.key_sources import is_private, read_keyring
from numirror.shell.resources.keyring import VARIABLE, Keyring
from tests.resources.key_texts import DEVELOPMENT, K1, K2, ONE, TWO, assert_shows_no_key, encoded

NOWHERE = "http://127.0.0.1:1"


def read(value: str, *, production: bool = True) -> Keyring:
    return read_keyring(value, production=production, secret_manager_url=NOWHERE)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "keys"
    path.touch(mode=0o600)
    path.write_text(f"{K2},{K1}\n")
    return path


def assert_refused(value: str, *, saying: str) -> None:
    with pytest.raises(SettingsWrong, match=saying) as caught:
        read(value)
    assert str(caught.value).startswith(VARIABLE)
    assert caught.value.__context__ is caught.value.__cause__ is None
    assert_shows_no_key(str(caught.value))


def test_the_variable_may_hold_the_keys_themselves() -> None:
    keyring = read(f"{K2},{K1}")
    assert (keyring.kids, keyring.newest, keyring.oldest) == (("k2", "k1"), "k2", "k1")
    assert keyring["k1"].reveal() == ONE


def test_the_variable_may_name_a_file(file: Path) -> None:
    keyring = read(f"file:{file}\n")
    assert (keyring.kids, keyring.newest, keyring.oldest) == (("k2", "k1"), "k2", "k1")
    assert keyring["k2"].reveal() == TWO


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("k1:" + encoded(ONE[:31]), id="31 bytes"),
        pytest.param("k1:" + encoded(bytes(32)), id="all zeros"),
        pytest.param(f"{K1},{K1}", id="one id twice"),
        pytest.param(DEVELOPMENT, id="the development key"),
        pytest.param(f"{K2}\n{K1}", id="a line for each"),
        pytest.param(f"\ufeff{K1}", id="a byte order mark"),
        pytest.param(f"file:{K1}", id="the name of another file"),
    ],
)
def test_what_is_wrong_in_the_variable_is_wrong_in_a_file(file: Path, text: str) -> None:
    file.write_text(text)
    assert_refused(f"file:{file}", saying=VARIABLE)


@pytest.mark.parametrize("place", ["", "keys", "./keys", f"{encoded(ONE)}", "/run/\0"])
def test_a_file_has_an_absolute_path(place: str) -> None:
    assert_refused(f"file:{place}", saying="an absolute path")


def test_a_key_that_looks_like_a_path_is_not_repeated() -> None:
    assert_refused(f"file:/{encoded(ONE)}", saying="can't be read")


@pytest.mark.parametrize("kid", ["file", "secretmanager"])
def test_no_key_is_called_like_a_source(kid: str) -> None:
    assert_refused(f"{K1},{kid}:{encoded(TWO)}", saying=f"can't be called {kid}")


def test_a_file_that_is_not_there_or_no_file_or_too_long_is_refused(file: Path, tmp_path: Path) -> None:
    assert_refused(f"file:{tmp_path / 'missing'}", saying="can't be read")
    assert_refused(f"file:{tmp_path}", saying="can't be read")
    os.mkfifo(tmp_path / "fifo", 0o600)
    assert_refused(f"file:{tmp_path / 'fifo'}", saying="a plain file")
    file.write_text(K1 + " " * key_sources.MAX_BYTES)
    assert_refused(f"file:{file}", saying="at most")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o610, 0o644, 0o444])
def test_production_refuses_a_file_that_others_can_read(file: Path, mode: int) -> None:
    file.chmod(mode)
    assert_refused(f"file:{file}", saying="others can read")
    assert read(f"file:{file}", production=False).newest == "k2"


def test_only_what_root_mounted_read_only_may_be_readable_for_others() -> None:
    shared = stat.S_IFREG | 0o444
    assert is_private(shared, owner=0, mount=os.ST_RDONLY | os.ST_NOSUID)
    assert not is_private(shared, owner=0, mount=os.ST_NOSUID)
    assert not is_private(shared, owner=1000, mount=os.ST_RDONLY)
    assert is_private(stat.S_IFREG | 0o600, owner=1000, mount=0)


@pytest.mark.parametrize(
    "version",
    [
        "",
        "latest",
        "projects/p/secrets/s",
        "projects/p/secrets/s/versions/",
        "projects/p/secrets/s/versions/1/..",
        "projects/../secrets/s/versions/1",
        "projects/p/secrets/s?x=/versions/1",
        "projects/p/secrets/s/versions/1:destroy#",
        "/projects/p/secrets/s/versions/1",
        encoded(ONE),
    ],
)
def test_a_secret_has_its_full_name(version: str) -> None:
    assert_refused(f"secretmanager:{version}", saying="projects/P/secrets/S/versions/V")
