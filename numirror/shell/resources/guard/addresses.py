"""Which addresses are dialled, and the one resolver that finds them."""

import socket
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import NamedTuple

from numirror.shell.resources.guard import hosts
from numirror.shell.resources.guard.refusals import TargetAway, TargetRefused

# Written down instead of asked of `is_global`, whose tables differ between Python's releases.
# Source: IANA IPv4 and IPv6 Special-Purpose Address Registries.
_CLOSED_4 = tuple(
    IPv4Network(net)
    for net in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",  # Azure's agent: looks public, answers only from within
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",
    )
)
_OPEN_6 = IPv6Network("2000::/3")
"""All that IANA has given out as global unicast: loopback, mapped, unique local, link-local, multicast lie outside."""
_CLOSED_6 = tuple(
    IPv6Network(net)
    for net in (
        "2001::/23",  # Teredo, ORCHID, benchmarks
        "2001:db8::/32",
        "2002::/16",  # 6to4: leads to any IPv4 address
        "3fff::/20",
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")

_LOOKUPS = 8
_LOOKUPS_OF_ONE = 2
_KEPT = 1024
_KEEP_SECONDS = 60.0


def public(address: IPv4Address | IPv6Address) -> bool:
    """Whether it is an address of the public internet. One behind NAT64 is what the IPv4 address in it is."""
    if isinstance(address, IPv4Address):
        return not any(address in net for net in _CLOSED_4)
    if address in _NAT64:
        return public(IPv4Address(int(address) & 0xFFFFFFFF))
    return address in _OPEN_6 and not any(address in net for net in _CLOSED_6)


def system_addresses(name: str) -> tuple[str, ...]:
    """All addresses of a name, in the order to try them (RFC 6724). Raises `OSError`. May take its time."""
    # With a dot at its end the system doesn't try the name below the domains of its search list.
    found = socket.getaddrinfo(f"{name}.".encode("ascii"), None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(place[4][0]) for place in found))


class _Asked(NamedTuple):
    addresses: Future[Sequence[str]]
    until: float


class Resolver:
    """Finds the address to dial for a name. One per process; any thread may ask.

    A lookup can't be stopped, only no longer waited for. So each runs in a thread of its own that holds one of eight
    places until it ends, which the system's resolver sees to (glibc: 5 seconds and 2 tries for each server). While all
    places are taken, other names are refused at once: neither threads nor callers pile up. One owner has two places at
    most, so that nobody's slow names are in the way of all others'. A name is asked for once, however many wait for
    it, and what was found holds for a minute.
    """

    def __init__(
        self,
        lookup: Callable[[str], Sequence[str]] = system_addresses,
        *,
        seconds: float = 3.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._lookup = lookup
        self._seconds = seconds
        self._clock = clock
        self._running: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._asked: OrderedDict[str, _Asked] = OrderedDict()

    def address(self, name: str, owner: str) -> str:
        """The address to dial. Raises `TargetAway`, and `TargetRefused` if any address of the name is not public."""
        found = [hosts.literal(text) for text in self._addresses(name, owner)]
        if not found:
            raise TargetAway("name_unknown")
        # All must be public, not one: who mixes them hopes that another one is taken the next time.
        if not all(address and public(address) for address in found):
            raise TargetRefused("host_not_public")
        return str(found[0])

    def _addresses(self, name: str, owner: str) -> Sequence[str]:
        try:
            return self._ask(name, owner).result(self._seconds)
        except TimeoutError:
            code = "name_slow"
        except (OSError, UnicodeError):
            code = "name_unknown"
        raise TargetAway(code)

    def _ask(self, name: str, owner: str) -> Future[Sequence[str]]:
        with self._lock:
            asked = self._asked.get(name)
            if asked and self._clock() < asked.until and not _failed(asked.addresses):
                return asked.addresses
            addresses = self._begin(name, owner)
            self._asked[name] = _Asked(addresses, self._clock() + _KEEP_SECONDS)
            self._asked.move_to_end(name)
            if len(self._asked) > _KEPT:
                self._asked.popitem(last=False)
            return addresses

    def _begin(self, name: str, owner: str) -> Future[Sequence[str]]:
        """Called with the lock held."""
        if self._running.total() >= _LOOKUPS or self._running[owner] >= _LOOKUPS_OF_ONE:
            raise TargetAway("name_slow")
        addresses: Future[Sequence[str]] = Future()
        # A daemon: a lookup that hangs must not keep the process from ending.
        lookup = threading.Thread(target=self._run, args=(name, owner, addresses), daemon=True)
        try:
            lookup.start()
        except RuntimeError:  # no thread is left; perhaps later
            raise TargetAway("name_slow") from None
        self._running[owner] += 1
        return addresses

    def _run(self, name: str, owner: str, addresses: Future[Sequence[str]]) -> None:
        try:
            addresses.set_result(self._look_up(name, owner))
        except Exception as fault:  # whatever it is, it belongs to those who wait
            addresses.set_exception(fault)

    def _look_up(self, name: str, owner: str) -> Sequence[str]:
        try:
            return self._lookup(name)
        finally:
            with self._lock:
                self._running[owner] -= 1
                self._running += Counter()  # drops who has none


def _failed(addresses: Future[Sequence[str]]) -> bool:
    return addresses.done() and addresses.exception() is not None
