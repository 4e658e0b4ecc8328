"""HTTP to a server that a user has named: it is dialled where the guard says, and can neither flood nor hold us.

Load it only where an AI is asked: httpx2 takes its time to import.
"""

import ssl
from collections.abc import Iterable, Iterator
from functools import cache

import httpcore2
import httpx2

from numirror.shell.ai.dialler import Dialler
from numirror.shell.resources.secret import Secret

MOST_BYTES = 4 * 1024 * 1024
"""Of one reply."""

_SENT = frozenset({"accept", "content-length", "content-type", "host", "transfer-encoding"})
"""No other header of the client's goes out: openai adds what it finds in our environment, such as our organisation."""


class ReplyRefused(httpx2.RequestError):
    """The reply is longer than 4 MiB, or packed, so that nobody knows how long it is."""


@cache
def trust() -> ssl.SSLContext:
    """The system's certificate authorities, for HTTP alone: httpcore2 writes its protocols into the context."""
    return ssl.create_default_context()


class CheckedTransport(httpx2.BaseTransport):
    """Sends each request over a connection of its own to `address`; with TLS, the certificate must be the host's.

    The key is put in here, so no request, response or error of the layers above holds it.
    """

    def __init__(self, host: str, address: str, key: Secret[str], seconds: float) -> None:
        """A request has `seconds` from its first packet to the last byte of its reply."""
        self._key = key
        self._pool = httpcore2.ConnectionPool(
            ssl_context=trust(), max_keepalive_connections=0, network_backend=Dialler(host, address, seconds)
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Raises `httpx2.RequestError`; `ReplyRefused` is one."""
        assert isinstance(request.stream, httpx2.SyncByteStream)
        url = httpcore2.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        asked = httpcore2.Request(
            request.method, url, headers=self._headers(request), content=request.stream, extensions=request.extensions
        )
        reply, fault = None, None
        try:
            reply = self._pool.handle_request(asked)
        except (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError) as error:
            fault = _fault(error)
        # Raised here, as the error within holds the request, and the request the key.
        if fault or reply is None:
            raise fault or httpx2.ReadError("")
        body = _Body(reply.stream, reply.headers)
        return httpx2.Response(reply.status, headers=reply.headers, stream=body, extensions=reply.extensions)

    def close(self) -> None:
        """Ends what is still open."""
        self._pool.close()

    def _headers(self, request: httpx2.Request) -> list[tuple[bytes, bytes]]:
        sent = [(name, value) for name, value in request.headers.raw if name.decode("ascii").lower() in _SENT]
        ours = {
            "Authorization": f"Bearer {self._key.reveal()}",
            "Accept-Encoding": "identity",
            "Connection": "close",
            "User-Agent": "NuMirror",
        }
        return sent + [(name.encode(), value.encode("ascii")) for name, value in ours.items()]


class _Body(httpx2.SyncByteStream):
    """A reply's bytes, counted as they come."""

    def __init__(self, stream: object, headers: list[tuple[bytes, bytes]]) -> None:
        assert isinstance(stream, Iterable)
        self._stream = stream
        # We asked for none. A packed reply of 4 kB may unfold to 4 MB, and one of 4 MB to 4 GB.
        self._packed = any(name.lower() == b"content-encoding" and value != b"identity" for name, value in headers)

    def __iter__(self) -> Iterator[bytes]:
        if self._packed:
            raise ReplyRefused("")
        fault = None
        try:
            yield from self._counted()
        except (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError) as error:
            fault = _fault(error)
        if fault:
            raise fault

    def _counted(self) -> Iterator[bytes]:
        size = 0
        for part in self._stream:
            size += len(part)
            if size > MOST_BYTES:
                raise ReplyRefused("")
            yield part

    def close(self) -> None:
        if close := getattr(self._stream, "close", None):
            close()


def _fault(error: Exception) -> httpx2.RequestError:
    """httpx2's error of the same meaning, with no text: that of a protocol error quotes what was sent."""
    if isinstance(error, httpcore2.TimeoutException):
        return httpx2.ReadTimeout("")
    return httpx2.RemoteProtocolError("") if isinstance(error, httpcore2.ProtocolError) else httpx2.ReadError("")
