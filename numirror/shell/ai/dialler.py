"""The way to a server that a user has named: to the checked address, and with one deadline for all that is said."""

import ssl
from collections.abc import Iterable
from time import monotonic

import httpcore2

CONNECT_SECONDS = 5.0
"""For the TCP handshake, and again for that of TLS."""


class Dialler(httpcore2.NetworkBackend):
    """Dials the checked address for the one host it belongs to. TLS is spoken with the host's name above this."""

    def __init__(self, host: str, address: str, seconds: float) -> None:
        self._host = host
        self._address = address
        self._seconds = seconds
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        if host != self._host:  # an address within a reply was followed: the key is not for that one
            raise httpcore2.ConnectError
        ends = monotonic() + self._seconds
        connect = min(timeout or CONNECT_SECONDS, self._seconds)
        return _Timed(self._inner.connect_tcp(self._address, port, connect, local_address, socket_options or ()), ends)


class _Timed(httpcore2.NetworkStream):
    """A stream with one deadline for all it does: a time-out of each read begins anew with each byte that drips in."""

    def __init__(self, inner: httpcore2.NetworkStream, ends: float) -> None:
        self._inner = inner
        self._ends = ends

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return _Timed(self._inner.start_tls(ssl_context, server_hostname, self._left(timeout)), self._ends)

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)

    def _left(self, timeout: float | None) -> float:
        left = self._ends - monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout
        return min(left, timeout or left)
