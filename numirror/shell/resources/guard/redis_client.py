"""The client for a Redis that a user brings: made of checked parts, dials the checked address, verifies the name."""

import socket
import ssl
from functools import cache
from time import monotonic
from typing import Any

import redis
from redis.backoff import NoBackoff
from redis.maint_notifications import MaintNotificationsConfig
from redis.retry import Retry

from numirror.shell.resources.guard.targets import RedisTarget

_SECONDS = 2.0
"""For connecting, and for each request with its whole answer: a card waits no longer for Redis than this."""

_CONNECTIONS = 2

MOST_BYTES = 8 * 1024 * 1024
"""Of what a server says to one request: all read models of a person are a fraction of that."""


@cache
def trust() -> ssl.SSLContext:
    """The system's certificate authorities. One for all connections: each copy weighs as much as a connection."""
    return ssl.create_default_context()


class CheckedConnection(redis.Connection):
    """A connection to `address`, with `tls` if the certificate is that of `host`.

    redis-py's own takes one name for both, and would ask the resolver again.
    """

    def __init__(self, *, address: str, tls: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]
        self._address = address
        self._tls = tls

    def read_response(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().read_response(*args, **kwargs)
        except (ValueError, RecursionError):
            # What redis-py raises, besides its own errors, where the answer is none.
            raise redis.InvalidResponse from None

    def _connect(self) -> "_Bounded":
        # The time limit stays with the socket: it holds for the handshake too.
        plain = socket.create_connection((self._address, self.port), self.socket_timeout)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return _Bounded(trust().wrap_socket(plain, server_hostname=self.host) if self._tls else plain)


class _Bounded:
    """A socket with one deadline and one measure for a whole request and all that is answered to it.

    A time-out of each read begins anew with each byte that drips in, and redis-py keeps whatever comes.
    """

    def __init__(self, inner: socket.socket) -> None:
        self._inner = inner
        self._wait: float | None = _SECONDS
        self._begin()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def settimeout(self, seconds: float | None) -> None:
        self._wait = seconds

    def sendall(self, data: bytes) -> None:
        if self._heard:
            self._begin()
        self._inner.settimeout(self._left())
        self._inner.sendall(data)

    def recv(self, size: int) -> bytes:
        # With 0 redis-py only looks whether something is there, before the next request.
        self._inner.settimeout(self._left() if self._wait else self._wait)
        data = self._inner.recv(size)
        self._heard += len(data)
        if self._heard > MOST_BYTES:
            raise ConnectionAbortedError
        return data

    def _begin(self) -> None:
        self._ends, self._heard = monotonic() + _SECONDS, 0

    def _left(self) -> float:
        left = self._ends - monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def connect(target: RedisTarget, address: str) -> redis.Redis:
    """A client that has not connected yet; `address` is the guard's. Its calls raise `redis.RedisError`.

    At most two connections, no second try, RESP 2: so the server can push nothing, nor move us elsewhere.
    """
    pool = redis.BlockingConnectionPool(  # type: ignore[no-untyped-call]
        connection_class=CheckedConnection,
        host=target.host,
        address=address,
        tls=target.tls,
        port=target.port,
        db=target.db,
        username=target.user or None,
        password=target.password.reveal(),
        protocol=2,
        maint_notifications_config=MaintNotificationsConfig(enabled=False),
        socket_timeout=_SECONDS,
        socket_connect_timeout=_SECONDS,
        retry=Retry(NoBackoff(), 0),
        driver_info=None,
        max_connections=_CONNECTIONS,
        timeout=_SECONDS,
    )
    return redis.Redis.from_pool(pool)
