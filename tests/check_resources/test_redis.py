"""The check of a Redis: a real server, and real sockets that are none."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from time import monotonic

import pytest
import redis

from numirror.shell import checks_redis as checks
from numirror.shell import reach
from numirror.shell.checks import Report
from numirror.shell.checks_redis import check_redis
from numirror.shell.resources.guard.guard import Guard
from numirror.shell.resources.guard.refusals import SENTENCES as REFUSALS
from numirror.shell.resources.guard.targets import RedisTarget, parse_redis_url
from numirror.shell.resources.secret import Secret
from tests.check_resources.hostile import Hostile, hostile, http

NAMES = ["name", "address policy", "connection", "login", "write", "read", "delete", "eviction policy", "latency"]
PASSWORD = "very-secret-0123456789"


def loopback(host: str, _: int) -> str:
    return "127.0.0.1"


@pytest.fixture
def target(redis_url: str) -> RedisTarget:
    return parse_redis_url(redis_url)


@pytest.fixture
def admin(redis_url: str) -> Iterator[redis.Redis]:
    with redis.Redis.from_url(redis_url) as client:
        yield client


@contextmanager
def settings(admin: redis.Redis, **wanted: str) -> Iterator[None]:
    """The server with other settings, for a while."""
    before = {name: admin.config_get(name)[name] for name in (one.replace("_", "-") for one in wanted)}
    for name, value in wanted.items():
        admin.config_set(name.replace("_", "-"), value)
    yield
    for name, value in before.items():
        admin.config_set(name, value)


def red(report: Report, name: str) -> str:
    """The sentence of the line that must be red, and nothing is reached behind it."""
    assert [line.name for line in report.lines] == NAMES
    assert report.failed and report.failed.name == name, report
    assert all(line.ok is None for line in report.lines[NAMES.index(name) + 1 :])
    assert PASSWORD not in repr(report)
    return report.failed.sentence


def fact(report: Report, name: str) -> str:
    return next(line.sentence for line in report.lines if line.name == name)


def test_all_is_well_and_nothing_is_left(target: RedisTarget, admin: redis.Redis) -> None:
    report = check_redis(target, Guard(local=frozenset({(target.host, target.port)})).admit)
    assert report.ok and [line.name for line in report.lines] == NAMES
    assert fact(report, "eviction policy").startswith("noeviction: keeps everything")
    assert fact(report, "latency").endswith(" ms")
    assert admin.dbsize() == 0


@pytest.mark.parametrize("policy", ["allkeys-lru", "volatile-ttl"])
def test_a_store_that_evicts_is_fine_and_said_to(policy: str, target: RedisTarget, admin: redis.Redis) -> None:
    with settings(admin, maxmemory_policy=policy):
        report = check_redis(target, loopback)
    assert report.ok
    assert fact(report, "eviction policy").startswith(f"{policy}: may drop")


def test_a_wrong_password(target: RedisTarget) -> None:
    report = check_redis(replace(target, password=Secret(PASSWORD)), loopback)
    assert red(report, "login") == checks._WRONG_LOGIN


def test_an_unknown_user(target: RedisTarget) -> None:
    report = check_redis(replace(target, user="nobody", password=Secret(PASSWORD)), loopback)
    assert red(report, "login") == checks._WRONG_LOGIN


@pytest.mark.parametrize(
    ("rules", "line"),
    [("~* +@read +@connection", "write"), ("~other:* +@all", "write"), ("~* +ping +set", "read")],
)
def test_a_user_with_too_few_rights(rules: str, line: str, target: RedisTarget, admin: redis.Redis) -> None:
    admin.execute_command("ACL", "SETUSER", "weak", "on", f">{PASSWORD}", *rules.split())
    try:
        report = check_redis(replace(target, user="weak", password=Secret(PASSWORD)), loopback)
    finally:
        admin.execute_command("ACL", "DELUSER", "weak")
    assert red(report, line) == checks._NO_RIGHTS
    assert all(0 < admin.ttl(key) <= 60 for key in admin.scan_iter())


def test_the_rights_that_the_sentence_names_are_enough(target: RedisTarget, admin: redis.Redis) -> None:
    rules = checks._NO_RIGHTS.partition("… ")[2].partition(")")[0].split()
    admin.execute_command("ACL", "SETUSER", "fair", "on", f">{PASSWORD}", *rules)
    try:
        report = check_redis(replace(target, user="fair", password=Secret(PASSWORD)), loopback)
    finally:
        admin.execute_command("ACL", "DELUSER", "fair")
    assert report.ok and fact(report, "eviction policy").startswith("noeviction")


def test_a_server_that_keeps_its_policy_to_itself_is_fine(target: RedisTarget, admin: redis.Redis) -> None:
    admin.execute_command("ACL", "SETUSER", "mute", "on", f">{PASSWORD}", "~nu:*", "+@all", "-info")
    try:
        report = check_redis(replace(target, user="mute", password=Secret(PASSWORD)), loopback)
    finally:
        admin.execute_command("ACL", "DELUSER", "mute")
    assert report.ok and fact(report, "eviction policy") == "not told by this server"


def test_a_full_server(target: RedisTarget, admin: redis.Redis) -> None:
    with settings(admin, maxmemory="1"):
        report = check_redis(target, loopback)
    assert red(report, "write") == checks._FULL


def test_a_database_that_is_not_there(target: RedisTarget) -> None:
    assert red(check_redis(replace(target, db=9999), loopback), "login") == checks._NO_DATABASE


def test_tls_where_there_is_none(target: RedisTarget, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach, "_SECONDS", 0.4)  # a Redis waits for the end of a line that never comes
    assert red(check_redis(replace(target, tls=True), loopback), "connection") == reach.MUTE


def test_a_host_within_is_not_dialled(target: RedisTarget) -> None:
    assert red(check_redis(target, Guard().admit), "address policy") == REFUSALS["host_not_public"]


def test_nobody_there(target: RedisTarget) -> None:
    with hostile(lambda _: []) as gone:
        port = gone.port
    assert red(check_redis(replace(target, port=port), loopback), "connection") == reach.CLOSED


def at(server: Hostile) -> RedisTarget:
    return RedisTarget("127.0.0.1", server.port, 0, "", Secret(PASSWORD), tls=False)


def answering(**answers: bytes) -> Callable[[bytes], list[bytes]]:
    """A server that answers each command as told, and else +OK."""

    def answer(heard: bytes) -> list[bytes]:
        parts = heard.split(b"\r\n")
        commands = [part.decode().lower() for part in parts if part.isalpha() and part.isupper() and part != b"EX"]
        return [answers.get(command, b"+OK\r\n") for command in commands]

    return answer


QUOTED = f" from {PASSWORD}".encode()


@pytest.mark.parametrize(
    ("answers", "line", "sentence"),
    [
        ({"auth": b"-WRONGPASS" + QUOTED + b"\r\n"}, "login", checks._WRONG_LOGIN),
        ({"auth": b"-ERR invalid password\r\n"}, "login", checks._WRONG_LOGIN),
        ({"ping": b"-LOADING" + QUOTED + b"\r\n"}, "login", checks._LOADING),
        ({"ping": b"-ERR max number of clients reached\r\n"}, "login", checks._BROKEN),
        ({"set": b"-READONLY" + QUOTED + b"\r\n"}, "write", checks._READ_ONLY),
        ({"set": b"-MOVED 3999 10.0.0.1:6381\r\n"}, "write", checks._CLUSTER),
        ({"set": b"-CLUSTERDOWN\r\n"}, "write", checks._CLUSTER),
        ({"set": b"-ERR" + QUOTED + b"\r\n"}, "write", checks._NO_DATABASE),
        ({"get": b"$3\r\nold\r\n"}, "read", checks._ALTERED),
        ({"get": b"$-1\r\n"}, "read", checks._ALTERED),
        ({"get": b"$abc\r\n"}, "read", checks._NOT_REDIS),
        ({"ping": b"hello\r\n"}, "login", checks._NOT_REDIS),
    ],
)
def test_what_a_server_may_answer(
    answers: dict[str, bytes], line: str, sentence: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with hostile(answering(**answers)) as server:
        assert red(check_redis(at(server), loopback), line) == sentence
    assert PASSWORD not in "".join(one.getMessage() for one in caplog.records)


def test_a_web_server_is_no_redis() -> None:
    with hostile(lambda _: [http(b"{}", "400 Bad Request")]) as server:
        assert red(check_redis(at(server), loopback), "login") == checks._NOT_REDIS


def test_a_server_that_hangs_up() -> None:
    def hang_up(_: bytes) -> list[bytes]:
        raise ConnectionAbortedError

    with hostile(hang_up) as server:
        assert red(check_redis(at(server), loopback), "login") == checks._BROKEN


@pytest.mark.parametrize("part", [b"", b"+", b"$536870912\r\n"])
def test_a_server_that_never_ends_its_answer_holds_nobody(part: bytes) -> None:
    def drip(_: bytes) -> Iterator[bytes]:
        yield part
        yield from server.drip(b"x")

    with hostile(drip) as server:
        begun = monotonic()
        assert red(check_redis(at(server), loopback, seconds=0.5), "login") == reach.SLOW
        assert monotonic() - begun < 3


def test_a_mute_server_holds_nobody() -> None:
    with hostile(lambda _: []) as server:
        begun = monotonic()
        assert red(check_redis(at(server), loopback, seconds=0.5), "login") == reach.SLOW
        assert monotonic() - begun < 3
