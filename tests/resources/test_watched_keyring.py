"""Keys that change while the process lives: new ones are learned, and those once read are never lost."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from numirror.kernel.errors import NuMirrorError
from numirror.settings import SettingsWrong
from numirror.shell.resources.key_sources import KeyFile
from numirror.shell.resources.secret_manager import SecretManagerAway
from numirror.shell.resources.tenant import TenantHash
from numirror.shell.resources.vault import Vault
from numirror.shell.resources.watched_keyring import PAUSE_SECONDS, WatchedKeyring
from tests.resources.key_texts import K1, K2, K3, ONE, THREE, TWO, assert_shows_no_key, encoded

TENANT, FIELD = "ada@example.com", "storage.postgres"


class Shelf:
    """A source whose text is set by the test; an error is raised."""

    def __init__(self, text: str | NuMirrorError) -> None:
        self.text = text
        self.reads = 0
        self.changes = False

    def read(self) -> str:
        self.reads += 1
        if isinstance(self.text, NuMirrorError):
            raise self.text
        return self.text

    def changed(self) -> bool:
        return self.changes


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now

    def pass_pause(self) -> None:
        self.now += PAUSE_SECONDS


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(K1)


@pytest.fixture
def keyring(shelf: Shelf, clock: Clock) -> WatchedKeyring:
    return WatchedKeyring(shelf, production=True, clock=clock)


def test_an_unknown_kid_makes_it_read_again(shelf: Shelf, keyring: WatchedKeyring, clock: Clock) -> None:
    shelf.text = f"{K2},{K1}"
    clock.pass_pause()
    assert keyring["k2"].reveal() == TWO
    assert (keyring.newest, keyring.oldest, keyring.kids) == ("k2", "k1", ("k2", "k1"))


def test_it_is_read_at_most_once_a_minute(shelf: Shelf, keyring: WatchedKeyring, clock: Clock) -> None:
    shelf.text = f"{K2},{K1}"
    shelf.changes = True
    clock.now += PAUSE_SECONDS - 1
    for kid in ("k2", "k9", "k2"):
        with pytest.raises(KeyError):
            keyring[kid]
    assert (keyring.newest, shelf.reads) == ("k1", 1)
    clock.now += 1
    for _ in range(9):
        with pytest.raises(KeyError):
            keyring["k9"]
    assert (keyring.newest, shelf.reads) == ("k2", 2)


def test_known_kids_never_cost_a_reading(shelf: Shelf, keyring: WatchedKeyring, clock: Clock) -> None:
    clock.pass_pause()
    assert (keyring["k1"].reveal(), keyring.newest, keyring.oldest, shelf.reads) == (ONE, "k1", "k1", 1)


def test_a_changed_source_is_read_before_the_next_seal(shelf: Shelf, keyring: WatchedKeyring, clock: Clock) -> None:
    vault = Vault(keyring)
    shelf.text, shelf.changes = f"{K2},{K1}", True
    assert vault.encrypt_secret(TENANT, FIELD, b"x").startswith("nu1.k1.")
    clock.pass_pause()
    sealed = vault.encrypt_secret(TENANT, FIELD, b"x")
    assert sealed.startswith("nu1.k2.")
    assert vault.decrypt_secret(TENANT, FIELD, sealed) == b"x"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(SecretManagerAway(), id="away"),
        pytest.param(SettingsWrong("LLM_MASTER_KEY: the file can't be read."), id="unreadable"),
        pytest.param("", id="empty"),
        pytest.param(f"k2:{encoded(TWO[:31])},{K1}", id="cut off"),
        pytest.param(f"k2:{encoded(bytes(range(32)))},{K1}", id="the development key"),
        pytest.param(f"{K2},k1:{encoded(THREE)}", id="another key by an old name"),
    ],
)
def test_a_source_that_fails_costs_one_line_and_no_key(
    shelf: Shelf, keyring: WatchedKeyring, clock: Clock, text: str | NuMirrorError
) -> None:
    shelf.text = text
    clock.pass_pause()
    with capture_logs() as lines:
        for _ in range(3):
            with pytest.raises(KeyError):
                keyring["k2"]
    assert [(line["log_level"], line["event"]) for line in lines] == [("warning", "keyring_not_read_again")]
    assert_shows_no_key(repr(lines))
    assert (keyring["k1"].reveal(), keyring.kids) == (ONE, ("k1",))
    shelf.text = f"{K2},{K1}"
    clock.pass_pause()
    assert keyring["k2"].reveal() == TWO


def test_a_key_that_was_dropped_opens_and_gives_names_until_the_end(clock: Clock) -> None:
    shelf = Shelf(f"{K2},{K1}")
    keyring = WatchedKeyring(shelf, production=True, clock=clock)
    name = TenantHash(keyring)(TENANT)
    shelf.text = f"{K3},{K2}"
    clock.pass_pause()
    with capture_logs() as lines:
        assert keyring["k3"].reveal() == THREE
    assert [(line["oldest"], line["after_restart"]) for line in lines] == [("k1", "k2")]
    assert (keyring.newest, keyring.kids) == ("k3", ("k3", "k2", "k1"))
    assert keyring["k1"].reveal() == ONE
    assert TenantHash(keyring)(TENANT) == name


def test_threads_that_meet_an_unknown_kid_wait_for_one_reading(clock: Clock) -> None:
    begun, go_on = threading.Event(), threading.Event()

    class Slow(Shelf):
        def read(self) -> str:
            text = super().read()
            if self.reads > 1:
                begun.set()
                assert go_on.wait(10)
            return text

    shelf = Slow(K1)
    keyring = WatchedKeyring(shelf, production=True, clock=clock)
    shelf.text, shelf.changes = f"{K2},{K1}", True
    clock.pass_pause()
    with ThreadPoolExecutor(4) as threads:
        waiting = [threads.submit(keyring.__getitem__, "k2") for _ in range(4)]
        assert begun.wait(10)
        assert keyring.newest == "k1"  # sealing waits for nobody
        go_on.set()
        assert [one.result(10).reveal() for one in waiting] == [TWO] * 4
    assert shelf.reads == 2


def test_a_source_that_is_wrong_at_the_start_stops_the_start() -> None:
    with pytest.raises(SecretManagerAway):
        WatchedKeyring(Shelf(SecretManagerAway()), production=True)
    with pytest.raises(SettingsWrong):
        WatchedKeyring(Shelf(""), production=True)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "keys"
    path.touch(mode=0o600)
    path.write_text(K1)
    return path


def test_a_file_that_was_replaced_is_read_again(file: Path, clock: Clock) -> None:
    keyring = WatchedKeyring(KeyFile(str(file), production=True), production=True, clock=clock)
    before = file.stat()
    fresh = file.with_name("fresh")
    fresh.touch(mode=0o600)
    fresh.write_text(K2)  # as long, and no younger: only the inode tells
    os.utime(fresh, ns=(before.st_atime_ns, before.st_mtime_ns))
    fresh.rename(file)
    clock.pass_pause()
    assert (keyring.newest, keyring.kids) == ("k2", ("k2", "k1"))


def test_a_file_that_was_written_to_is_read_again(file: Path, clock: Clock) -> None:
    keyring = WatchedKeyring(KeyFile(str(file), production=True), production=True, clock=clock)
    file.write_text(f"{K2},{K1}")
    clock.pass_pause()
    assert keyring.newest == "k2"


def test_a_file_that_went_away_or_that_others_can_read_is_not_taken_until_it_is_mended(
    file: Path, clock: Clock
) -> None:
    keyring = WatchedKeyring(KeyFile(str(file), production=True), production=True, clock=clock)
    file.unlink()
    clock.pass_pause()
    with capture_logs() as lines:
        assert (keyring.newest, keyring["k1"].reveal()) == ("k1", ONE)
    file.touch()
    file.write_text(f"{K2},{K1}")
    file.chmod(0o644)
    clock.pass_pause()
    with capture_logs() as more:
        assert keyring.newest == "k1"
    assert [line["log_level"] for line in lines + more] == ["warning"] * 2
    file.chmod(0o600)  # which changes no time of modification
    clock.pass_pause()
    assert keyring.newest == "k2"
