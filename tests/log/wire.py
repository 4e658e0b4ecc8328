"""A wire to a server that can be made to lose replies, or to go mute, and that counts the trips."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Wire:
    """`port` is where to dial. `trips` counts what the client sent, each flush one."""

    port: int
    trips: int = 0
    loses_replies: threading.Event = field(default_factory=threading.Event)
    is_mute: threading.Event = field(default_factory=threading.Event)
    ends: list[socket.socket] = field(default_factory=list)

    def cut(self) -> None:
        """Ends all connections, as a server does with idle ones."""
        for end in self.ends:
            _shut(end)
        self.ends.clear()


@contextmanager
def wire_to(port: int) -> Iterator[Wire]:
    with socket.create_server(("127.0.0.1", 0)) as door:
        wire = Wire(door.getsockname()[1])
        threading.Thread(target=_serve, args=(door, port, wire), daemon=True).start()
        yield wire
        _shut(door)
        wire.cut()


def _serve(door: socket.socket, port: int, wire: Wire) -> None:
    while True:
        try:
            client, _ = door.accept()
        except OSError:
            return
        server = socket.create_connection(("127.0.0.1", port))
        wire.ends += (client, server)
        threading.Thread(target=_upward, args=(client, server, wire), daemon=True).start()
        threading.Thread(target=_downward, args=(server, client, wire), daemon=True).start()


def _upward(client: socket.socket, server: socket.socket, wire: Wire) -> None:
    for data in _received(client):
        wire.trips += 1
        server.sendall(data)
    _shut(server)


def _downward(server: socket.socket, client: socket.socket, wire: Wire) -> None:
    for data in _received(server):
        if wire.loses_replies.is_set():
            break
        if not wire.is_mute.is_set():
            client.sendall(data)
    _shut(client)


def _received(end: socket.socket) -> Iterator[bytes]:
    while True:
        try:
            data = end.recv(65536)
        except OSError:
            return
        if not data:
            return
        yield data


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
