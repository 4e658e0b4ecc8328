"""A connection that ends with a reset, as when a machine on the way gives up."""

import socket
import struct

_AT_ONCE = struct.pack("ii", 1, 0)


def mark(connection: socket.socket) -> None:
    """When it is closed now, the other side gets a reset: this linger has no patience (socket(7))."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)


def is_marked(connection: socket.socket) -> bool:
    return connection.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, len(_AT_ONCE)) == _AT_ONCE
