"""Secret Manager over real HTTP: what is intact is taken, all else is one of two sentences, and nothing leaks."""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from numirror.kernel.errors import NuMirrorError
from numirror.settings import SettingsWrong
from numirror.shell.resources import secret_manager
from numirror.shell.resources.key_sources import SecretVersion, read_keyring
from numirror.shell.resources.secret_manager import MAX_BYTES, SecretManagerAway, crc32c
from numirror.shell.resources.watched_keyring import PAUSE_SECONDS, WatchedKeyring
from tests.resources.key_texts import DEVELOPMENT, K1, K2, ONE, TWO, assert_shows_no_key, encoded
from tests.resources.secret_manager_double import VERSION, SecretManager, answer, service_account


@pytest.fixture(scope="module")
def credentials(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return service_account(tmp_path_factory.mktemp("account") / "account.json")


@pytest.fixture
def google(credentials: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SecretManager]:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(credentials))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with SecretManager() as running:
        running.body = answer(f"{K2},{K1}".encode())
        yield running


def refusal(google: SecretManager, kind: type[NuMirrorError]) -> str:
    with pytest.raises(NuMirrorError, match=r"^LLM_MASTER_KEY: ") as caught:
        secret_manager.access(google.url, VERSION)
    assert type(caught.value) is kind
    assert caught.value.__context__ is caught.value.__cause__ is None
    assert_shows_no_key(str(caught.value))
    return str(caught.value)


def test_the_keyring_is_read_with_the_platforms_own_credentials(google: SecretManager) -> None:
    keyring = read_keyring(f"secretmanager:{VERSION}", production=True, secret_manager_url=google.url)
    assert (keyring.kids, keyring["k1"].reveal()) == (("k2", "k1"), ONE)
    [(path, authorization)] = google.asked
    assert path == f"/v1/{VERSION}:access"
    assert authorization.startswith("Bearer ey")


def test_a_regional_secret_can_be_named(google: SecretManager) -> None:
    version = "projects/p/locations/europe-west3/secrets/s/versions/7"
    assert read_keyring(f"secretmanager:{version}", production=True, secret_manager_url=google.url).newest == "k2"
    assert google.asked[0][0] == f"/v1/{version}:access"


def test_new_keys_are_learned_and_old_ones_kept_while_google_is_away(google: SecretManager) -> None:
    now = 0.0
    google.body = answer(K1.encode())
    source = SecretVersion(google.url, VERSION)
    keyring = WatchedKeyring(source, production=True, clock=lambda: now)
    google.status = 503
    now += PAUSE_SECONDS
    with capture_logs() as lines, pytest.raises(KeyError):
        keyring["k2"]
    assert [(line["log_level"], line["error"]) for line in lines] == [("warning", "SecretManagerAway")]
    assert "Bearer" not in repr(lines)
    assert (keyring.newest, keyring["k1"].reveal()) == ("k1", ONE)
    google.status, google.body = 200, answer(f"{K2},{K1}".encode())
    now += PAUSE_SECONDS
    assert keyring["k2"].reveal() == TWO


@pytest.mark.parametrize("text", ["", DEVELOPMENT, f"{K1},{K1}", f"k1:{encoded(bytes(32))}", "\xff"])
def test_what_is_wrong_in_the_variable_is_wrong_in_a_secret(google: SecretManager, text: str) -> None:
    google.body = answer(text.encode("latin-1"))
    with pytest.raises(SettingsWrong, match="LLM_MASTER_KEY") as caught:
        read_keyring(f"secretmanager:{VERSION}", production=True, secret_manager_url=google.url)
    assert_shows_no_key(str(caught.value))


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_what_the_operator_can_mend_is_said(google: SecretManager, status: int) -> None:
    google.status = status
    assert "Secret Manager Secret Accessor" in refusal(google, SettingsWrong)


@pytest.mark.parametrize("status", [201, 204, 302, 429, 500, 503])
def test_any_other_status_is_away(google: SecretManager, status: int) -> None:
    google.status, google.headers = status, {"Location": f"{google.url}/elsewhere"}
    refusal(google, SecretManagerAway)
    assert {path for path, _ in google.asked} == {f"/v1/{VERSION}:access"}


DAMAGED = {
    "nothing": b"",
    "no JSON": b"<html>",
    "no payload": b'{"name":"x"}',
    "another checksum": answer(K1.encode(), dataCrc32c=str(crc32c(K2.encode()))),
    "no checksum": answer(K1.encode(), dataCrc32c=None),
    "a checksum that is no number": answer(K1.encode(), dataCrc32c="x"),
    "a flipped letter": answer(K1.encode()).replace(b'"data": "a', b'"data": "b'),
    "no base64": answer(K1.encode(), data="?"),
    "too much": answer(b"k" * MAX_BYTES),
}


@pytest.mark.parametrize("body", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_answer_is_away(google: SecretManager, body: bytes) -> None:
    google.body = body
    refusal(google, SecretManagerAway)


def test_a_packed_answer_is_not_unpacked_beyond_the_limit(google: SecretManager) -> None:
    google.body, google.headers = gzip.compress(answer(K1.encode())), {"Content-Encoding": "gzip"}
    assert secret_manager.access(google.url, VERSION) == K1.encode()
    google.body = gzip.compress(answer(K1.encode()) + b" " * MAX_BYTES)
    refusal(google, SecretManagerAway)


def test_a_cut_off_answer_is_away(google: SecretManager) -> None:
    google.headers = {"Content-Length": str(len(google.body) + 1)}
    refusal(google, SecretManagerAway)


def test_a_server_that_drips_is_left_in_time(google: SecretManager, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secret_manager, "SECONDS", 0.5)
    google.drips = True  # and would answer rightly in the end
    refusal(google, SecretManagerAway)


def test_nobody_at_the_address_is_away(google: SecretManager) -> None:
    google.url = "http://127.0.0.1:1"
    refusal(google, SecretManagerAway)


def test_missing_credentials_are_said(google: SecretManager, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", "/nowhere")
    assert "GOOGLE_APPLICATION_CREDENTIALS" in refusal(google, SettingsWrong)
    assert google.asked == []


# The examples of RFC 3720, B.4, and the usual check value.
@pytest.mark.parametrize(
    ("data", "checksum"),
    [
        (b"", 0),
        (bytes(32), 0x8A9136AA),
        (b"\xff" * 32, 0x62A8AB43),
        (bytes(range(32)), 0x46DD794E),
        (bytes(range(31, -1, -1)), 0x113FDB5C),
        (b"123456789", 0xE3069283),
    ],
)
def test_the_checksum_is_castagnolis(data: bytes, checksum: int) -> None:
    assert crc32c(data) == checksum


def test_googles_libraries_are_loaded_only_when_they_are_needed() -> None:
    program = """
import sys
from numirror.shell.resources.key_sources import read_keyring
read_keyring(sys.argv[1], production=True, secret_manager_url="")
sys.exit(any(name in sys.modules for name in ("google.auth", "requests", "urllib3")))
"""
    assert subprocess.run([sys.executable, "-c", program, K1], check=False).returncode == 0
