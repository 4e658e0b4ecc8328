"""Targets that users bring: rebuilt from checked parts, never passed on as they were typed.

Nothing here opens a connection or asks a resolver: that is for the guard, when the owner has said yes.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from numirror.shell.log.target import Secret as TargetSecret
from numirror.shell.log.target import Target
from numirror.shell.resources.guard import hosts, urls
from numirror.shell.resources.guard.refusals import TargetRefused
from numirror.shell.resources.secret import Secret

_ENDPOINT = re.compile("[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
"""The name of a Neon compute, for clients without SNI. Source: Neon's manual, Connection errors."""

_VALUES = {
    "sslmode": frozenset({"require", "verify-ca", "verify-full"}),
    "channel_binding": frozenset({"require", "prefer"}),
    "sslnegotiation": frozenset({"postgres", "direct"}),
}
_NO_TLS = frozenset({"disable", "allow", "prefer"})
_DATABASE = re.compile("[^=/]{1,63}")
"""No = and no /, as libpq takes a database name that looks like connection parameters for such."""

_REDIS_DATABASE = re.compile("/?|/([0-9]|1[0-5])")
_PATH = re.compile(r"(?:/(?!\.{1,2}(?:/|\Z))[A-Za-z0-9._~-]+)*/?")


@dataclass(frozen=True, slots=True)
class RedisTarget:
    """A Redis and how to be let in. `user` '' is Redis' default user; without `tls` it is one on this machine."""

    host: str
    port: int
    db: int
    user: str
    password: Secret[str]
    tls: bool = True


@dataclass(frozen=True, slots=True)
class AiTarget:
    """Where an AI provider answers, over TLS only. `path` is '' or begins with / and ends without."""

    host: str
    port: int
    path: str

    @property
    def url(self) -> str:
        """The base URL, put together anew."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"https://{host}:{self.port}{self.path}"


def parse_database_url(text: str, owner: str) -> Target:
    """The Postgres that `owner` brings, as postgresql://user:password@host:port/name. Raises `TargetRefused`.

    `sslmode` stays '' if none is asked for: the guard makes it verify-full.
    """
    url = urls.split(text, ("postgresql", "postgres"), "not_postgres")
    user, password = _parse_login(url.userinfo)
    if not user:
        raise TargetRefused("no_user")
    dbname = urls.decode(url.path[1:], "bad_database")
    if not _DATABASE.fullmatch(dbname):
        raise TargetRefused("bad_database")
    asked = _parse_query(url.query)
    return Target(
        url.host,
        url.port or 5432,
        dbname,
        user,
        TargetSecret(password),
        owner=owner,
        sslmode=_parse_value(asked, "sslmode", url.host),
        channel_binding=_parse_value(asked, "channel_binding", url.host),
        sslnegotiation=_parse_value(asked, "sslnegotiation", url.host),
        endpoint=_parse_endpoint(asked),
    )


def parse_redis_url(text: str) -> RedisTarget:
    """A Redis, as rediss://user:password@host:port/0; without TLS on loopback only. Raises `TargetRefused`."""
    url = urls.split(text, ("rediss", "redis"), "not_redis")
    if url.scheme == "redis" and not hosts.is_loopback(url.host):
        raise TargetRefused("tls_needed")
    user, password = _parse_login(url.userinfo)
    database = _REDIS_DATABASE.fullmatch(url.path)
    if not database:
        raise TargetRefused("bad_database")
    if url.query is not None:
        raise TargetRefused("query_not_allowed")
    return RedisTarget(
        url.host, url.port or 6379, int(database[1] or 0), user, Secret(password), tls=url.scheme == "rediss"
    )


def parse_ai_url(text: str) -> AiTarget:
    """An AI provider's base URL, as https://host/v1. Raises `TargetRefused`."""
    url = urls.split(text, ("https",), "not_https")
    if url.userinfo is not None:
        raise TargetRefused("userinfo_not_allowed")
    if url.query is not None:
        raise TargetRefused("query_not_allowed")
    if not _PATH.fullmatch(url.path):
        raise TargetRefused("bad_path")
    return AiTarget(url.host, url.port or 443, url.path.rstrip("/"))


def _parse_login(userinfo: str | None) -> tuple[str, str]:
    user, _, password = (userinfo or "").partition(":")
    name = urls.decode(user, "bad_user")
    # A name is shown when the owner is asked to confirm: nothing in it may hide or turn the text around.
    if not name.isprintable():
        raise TargetRefused("bad_user")
    if not password:
        raise TargetRefused("no_password")
    return name, urls.decode(password, "bad_password")


def _parse_query(query: str | None) -> Mapping[str, str]:
    asked: dict[str, str] = {}
    for pair in query.split("&") if query is not None else ():
        key, _, value = pair.partition("=")
        if key not in _VALUES and key != "options":
            raise TargetRefused("key_not_allowed")
        if key in asked:
            raise TargetRefused("key_twice")
        asked[key] = urls.decode(value, "bad_value")
    return asked


def _parse_value(asked: Mapping[str, str], key: str, host: str) -> str:
    value = asked.get(key)
    if value is None or value in _VALUES[key]:
        return value or ""
    if key == "sslmode" and value in _NO_TLS:
        # The guard lets this pass for a server of the launcher alone.
        if value == "disable" and hosts.is_loopback(host):
            return value
        raise TargetRefused("tls_needed")
    raise TargetRefused("bad_value")


def _parse_endpoint(asked: Mapping[str, str]) -> str:
    if "options" not in asked:
        return ""
    key, _, endpoint = asked["options"].partition("=")
    if key != "endpoint":
        raise TargetRefused("key_not_allowed")
    if not _ENDPOINT.fullmatch(endpoint):
        raise TargetRefused("bad_value")
    return endpoint
