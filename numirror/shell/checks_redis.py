"""The check of a Redis that a user brings: it keeps what is written, and says what it does when it is full."""

import statistics
import threading
from collections.abc import Callable
from secrets import token_hex
from time import monotonic
from typing import Any

import redis

from numirror.shell.checks import CheckFailed, Report, steps
from numirror.shell.reach import SLOW, Admit, Deadline, Reach
from numirror.shell.resources.guard.redis_client import connect as connect_checked
from numirror.shell.resources.guard.redis_client import trust
from numirror.shell.resources.guard.targets import RedisTarget

Connect = Callable[[RedisTarget, str], redis.Redis]
"""The client for a target at a checked address; it has not connected yet."""

SECONDS = 14.0
"""For the whole check: a card must come within 20."""

_PINGS = 5
_KEPT_SECONDS = 60
"""A trial value goes by itself, even if the connection breaks before it is deleted."""

_WRONG_LOGIN = (
    "Redis refuses this user name or password. Please copy the connection URL from your provider again; without a user "
    "name the user is called default."
)
_NO_RIGHTS = (
    "This Redis user may not do that. Please give it the right to read, write and delete keys that begin with nu: "
    "(for example ACL SETUSER … ~nu:* +@read +@write +@connection +@scripting +info)."
)
_READ_ONLY = "This server is a replica and takes no writes. Please enter the address of the primary."
_FULL = (
    "Redis is full and takes no writes. Please make room, choose a larger plan, or let it evict: its policy "
    "allkeys-lru is fine for NuMirror."
)
_CLUSTER = (
    "This server is one node of a cluster and sends us to another. Please enter an endpoint that needs no cluster "
    "client."
)
_LOADING = "Redis is still reading its data after a start. Please try again in a minute."
_NOT_REDIS = "What answers there is not Redis. Please check host and port."
_BROKEN = (
    "Redis has closed the connection. Please look whether it has as many clients as it allows, and whether it "
    "lets in the network of NuMirror."
)
_NO_DATABASE = "Redis refuses this database number or command. Please try database /0 at the end of the address."
_ALTERED = (
    "Redis gives back something else than what was written. Please enter the address of the primary, and not of a "
    "replica or a proxy that caches."
)

_CAUSES: tuple[tuple[type[Exception], str], ...] = (
    (redis.AuthenticationError, _WRONG_LOGIN),
    (redis.exceptions.AuthenticationWrongNumberOfArgsError, _WRONG_LOGIN),
    (redis.exceptions.NoPermissionError, _NO_RIGHTS),
    (redis.ReadOnlyError, _READ_ONLY),
    (redis.OutOfMemoryError, _FULL),
    (redis.exceptions.AskError, _CLUSTER),
    (redis.exceptions.ClusterError, _CLUSTER),
    (redis.BusyLoadingError, _LOADING),
    (redis.TimeoutError, SLOW),
    (redis.ConnectionError, _BROKEN),
    (redis.ResponseError, _NO_DATABASE),
)
"""What each error means, the narrower ones first. What the server itself says may be anything, and stays unsaid."""

_POLICIES = {
    "noeviction": "keeps everything; when it is full it takes no writes, and NuMirror goes on without it",
    **dict.fromkeys(
        ("allkeys-lru", "allkeys-lfu", "allkeys-lrm", "allkeys-random"),
        "may drop read models when it is full; NuMirror draws them again",
    ),
    **dict.fromkeys(
        ("volatile-lru", "volatile-lfu", "volatile-lrm", "volatile-random", "volatile-ttl"),
        "may drop read models when it is full, as they all have a time limit; NuMirror draws them again",
    ),
}
"""Source: https://redis.io/docs/latest/develop/reference/eviction/"""


def check_redis(
    target: RedisTarget, admit: Admit, connect: Connect = connect_checked, seconds: float = SECONDS
) -> Report:
    """Takes the steps from its name to its latency, and stops at the first red. Leaves nothing behind."""
    reach = Reach(target.host, target.port, admit, trust() if target.tls else None)
    talk = _Talk(lambda: connect(target, reach.address), seconds)
    try:
        return steps("redis", [*reach.steps(), *talk.steps()])
    finally:
        talk.close()


class _Talk:
    """What is asked once a server is reached. A server that never ends its answer is cut off at the deadline."""

    def __init__(self, connect: Callable[[], redis.Redis], seconds: float) -> None:
        self._connect = connect
        self._deadline = Deadline(seconds)
        self._client: redis.Redis | None = None
        self._watch: threading.Timer | None = None
        self._key = f"nu:check:{token_hex(8)}"
        self._value = token_hex(16)

    def steps(self) -> tuple[tuple[str, Callable[[], str]], ...]:
        return (
            ("login", self._log_in),
            ("write", self._write),
            ("read", self._read),
            ("delete", self._delete),
            ("eviction policy", self._policy),
            ("latency", self._latency),
        )

    def close(self) -> None:
        if self._watch:
            self._watch.cancel()
        if self._client:
            self._client.close()

    def _log_in(self) -> str:
        self._client = self._connect()
        self._watch = threading.Timer(self._deadline.left(), self._cut)
        self._watch.daemon = True
        self._watch.start()
        self._ask(lambda client: client.ping())
        return ""

    def _write(self) -> str:
        self._ask(lambda client: client.set(self._key, self._value, ex=_KEPT_SECONDS))
        return ""

    def _read(self) -> str:
        if self._ask(lambda client: client.get(self._key)) != self._value.encode():
            raise CheckFailed(_ALTERED)
        return ""

    def _delete(self) -> str:
        if self._ask(lambda client: client.delete(self._key)) != 1:
            raise CheckFailed(_ALTERED)
        return ""

    def _policy(self) -> str:
        try:
            told = self._ask(lambda client: client.info("memory")["maxmemory_policy"])
        except CheckFailed:
            told = None  # hosted services may keep INFO to themselves
        meaning = _POLICIES.get(told) if isinstance(told, str) else None
        return f"{told}: {meaning}" if meaning else "not told by this server"

    def _latency(self) -> str:
        taken = []
        for _ in range(_PINGS):
            begun = monotonic()
            self._ask(lambda client: client.ping())
            taken.append(monotonic() - begun)
        return f"{statistics.median(taken) * 1000:.1f} ms"

    def _ask(self, call: Callable[[redis.Redis], Any]) -> Any:
        """What Redis answers. Raises `CheckFailed`, with nothing of the server's in it or behind it."""
        assert self._client
        self._deadline.left()
        try:
            return call(self._client)
        except Exception as error:  # besides RedisError: what a reader stumbles over in an answer that is none
            sentence = next((helps for kind, helps in _CAUSES if isinstance(error, kind)), _NOT_REDIS)
        self._deadline.left()  # cut off by us it looks broken, and was slow
        raise CheckFailed(sentence)

    def _cut(self) -> None:
        if self._client:
            self._client.connection_pool.disconnect()
