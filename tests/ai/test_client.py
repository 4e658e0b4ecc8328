"""The client for an AI: what it sends, whom it dials, and how little a hostile server can do to it."""

from __future__ import annotations

import gzip
import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from time import monotonic

import openai
import pytest

from numirror.shell.ai.client import client
from numirror.shell.ai.faults import AiFailed, AiFault, answered
from numirror.shell.ai.providers import PROVIDERS, Place, place_of
from numirror.shell.resources.guard.targets import parse_ai_url
from numirror.shell.resources.secret import Secret
from tests.ai.conftest import NAME
from tests.check_resources.hostile import Hostile, certificate, chain, hostile, http, tls

KEY = "sk-very-secret-0123456789"
MODELS = http(b'{"object":"list","data":[{"id":"story-1","object":"model","created":0,"owned_by":"x"}]}')
MIB = 1024 * 1024


def local(server: Hostile) -> Place:
    return Place("127.0.0.1", server.port, f"http://127.0.0.1:{server.port}/v1")


def models(place: Place, key: str = KEY, address: str = "127.0.0.1", seconds: float = 5.0) -> list[str]:
    with client(place, Secret(key), address, seconds) as ai:
        return answered(lambda: [one.id for one in ai.models.list().data])


def fault(call: Callable[[], object]) -> AiFault:
    with pytest.raises(AiFailed) as caught:
        call()
    assert [one for one in chain(caught.value) if KEY in f"{one!s}{one!r}{vars(one)}"] == []
    assert list(chain(caught.value)) == [caught.value]
    return caught.value.fault


def test_nothing_of_our_environment_goes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, "ours")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "Authorization: Bearer ours\nX-Ours: ours")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/ours")
    with hostile(lambda _: [MODELS]) as server:
        assert models(local(server)) == ["story-1"]
        head, _, _ = server.heard[0].decode().partition("\r\n\r\n")
    lines = head.lower().split("\r\n")
    assert lines[0] == "get /v1/models http/1.1"
    assert f"authorization: bearer {KEY}" in lines
    assert "ours" not in head
    names = {line.partition(":")[0] for line in lines[1:]}
    assert names <= {"host", "accept", "content-type", "authorization", "accept-encoding", "connection", "user-agent"}


def test_no_proxy_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with hostile(lambda _: [MODELS]) as server, hostile(lambda _: [MODELS]) as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        monkeypatch.delenv("NO_PROXY", raising=False)
        assert models(local(server)) == ["story-1"]
        assert proxy.heard == []


def test_a_redirect_to_another_host_is_not_followed() -> None:
    with hostile(lambda _: [MODELS]) as other:
        away = http(b"", "307 Temporary Redirect", Location=f"http://127.0.0.1:{other.port}/v1/models")
        with hostile(lambda _: [away]) as server:
            assert fault(lambda: models(local(server))) is AiFault.NOT_COMPATIBLE
        assert other.heard == []


def test_another_host_is_not_dialled() -> None:
    with hostile(lambda _: [MODELS]) as server:
        with client(local(server), Secret(KEY), "127.0.0.1") as ai:
            url = f"http://elsewhere.example.com:{server.port}/v1/files"
            assert fault(lambda: answered(lambda: ai.get(url, cast_to=object))) is AiFault.AWAY
        assert server.heard == []


def test_nothing_is_tried_twice() -> None:
    with hostile(lambda _: [http(b"{}", "503 Service Unavailable")]) as server:
        assert fault(lambda: models(local(server))) is AiFault.AWAY
        assert len(server.heard) == 1


@pytest.mark.parametrize("status", ["200 OK", "401 Unauthorized"])
def test_a_reply_of_6_mib_is_cut_off(status: str) -> None:
    def flood(_: bytes) -> Iterable[bytes]:
        yield http(b"", status).replace(b"Content-Length: 0", b"Connection: close")
        for _ in range(1000):
            yield b'"' * MIB

    with hostile(flood) as server:
        assert fault(lambda: models(local(server))) is AiFault.TOO_LONG
        assert server.sent < 30 * MIB  # 4 for us, the rest lies in the buffers of both sockets


def test_a_reply_of_4_mib_is_taken() -> None:
    body = b'{"object":"list","data":[{"id":"%s"}]}'
    with hostile(lambda _: [http(body % (b"x" * (4 * MIB - len(body) + 2)))]) as server:
        assert len(models(local(server))[0]) > 4_000_000


def test_a_packed_reply_is_not_unpacked() -> None:
    bomb = gzip.compress(b'{"object":"list","data":[]}' + b" " * 20 * MIB)
    assert len(bomb) < 100_000
    with hostile(lambda _: [http(bomb, Content_Encoding="gzip")]) as server:
        assert fault(lambda: models(local(server))) is AiFault.TOO_LONG


def test_a_mute_server_holds_nobody() -> None:
    with hostile(lambda _: []) as server:
        begun = monotonic()
        assert fault(lambda: models(local(server), seconds=0.4)) is AiFault.AWAY
        assert monotonic() - begun < 3


@pytest.mark.parametrize("start", [b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n"])
def test_a_server_that_drips_holds_nobody(start: bytes) -> None:
    def drip(_: bytes) -> Iterable[bytes]:
        yield start
        yield from server.drip(b" ")

    with hostile(drip) as server:
        begun = monotonic()
        assert fault(lambda: models(local(server), seconds=0.6)) is AiFault.AWAY
        assert monotonic() - begun < 3


def test_a_server_that_drips_and_then_is_mute_gets_no_second_time() -> None:
    def drip(_: bytes) -> Iterable[bytes]:
        ends = monotonic() + 0.9
        yield b"HTTP/1.1 200 OK\r\nX-Slow: "
        for part in server.drip(b" "):
            if monotonic() > ends:
                return
            yield part

    with hostile(drip) as server:
        begun = monotonic()
        assert fault(lambda: models(local(server), seconds=1.0)) is AiFault.AWAY
        assert monotonic() - begun < 1.7


def test_what_comes_after_the_deadline_is_not_read() -> None:
    with hostile(lambda _: [http(b"x" * MIB)]) as server, client(local(server), Secret(KEY), "127.0.0.1", 0.4) as ai:

        def read() -> None:
            with ai.models.with_streaming_response.list() as reply:
                parts = reply.iter_bytes()
                next(parts)
                threading.Event().wait(0.5)  # the deadline, which nothing tells of
                list(parts)

        assert fault(lambda: answered(read)) is AiFault.AWAY


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"data": 7}', b"[" * 100_000, b"\xff\xfe", b""])
def test_an_answer_that_is_none(body: bytes) -> None:
    with hostile(lambda _: [http(body)]) as server:
        assert fault(lambda: models(local(server))) is AiFault.NOT_COMPATIBLE


@pytest.mark.parametrize("noise", [b"\0\1\2\3\r\n\r\n", b"SSH-2.0-x\r\n", b"HTTP/1.1 abc\r\n\r\n"])
def test_a_server_of_another_kind(noise: bytes) -> None:
    with hostile(lambda _: [noise]) as server:
        assert fault(lambda: models(local(server), seconds=1)) is AiFault.AWAY


def test_a_refusal_that_quotes_the_key_stays_unsaid(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    quoting = http(f'{{"error":{{"message":"Incorrect API key provided: {KEY}"}}}}'.encode(), "401 Unauthorized")
    with hostile(lambda _: [quoting]) as server:
        assert fault(lambda: models(local(server))) is AiFault.WRONG_KEY
    assert caplog.records
    assert KEY not in "".join(f"{one.getMessage()}{one.args}" for one in caplog.records)


def test_no_error_of_the_client_holds_the_key() -> None:
    with hostile(lambda _: [http(b"{}", "401 Unauthorized")]) as server:
        with client(local(server), Secret(KEY), "127.0.0.1") as ai, pytest.raises(openai.AuthenticationError) as caught:
            ai.models.list()
        assert KEY.encode() in server.heard[0]
    shown = [caught.value.request.headers.raw, caught.value.response.request.headers.raw, vars(ai)]
    assert KEY not in repr(shown)


@pytest.mark.parametrize("key", ["", " ", f"{KEY}\r\nX-Ours: 1", f"{KEY} ", f"{KEY}\u00e9", "x" * 513, f"{KEY}\0"])
def test_a_key_that_can_be_none_is_not_sent(key: str) -> None:
    with hostile(lambda _: [MODELS]) as server:
        assert fault(lambda: models(local(server), key)) is AiFault.WRONG_KEY
        assert server.heard == []


def test_the_checked_address_is_dialled_and_the_name_verified(trusted: Path) -> None:
    with hostile(lambda _: [MODELS], tls(trusted)) as server:
        # No resolver knows the name: only the address leads to the server.
        target = parse_ai_url(f"https://{NAME}:{server.port}/v1")
        with client(target, Secret(KEY), "127.0.0.1") as ai:
            assert [one.id for one in ai.models.list().data] == ["story-1"]
        assert server.names == [NAME]
        assert f"Host: {NAME}:{server.port}".encode() in server.heard[0]


def test_a_certificate_for_another_name_is_refused(trusted: Path) -> None:
    with hostile(lambda _: [MODELS], tls(trusted)) as server:
        other = Place("other.example.com", server.port, f"https://other.example.com:{server.port}/v1")
        assert fault(lambda: models(other)) is AiFault.AWAY
        assert server.heard == []


def test_a_certificate_of_a_stranger_is_refused(trusted: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    forged = certificate(tmp_path_factory.mktemp("forged"), NAME)
    with hostile(lambda _: [MODELS], tls(forged)) as server:
        assert fault(lambda: models(Place(NAME, server.port, f"https://{NAME}:{server.port}/v1"))) is AiFault.AWAY
        assert server.heard == []


def test_without_tls_nobody_beyond_this_machine_is_asked() -> None:
    with pytest.raises(ValueError, match="TLS only"):
        client(Place("ai.example.com", 80, "http://ai.example.com/v1"), Secret(KEY), "93.184.215.14")


def test_providers_have_their_addresses_unless_the_operator_says_otherwise() -> None:
    assert {place_of(one, {}).host for one in PROVIDERS.values()} == {
        "api.openai.com",
        "openrouter.ai",
        "generativelanguage.googleapis.com",
    }
    own = place_of(PROVIDERS["openai"], {"openai": "http://127.0.0.1:9/ai/v1/"})
    assert own == Place("127.0.0.1", 9, "http://127.0.0.1:9/ai/v1")
    assert place_of(PROVIDERS["gemini"], {"openai": "https://x"}).port == 443


@pytest.mark.parametrize("url", ["http://api.openai.com/v1", "ftp://127.0.0.1", "https://u:p@h/v1", "https://h/v1?a=1"])
def test_an_operators_url_without_tls_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="must be https"):
        place_of(PROVIDERS["openai"], {"openai": url})


def test_openai_is_loaded_only_when_an_ai_is_asked() -> None:
    code = "import sys, numirror.shell.ai.check; sys.exit(bool({'openai', 'httpx2', 'httpcore2'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=30).returncode == 0
