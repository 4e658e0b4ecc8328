"""Which addresses are dialled, and how names become addresses."""

import socket
import threading
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numirror.shell.resources.guard.addresses import Resolver, public, system_addresses
from numirror.shell.resources.guard.guard import Guard
from numirror.shell.resources.guard.refusals import TargetAway, TargetRefused
from numirror.shell.resources.guard.targets import parse_database_url
from tests.waiting import eventually

NAT64 = IPv6Network("64:ff9b::/96")
PUBLIC_4, OTHER_4, PUBLIC_6 = "93.184.216.34", "8.8.8.8", "2606:4700::1111"


@pytest.mark.parametrize(
    "text",
    [
        *("0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "100.127.255.255"),
        *("127.0.0.1", "127.255.255.254", "168.63.129.16", "169.254.169.254", "172.16.0.1", "172.31.255.255"),
        *("192.0.0.8", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.19.255.255"),
        *("198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b::a00:1"),
        *("64:ff9b:1::808:808", "100::1", "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:2::1", "2001:10::1"),
        *("2001:db8::1", "2002:7f00:1::", "2002:0808:0808::1", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254"),
        *("fe80::1", "fe80::1%2", "fec0::1", "ff02::1"),
    ],
)
def test_what_is_not_of_the_public_internet_is_closed(text: str) -> None:
    assert not public(ip_address(text))


@pytest.mark.parametrize(
    "text",
    [
        *("1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.1.1.1", "128.0.0.1"),
        *("168.63.129.17", "169.253.255.255", "172.15.255.255", "172.32.0.0", "192.167.1.1", "223.255.255.255"),
        *("2001:4860:4860::8888", "2606:4700::1111", "2a00:1450::1", "64:ff9b::808:808"),
    ],
)
def test_what_is_of_the_public_internet_is_open(text: str) -> None:
    assert public(ip_address(text))


@given(st.ip_addresses())
def test_nothing_is_open_that_python_knows_as_private(address: IPv4Address | IPv6Address) -> None:
    if public(address) and address not in NAT64:
        assert address.is_global and not address.is_multicast


OWNER = "ada@example.com"


def resolver_of(*found: Sequence[str] | Exception, **options: object) -> tuple[Resolver, list[str]]:
    """A resolver that answers so, one answer after the other, and the names that were asked for."""
    asked: list[str] = []
    answers = list(found)

    def lookup(name: str) -> Sequence[str]:
        asked.append(name)
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    return Resolver(lookup, **options), asked


@pytest.mark.parametrize("found", [[PUBLIC_4], [PUBLIC_6, PUBLIC_4], [PUBLIC_4, OTHER_4]])
def test_the_first_address_is_dialled(found: list[str]) -> None:
    resolver, _ = resolver_of(found)
    assert resolver.address("db.example.com", OWNER) == found[0]


@pytest.mark.parametrize(
    "found",
    [
        ["127.0.0.1"],
        [PUBLIC_4, "10.0.0.1"],
        ["10.0.0.1", PUBLIC_4],
        [PUBLIC_4, "::1"],
        [PUBLIC_4, "fe80::1%eth0"],
        [PUBLIC_4, "no address"],
        ["::ffff:10.0.0.1"],
    ],
)
def test_one_address_that_is_not_public_closes_the_name(found: list[str]) -> None:
    resolver, _ = resolver_of(found)
    with pytest.raises(TargetRefused) as caught:
        resolver.address("db.example.com", OWNER)
    assert caught.value.code == "host_not_public" and caught.value.permanent


@pytest.mark.parametrize(
    ("found", "code"),
    [
        ([], "name_unknown"),
        (socket.gaierror(socket.EAI_NONAME, "unknown"), "name_unknown"),
        (UnicodeError("label too long"), "name_unknown"),
        (TimeoutError(), "name_slow"),
    ],
)
def test_a_name_without_address_may_have_one_later(found: list[str] | Exception, code: str) -> None:
    resolver, asked = resolver_of(found, [PUBLIC_4])
    with pytest.raises(TargetAway) as caught:
        resolver.address("db.example.com", OWNER)
    assert caught.value.code == code and not caught.value.permanent
    assert caught.value.__cause__ is None and caught.value.__context__ is None
    if found:
        assert resolver.address("db.example.com", OWNER) == PUBLIC_4 and len(asked) == 2


def test_a_name_is_asked_for_once_a_minute() -> None:
    now = [0.0]
    resolver, asked = resolver_of([PUBLIC_4], [OTHER_4], clock=lambda: now[0])
    assert {resolver.address("db.example.com", OWNER) for _ in range(5)} == {PUBLIC_4}
    now[0] = 59.9
    assert resolver.address("db.example.com", OWNER) == PUBLIC_4 and len(asked) == 1
    now[0] = 60.0
    assert resolver.address("db.example.com", OWNER) == OTHER_4 and len(asked) == 2


def test_the_names_kept_are_bounded_and_the_oldest_goes_first() -> None:
    resolver, asked = resolver_of([PUBLIC_4])
    for number in range(1025):
        resolver.address(f"db{number}.example.com", OWNER)
    resolver.address("db1.example.com", OWNER)
    assert len(asked) == 1025
    resolver.address("db0.example.com", OWNER)
    assert len(asked) == 1026


class Mute:
    """A lookup that hangs until it is let go."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.asked: list[str] = []
        self.ended = threading.Semaphore(0)

    def __call__(self, name: str) -> Sequence[str]:
        self.asked.append(name)
        if name.startswith("mute"):
            self.go.wait(10)
            self.ended.release()
        return [PUBLIC_4]


def test_a_mute_resolver_costs_its_time_limit_and_eight_threads_at_most() -> None:
    lookup = Mute()
    resolver = Resolver(lookup, seconds=0.02)
    assert resolver.address("known.example.com", OWNER) == PUBLIC_4
    before = threading.active_count()
    for number in range(12):
        with pytest.raises(TargetAway) as caught:
            resolver.address(f"mute{number}.example.com", f"owner {number // 2}")
        assert caught.value.code == "name_slow"
    with pytest.raises(TargetAway):
        resolver.address("mute0.example.com", OWNER)  # is waited for, not asked for again
    assert len(lookup.asked) == 1 + 8 and threading.active_count() == before + 8
    assert resolver.address("known.example.com", OWNER) == PUBLIC_4
    lookup.go.set()
    for _ in range(8):
        assert lookup.ended.acquire(timeout=5)


def test_slow_names_of_one_owner_are_not_in_the_way_of_others() -> None:
    lookup = Mute()
    resolver = Resolver(lookup, seconds=0.02)
    for number in range(10):
        with pytest.raises(TargetAway):
            resolver.address(f"mute{number}.example.com", "slow")
    assert len(lookup.asked) == 2
    assert resolver.address("db.example.com", OWNER) == PUBLIC_4
    lookup.go.set()
    for _ in range(2):
        assert lookup.ended.acquire(timeout=5)
    assert eventually(lambda: _found(resolver, "another.example.com", "slow")) == PUBLIC_4


def _found(resolver: Resolver, name: str, owner: str) -> str:
    try:
        return resolver.address(name, owner)
    except TargetAway:
        return ""


def test_places_are_given_back() -> None:
    resolver, asked = resolver_of(OSError())
    for _ in range(20):
        with pytest.raises(TargetAway) as caught:
            resolver.address("db.example.com", OWNER)
        assert caught.value.code == "name_unknown"
    assert len(asked) == 20


def test_a_machine_without_threads_costs_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    resolver, _ = resolver_of([PUBLIC_4])
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", refuse)
        for _ in range(8):
            with pytest.raises(TargetAway):
                resolver.address("db.example.com", OWNER)
    assert resolver.address("db.example.com", OWNER) == PUBLIC_4


def test_many_who_ask_at_once_cause_one_lookup() -> None:
    lookup = Mute()
    resolver = Resolver(lookup)
    found: list[str] = []
    crowd = [
        threading.Thread(target=lambda: found.append(resolver.address("mute.example.com", OWNER))) for _ in range(10)
    ]
    for thread in crowd:
        thread.start()
    lookup.go.set()
    for thread in crowd:
        thread.join(5)
    assert found == [PUBLIC_4] * 10 and lookup.asked == ["mute.example.com"]


def test_a_name_is_looked_up_for_the_owner_of_the_target() -> None:
    asked: list[tuple[str, str]] = []

    def resolve(name: str, owner: str) -> str:
        asked.append((name, owner))
        return PUBLIC_4

    guard = Guard(resolve=resolve)
    guard.admit_target(parse_database_url("postgresql://a:b@db.example.com/d", OWNER))
    guard.admit("redis.example.com", 6379, OWNER)
    assert asked == [("db.example.com", OWNER), ("redis.example.com", OWNER)]


def test_the_system_is_asked_for_the_whole_name_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def getaddrinfo(name: bytes, port: None, **options: object) -> list[tuple[object, ...]]:
        asked.append(name)
        return [(2, 1, 6, "", (PUBLIC_4, 0)), (10, 1, 6, "", (PUBLIC_6, 0, 0, 0)), (2, 1, 6, "", (PUBLIC_4, 0))]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    assert system_addresses("db.example.com") == (PUBLIC_4, PUBLIC_6)
    assert asked == [b"db.example.com."]
