"""The fetch of the certificates, over real sockets: bounded in time and size, whatever the other side does."""

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from numirror.shell.google.fetch import MAX_BYTES, FetchFailed, fetch
from tests.identity.forger import certificate, private_key

DEADLINE = 20.0
OK = b"HTTP/1.1 200 OK\r\n"


@contextmanager
def server(behave: Callable[[socket.socket, threading.Event], None]) -> Iterator[str]:
    """The URL of a server on loopback that reads one request and then behaves; the event is set at the end."""
    over = threading.Event()

    def serve(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            behave(connection, over)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/oauth2/v1/certs"
        over.set()
        thread.join(DEADLINE)
        assert not thread.is_alive()


def answers(*parts: bytes) -> Callable[[socket.socket, threading.Event], None]:
    def behave(connection: socket.socket, _: threading.Event) -> None:
        with contextlib.suppress(OSError):  # the client may have had enough
            connection.sendall(b"".join(parts))

    return behave


def says_nothing(_: socket.socket, over: threading.Event) -> None:
    over.wait(DEADLINE)


def drips(start: bytes) -> Callable[[socket.socket, threading.Event], None]:
    def behave(connection: socket.socket, over: threading.Event) -> None:
        with contextlib.suppress(OSError):
            connection.sendall(start)
            while not over.wait(0.02):
                connection.sendall(b"x")

    return behave


@pytest.mark.parametrize(
    "body",
    [
        b"Content-Length: 2\r\n\r\n{}",
        b"\r\n{}",
        b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    ],
    ids=["length", "until the end", "chunked"],
)
def test_body_and_cache_control_arrive(body: bytes) -> None:
    with server(answers(OK, b"Cache-Control: public, max-age=5\r\n", body)) as url:
        got = fetch(url)
    assert (got.body, got.cache_control) == (b"{}", "public, max-age=5")


def test_without_cache_control_it_is_empty() -> None:
    with server(answers(OK, b"Content-Length: 2\r\n\r\n{}")) as url:
        assert fetch(url).cache_control == ""


@pytest.mark.parametrize("status", [b"204 No", b"301 Moved", b"302 Found", b"404 Not Found", b"500 Oh", b"429 Slow"])
def test_any_other_status_fails_and_no_redirect_is_followed(status: bytes) -> None:
    head = b"HTTP/1.1 " + status + b"\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
    with server(answers(head)) as url, pytest.raises(FetchFailed):
        fetch(url)


@pytest.mark.parametrize("length", [b"Content-Length: %d\r\n" % (MAX_BYTES + 1), b""])
def test_more_than_256_kib_is_not_taken(length: bytes) -> None:
    with server(answers(OK, length, b"\r\n", b"x" * (MAX_BYTES + 1))) as url, pytest.raises(FetchFailed):
        fetch(url)


def test_256_kib_are_taken() -> None:
    with server(answers(OK, b"Content-Length: %d\r\n\r\n" % MAX_BYTES, b"x" * MAX_BYTES)) as url:
        assert len(fetch(url).body) == MAX_BYTES


def test_an_answer_cut_off_is_none() -> None:
    with server(answers(OK, b"Content-Length: 100\r\n\r\n{}")) as url, pytest.raises(FetchFailed):
        fetch(url)


@pytest.mark.parametrize(
    "behave",
    [
        says_nothing,
        drips(b""),
        drips(OK + b"X-Slow: "),
        drips(OK + b"Content-Length: 9999\r\n\r\n"),
        drips(OK + b"\r\n"),
    ],
    ids=["mute", "drips a status", "drips a header", "drips a body", "drips for ever"],
)
def test_a_slow_server_is_left_in_time(behave: Callable[[socket.socket, threading.Event], None]) -> None:
    began = time.monotonic()
    with server(behave) as url, pytest.raises((OSError, FetchFailed)):
        fetch(url, seconds=0.3)
    assert time.monotonic() - began < 5


def test_a_mute_tls_server_is_left_in_time() -> None:
    with server(says_nothing) as url, pytest.raises(TimeoutError):
        fetch(url.replace("http:", "https:"), seconds=0.3)


def test_nobody_listening_fails() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(ConnectionError):
        fetch(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    "url",
    [
        "http://www.googleapis.com/oauth2/v1/certs",
        "http://127.0.0.1.example.com/",
        "http://127.0.0.2/",
        "http://2130706433/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "//127.0.0.1/",
        "",
    ],
)
def test_only_https_or_loopback(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("dialled"))
    with pytest.raises(FetchFailed):
        fetch(url)


def test_a_server_without_a_trusted_certificate_is_not_believed(tmp_path: Path) -> None:
    pem = tmp_path / "server.pem"
    key = private_key("google").private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem.write_bytes(key + certificate("google").encode())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with connection, contextlib.suppress(OSError):  # the client turns away
                context.wrap_socket(connection, server_side=True).recv(1)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        with pytest.raises(ssl.SSLCertVerificationError):
            fetch(f"https://127.0.0.1:{listener.getsockname()[1]}/")
        thread.join(DEADLINE)
        assert not thread.is_alive()
