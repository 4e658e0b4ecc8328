"""Redis addresses that users bring."""

import traceback

import pytest

from numirror.shell.resources.guard.guard import Guard
from numirror.shell.resources.guard.refusals import SENTENCES, TargetRefused
from numirror.shell.resources.guard.targets import RedisTarget, parse_redis_url
from numirror.shell.resources.secret import Secret

LOGIN = "rediss://ada:s3cret@"

BAD = {
    "empty": ("", "not_redis"),
    "unix-path": ("unix://ada:s3cret@/run/redis.sock", "not_redis"),
    "other-scheme": ("http://ada:s3cret@cache.example.com", "not_redis"),
    "clear-text": ("redis://ada:s3cret@cache.example.com:6379/0", "tls_needed"),
    "clear-text-here": ("redis://ada:s3cret@127.0.0.1:6379/0", "host_not_public"),
    "loopback": (f"{LOGIN}127.0.0.1", "host_not_public"),
    "neighbour": (f"{LOGIN}redis", "host_not_public"),
    "short-loopback": (f"{LOGIN}127.1", "bad_host"),
    "no-host": (f"{LOGIN}:6379", "no_host"),
    "two-hosts": (f"{LOGIN}a.example.com,b.example.com", "two_hosts"),
    "two-ats": (f"{LOGIN}a.example.com@b.example.com", "two_ats"),
    "no-password": ("rediss://cache.example.com:6379/0", "no_password"),
    "password-as-user": ("rediss://s3cret@cache.example.com:6379/0", "no_password"),
    "newline-in-password": ("rediss://ada:s3cret%0d%0aFLUSHALL@cache.example.com", "bad_password"),
    "nul-in-user": ("rediss://ada%00:s3cret@cache.example.com", "bad_user"),
    "half-percent": ("rediss://ada:s3cret%@cache.example.com", "bad_percent"),
    "port-65536": (f"{LOGIN}cache.example.com:65536", "bad_port"),
    "database-16": (f"{LOGIN}cache.example.com/16", "bad_database"),
    "database-with-zero": (f"{LOGIN}cache.example.com/01", "bad_database"),
    "database-by-name": (f"{LOGIN}cache.example.com/app", "bad_database"),
    "certificates-off": (f"{LOGIN}cache.example.com/0?ssl_cert_reqs=none", "query_not_allowed"),
    "database-in-query": (f"{LOGIN}cache.example.com?db=3", "query_not_allowed"),
    "fragment": (f"{LOGIN}cache.example.com/0#x", "fragment_not_allowed"),
    "space": (f"{LOGIN}cache.example.com/0 ", "bad_character"),
    "too-long": (f"{LOGIN}{'a' * 4096}.example.com", "too_long"),
}


@pytest.mark.parametrize(("text", "code"), BAD.values(), ids=BAD)
def test_a_bad_address_is_refused_and_not_repeated(text: str, code: str, deaf_guard: Guard) -> None:
    with pytest.raises(TargetRefused) as caught:
        target = parse_redis_url(text)
        deaf_guard.admit(target.host, target.port)
    assert caught.value.code == code
    assert str(caught.value) == SENTENCES[code]
    assert "s3cret" not in "".join(traceback.format_exception_only(caught.value))
    assert caught.value.__cause__ is None and caught.value.__context__ is None


@pytest.mark.parametrize(
    ("text", "target"),
    [
        (f"{LOGIN}cache.example.com", RedisTarget("cache.example.com", 6379, 0, "ada", Secret("s3cret"))),
        (f"{LOGIN}Cache.example.com:6380/15", RedisTarget("cache.example.com", 6380, 15, "ada", Secret("s3cret"))),
        ("rediss://:a%2Fb@cache.example.com/", RedisTarget("cache.example.com", 6379, 0, "", Secret("a/b"))),
        ("redis://:x@127.0.0.1:7000/2", RedisTarget("127.0.0.1", 7000, 2, "", Secret("x"), tls=False)),
        ("redis://:x@localhost", RedisTarget("localhost", 6379, 0, "", Secret("x"), tls=False)),
    ],
)
def test_a_good_address_gives_its_parts(text: str, target: RedisTarget) -> None:
    assert parse_redis_url(text) == target
    assert "s3cret" not in repr(parse_redis_url(text))
