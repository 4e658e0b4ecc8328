"""Hosts as they are written: plain ASCII names and IP addresses, and nothing that two programs read differently."""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address

from numirror.shell.resources.guard.refusals import TargetRefused

_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_NAME = re.compile(rf"(?:{_LABEL}\.)*(?=[a-z]){_LABEL}")
"""Letters, digits and hyphens. The last label begins with a letter, as every top-level domain does: 127.1, 0x7f000001
and 2130706433 are addresses to getaddrinfo. Source: RFC 1123, 2.1; WHATWG URL, "ends in a number"."""

_LONGEST = 253

_NOT_PUBLIC = (".localhost", ".localdomain", ".local", ".internal", ".home.arpa")
"""Names that stand for this machine or its neighbours. Source: RFC 6761, 6762 and 8375; ICANN on .internal."""


def parse_host(text: str) -> str:
    """The host in lower case, an IPv6 address without brackets in its shortest form. Raises `TargetRefused`."""
    if not text:
        raise TargetRefused("no_host")
    host = text.lower() if text.isascii() else ""
    if address := literal(host):
        return str(address)
    if len(host) > _LONGEST or not _NAME.fullmatch(host):
        raise TargetRefused("bad_host")
    return host


def literal(host: str) -> IPv4Address | IPv6Address | None:
    """The IP address that is written there; None for a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def is_loopback(host: str) -> bool:
    """Whether the host is this very machine by what is written, without asking a resolver."""
    address = literal(host)
    return address.is_loopback if address else host == "localhost"


def is_local_name(host: str) -> bool:
    """Whether a name can only be a neighbour's: one label alone, or one of the names reserved for that."""
    return "." not in host or f".{host}".endswith(_NOT_PUBLIC)
