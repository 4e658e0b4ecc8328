"""Free ports of the loopback interface, never the same one for two runs that start at the same time."""

from __future__ import annotations

import random
import socket
from collections.abc import Iterable

from local.faults import PortInUse

HOST = "127.0.0.1"
# Below the ports that Linux gives to outgoing connections (ip_local_port_range starts at 32768), so that none of
# those can take a port between our choice and its use.
CHOICE = range(20_000, 32_000)

_reserved: dict[int, socket.socket] = {}


def free_port(*preferred: int) -> int:
    """The first of the preferred ports that is free, else any free one; reserved until `release` or our end."""
    anywhere: Iterable[int] = random.SystemRandom().sample(CHOICE, len(CHOICE))
    return next(port for port in (*preferred, *anywhere) if is_free(port) and _reserve(port))


def wished(port: int) -> int:
    """The port itself, reserved. Raises PortInUse."""
    if not (is_free(port) and _reserve(port)):
        raise PortInUse(port=port)
    return port


def release(*ports: int) -> None:
    """Others may choose these again."""
    for port in ports:
        _reserved.pop(port).close()


def is_free(port: int) -> bool:
    """Whether a server could listen there now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def _reserve(port: int) -> bool:
    """By a name in the abstract namespace of unix(7): all accounts see it, and it goes with its process."""
    name = socket.socket(socket.AF_UNIX)
    try:
        name.bind(f"\0numirror-port-{port}")
    except OSError:
        name.close()
        return False
    _reserved[port] = name
    return True
