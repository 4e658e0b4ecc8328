"""Somebody between a client and a real PostgreSQL: who ends TLS, goes mute, or hands out numbers as a pooler does."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from contextlib import suppress

from tests.faults.hostile_postgres import SSL_REQUEST


class Between:
    """Listens on `port` of 127.0.0.1 and forwards to PostgreSQL at `upstream`. Use it in a `with`.

    After `mute_after` pieces from a client nothing is forwarded any more. `pid` is promised as the number of the
    process that serves.
    """

    def __init__(
        self,
        upstream: int,
        *,
        certificate: ssl.SSLContext | None = None,
        mute_after: int | None = None,
        pid: int | None = None,
    ) -> None:
        self.pieces = 0
        """How many pieces clients have sent."""
        self._upstream, self._certificate, self._mute_after, self._pid = upstream, certificate, mute_after, pid
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        self._ends: list[socket.socket] = [self._door]

    def __enter__(self) -> Between:
        self._start(self._run)
        return self

    def __exit__(self, *_: object) -> None:
        for end in self._ends:
            _shut(end)

    def _start(self, function: object, *arguments: object) -> None:
        threading.Thread(target=function, args=arguments, daemon=True).start()  # type: ignore[arg-type]

    def _run(self) -> None:
        with suppress(OSError):
            while True:
                client = self._door.accept()[0]
                with suppress(OSError):
                    if self._certificate:
                        client = self._encrypted(client, self._certificate)
                    server = socket.create_connection(("127.0.0.1", self._upstream))
                    self._ends += (client, server)
                    self._start(self._there, client, server)
                    self._start(self._back, server, client)

    def _encrypted(self, client: socket.socket, certificate: ssl.SSLContext) -> socket.socket:
        assert struct.unpack("!ii", client.recv(8)) == (8, SSL_REQUEST)
        client.sendall(b"S")
        return certificate.wrap_socket(client, server_side=True)

    def _there(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while piece := client.recv(65536):
                self.pieces += 1
                if self._mute_after is None or self.pieces <= self._mute_after:
                    server.sendall(piece)
        _shut(server)

    def _back(self, server: socket.socket, client: socket.socket) -> None:
        with suppress(OSError):
            while piece := server.recv(65536):
                if self._mute_after is None or self.pieces <= self._mute_after:
                    client.sendall(self._promising(piece))
        _shut(client)

    def _promising(self, piece: bytes) -> bytes:
        """With our number in BackendKeyData, which comes in one piece with the end of the login."""
        at = piece.find(b"K\0\0\0\x0c")
        if self._pid is None or at < 0:
            return piece
        return piece[: at + 5] + struct.pack("!i", self._pid) + piece[at + 9 :]


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
