"""One GET with hard limits, for Google's certificates.

Written on http.client: the first card of a cold process waits for it, and importing `requests` would cost more than
the fetch.
"""

import contextlib
import http.client
import socket
import threading
from urllib.parse import SplitResult, urlsplit

import msgspec

SECONDS = 5.0
MAX_BYTES = 256 * 1024

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


class Fetched(msgspec.Struct, frozen=True):
    """An answer with status 200."""

    body: bytes
    cache_control: str


class FetchFailed(Exception):
    """The address gave no usable answer."""


def fetch(url: str, seconds: float = SECONDS) -> Fetched:
    """What lies at `url`: at most 256 KiB, `seconds` to connect and as many to the last byte, no redirects.

    Only https, or http to loopback. Raises `FetchFailed`, `OSError`, `http.client.HTTPException`.
    """
    parts = urlsplit(url)
    connection = _connection(parts, seconds)
    try:
        connection.connect()
        with _Deadline(connection.sock, seconds):
            return _get(connection, parts)
    finally:
        connection.close()


def _connection(parts: SplitResult, seconds: float) -> http.client.HTTPConnection:
    host = parts.hostname or ""
    if parts.scheme == "https":
        kind: type[http.client.HTTPConnection] = http.client.HTTPSConnection
    elif parts.scheme == "http" and host in _LOOPBACK:
        kind = http.client.HTTPConnection
    else:
        raise FetchFailed("Only https, or http to this machine.")
    return kind(host, parts.port, timeout=seconds)


def _get(connection: http.client.HTTPConnection, parts: SplitResult) -> Fetched:
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    connection.request("GET", path, headers={"Accept": "application/json", "Connection": "close"})
    with connection.getresponse() as answer:
        body = answer.read(MAX_BYTES + 1)
        # `length` counts what is still to come: read() itself says nothing when the connection ends too early.
        if answer.status != http.client.OK or len(body) > MAX_BYTES or answer.length:
            raise FetchFailed("Wrong status, too long, or cut off.")
        return Fetched(body, answer.getheader("Cache-Control", ""))


class _Deadline:
    """Shuts the socket when time is up. A socket's own time-out begins anew with each byte a slow server drips."""

    def __init__(self, sock: socket.socket, seconds: float) -> None:
        self._sock = sock
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True
        self._over = False

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        if self._over:  # an answer cut off by us may look whole: http.client takes the end for the end
            raise FetchFailed("Too slow.")

    def _shut(self) -> None:
        # socket's own shutdown: that of an SSL socket would first drop the session under the reading thread
        self._over = True
        with contextlib.suppress(OSError):  # closed in this very moment
            socket.socket.shutdown(self._sock, socket.SHUT_RDWR)
