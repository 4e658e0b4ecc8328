"""The client for a Redis that a user brings: made of checked parts, dials the checked address, verifies the name."""

import socket
import ssl
from functools import cache
from typing import Any

import redis
from redis.backoff import NoBackoff
from redis.maint_notifications import MaintNotificationsConfig
from redis.retry import Retry

from numirror.shell.resources.guard.targets import RedisTarget

_SECONDS = 2.0
"""For connecting, and for each answer: a card waits no longer for Redis than this."""

_CONNECTIONS = 2


@cache
def trust() -> ssl.SSLContext:
    """The system's certificate authorities. One for all connections: each copy weighs as much as a connection."""
    return ssl.create_default_context()


class CheckedConnection(redis.Connection):
    """A connection with TLS whose certificate must be that of `host`, while `address` is dialled.

    redis-py's own takes one name for both, and would ask the resolver again.
    """

    def __init__(self, *, address: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]
        self._address = address

    def _connect(self) -> ssl.SSLSocket:
        # The time limit stays with the socket: it holds for the handshake and for each answer too.
        plain = socket.create_connection((self._address, self.port), self.socket_timeout)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return trust().wrap_socket(plain, server_hostname=self.host)


def connect(target: RedisTarget, address: str) -> redis.Redis:
    """A client that has not connected yet; `address` is the guard's. Its calls raise `redis.RedisError`.

    At most two connections, no second try, RESP 2: so the server can push nothing, nor move us elsewhere.
    """
    place: dict[str, Any] = {"host": address, "connection_class": redis.Connection}
    if target.tls:
        place = {"host": target.host, "address": address, "connection_class": CheckedConnection}
    pool = redis.BlockingConnectionPool(  # type: ignore[no-untyped-call]
        **place,
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
