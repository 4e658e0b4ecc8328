"""The guard itself: who passes, to which address, and what the owner has said yes to."""

import hashlib
import json
import re

import msgspec
import pytest

from numirror.shell.log.target import Secret, Target
from numirror.shell.resources.guard.guard import Guard, fingerprint
from numirror.shell.resources.guard.refusals import SENTENCES, TargetAway, TargetRefused
from numirror.shell.resources.guard.targets import parse_ai_url, parse_database_url, parse_redis_url

OWNER = "ada@example.com"
LOCAL = Guard(
    local=frozenset({("127.0.0.1", 5432), ("localhost", 5433), ("::1", 5434)}),
    local_sockets=frozenset({"/run/numirror"}),
    resolve=lambda name, owner: {"db.example.com": "93.184.216.34"}[name],
)


def code_of(guard: Guard, host: str, port: int) -> str:
    with pytest.raises(TargetRefused) as caught:
        guard.admit(host, port)
    return caught.value.code


@pytest.mark.parametrize(
    ("host", "port", "address"),
    [
        ("db.example.com", 5432, "93.184.216.34"),
        ("DB.example.com", 1, "93.184.216.34"),
        ("8.8.8.8", 5432, "8.8.8.8"),
        ("2606:4700:0::1111", 5432, "2606:4700::1111"),
        ("127.0.0.1", 5432, "127.0.0.1"),
        ("localhost", 5433, "127.0.0.1"),
        ("::1", 5434, "::1"),
    ],
)
def test_public_hosts_and_the_launchers_pass(host: str, port: int, address: str) -> None:
    assert LOCAL.admit(host, port) == address


@pytest.mark.parametrize(
    ("host", "port", "code"),
    [
        ("127.0.0.1", 5433, "host_not_public"),
        ("127.0.0.2", 5432, "host_not_public"),
        ("localhost", 5432, "host_not_public"),
        ("localhost.localdomain", 5433, "host_not_public"),
        ("::1", 5432, "host_not_public"),
        ("::ffff:127.0.0.1", 5432, "host_not_public"),
        ("127.1", 5432, "bad_host"),
        ("localhost.", 5433, "bad_host"),
        ("/run/numirror", 5432, "bad_host"),
        ("\N{KELVIN SIGN}ube.example.com", 5432, "bad_host"),  # lower() makes a plain k of it
        ("", 5432, "no_host"),
    ],
)
def test_nothing_else_on_this_machine_passes(host: str, port: int, code: str) -> None:
    assert code_of(LOCAL, host, port) == code


@pytest.mark.parametrize("host", ["10.0.0.5", "169.254.169.254", "8.8.8.8", "db.example.com", "db.localhost", ""])
def test_a_launcher_opens_servers_on_loopback_only(host: str) -> None:
    with pytest.raises(ValueError, match="loopback"):
        Guard(local=frozenset({(host, 5432)}))


def test_a_refusal_of_the_resolver_is_passed_on() -> None:
    def refuse(name: str, owner: str) -> str:
        raise TargetAway("name_slow")

    assert code_of(Guard(resolve=refuse), "db.example.com", 5432) == "name_slow"


def admitted(url: str) -> tuple[str, str]:
    target = LOCAL.admit_target(parse_database_url(url, OWNER))
    return target.address, target.sslmode


@pytest.mark.parametrize(
    ("url", "address", "sslmode"),
    [
        ("postgresql://ada:s3cret@db.example.com/app", "93.184.216.34", "verify-full"),
        ("postgresql://ada:s3cret@db.example.com/app?sslmode=require", "93.184.216.34", "require"),
        ("postgresql://ada:s3cret@127.0.0.1:5432/app", "127.0.0.1", "disable"),
        ("postgresql://ada:s3cret@127.0.0.1:5432/app?sslmode=disable", "127.0.0.1", "disable"),
        ("postgresql://ada:s3cret@127.0.0.1:5432/app?sslmode=require", "127.0.0.1", "require"),
    ],
)
def test_a_database_gets_its_address_and_its_encryption(url: str, address: str, sslmode: str) -> None:
    assert admitted(url) == (address, sslmode)


@pytest.mark.parametrize("sslmode", ["disable", "allow", "prefer", "nonsense"])
def test_no_database_abroad_goes_without_encryption(sslmode: str) -> None:
    target = Target("db.example.com", 5432, "app", "ada", Secret("s3cret"), sslmode=sslmode)
    with pytest.raises(TargetRefused) as caught:
        LOCAL.admit_target(target)
    assert caught.value.code == "tls_needed"


def test_an_address_that_came_with_the_target_counts_for_nothing() -> None:
    target = Target("db.example.com", 5432, "app", "ada", Secret("s3cret"), address="127.0.0.1")
    assert LOCAL.admit_target(target).address == "93.184.216.34"


def test_the_launchers_socket_passes_and_no_other() -> None:
    ours = Target("/run/numirror", 5432, "app", "ada", Secret(""), address="10.0.0.1")
    assert LOCAL.admit_target(ours) == msgspec.structs.replace(ours, address="", sslmode="disable")
    for guard, host in ((LOCAL, "/run/numirror/.."), (LOCAL, "/run/postgresql"), (Guard(), "/run/numirror")):
        with pytest.raises(TargetRefused) as caught:
            guard.admit_target(msgspec.structs.replace(ours, host=host))
        assert caught.value.code == "bad_host"


DATABASE = "postgresql://ada:s3cret@db.example.com/app"


@pytest.mark.parametrize(
    "other",
    [
        "postgresql://ada:s3cret@db.example.org/app",
        "postgresql://ada:s3cret@db.example.com:5433/app",
        "postgresql://ada:s3cret@db.example.com/other",
        "postgresql://eve:s3cret@db.example.com/app",
        f"{DATABASE}?options=endpoint%3Dep-1",
        f"{DATABASE}?sslmode=require",
        f"{DATABASE}?sslmode=verify-ca",
    ],
)
def test_another_place_or_user_has_another_fingerprint(other: str) -> None:
    assert fingerprint(parse_database_url(other, OWNER)) != fingerprint(parse_database_url(DATABASE, OWNER))


@pytest.mark.parametrize(
    "same",
    [
        "postgres://ada:changed@DB.example.com:5432/app",
        f"{DATABASE}?sslmode=verify-full",
        f"{DATABASE}?channel_binding=require&sslnegotiation=direct",
    ],
)
def test_the_same_place_and_user_keep_their_fingerprint(same: str) -> None:
    assert fingerprint(parse_database_url(same, "eve@example.com")) == fingerprint(parse_database_url(DATABASE, OWNER))


@pytest.mark.parametrize("url", [DATABASE, "postgresql://ada:s3cret@127.0.0.1:5432/app"])
def test_the_guard_changes_no_fingerprint(url: str) -> None:
    target = parse_database_url(url, OWNER)
    assert fingerprint(LOCAL.admit_target(target)) == fingerprint(target)


def test_fingerprints_of_all_kinds_differ_and_stay() -> None:
    redis = parse_redis_url("rediss://ada:s3cret@db.example.com:5432")
    prints = {
        fingerprint(parse_database_url(DATABASE, OWNER)),
        fingerprint(redis),
        fingerprint(parse_redis_url("rediss://ada:s3cret@db.example.com:5432/1")),
        fingerprint(parse_ai_url("https://db.example.com:5432")),
        fingerprint(parse_ai_url("https://db.example.com:5432/app")),
    }
    assert len(prints) == 5
    parts = ["redis", "db.example.com", 5432, 0, "ada", True]
    assert fingerprint(redis) == hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_says_the_next_step(code: str) -> None:
    assert re.fullmatch(r"[A-Z].+\. .*[Pp]lease .+\.", SENTENCES[code])
