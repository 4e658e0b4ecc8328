"""The port to listen on."""

import socket

HOST = "127.0.0.1"
FIRST = 8710
"""The same at each start where it is free, so that an add-on may be told once where its Google is."""


def chosen(wished: int | None) -> int:
    """The wished one; else the first choice, or 0 (any free one) where another program listens there."""
    if wished is not None:
        return wished
    return FIRST if _is_free(FIRST) else 0


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True
