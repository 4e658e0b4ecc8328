"""Load on an HTTP server from one thread: a fixed request, again and again, on connections that are kept open."""

import selectors
import socket
import time
from contextlib import ExitStack
from dataclasses import dataclass, field

_HEAD_ENDS = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Request:
    """Where to, and the bytes of a whole HTTP/1.1 request."""

    port: int
    content: bytes


@dataclass(slots=True)
class _Line:
    """One connection with its request under way."""

    socket: socket.socket
    sent_at: float = 0.0
    got: bytearray = field(default_factory=bytearray)

    def send(self, content: bytes) -> None:
        self.got.clear()
        self.sent_at = time.perf_counter()
        self.socket.sendall(content)

    def receive(self) -> None:
        piece = self.socket.recv(262_144)
        if not piece:
            raise ValueError("the server hung up")
        self.got += piece

    def finished(self) -> bool:
        """Whether the answer is complete. Raises ValueError if it is not a 200."""
        head, found, body = self.got.partition(_HEAD_ENDS)
        if not found:
            return False
        if not head.startswith(b"HTTP/1.1 200"):
            raise ValueError(f"the answer was {bytes(head[:60])!r}")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        return len(body) >= length


def load(request: Request, connections: int, seconds: float) -> list[float]:
    """The seconds that each request took, of those answered within `seconds`.

    Each connection sends its next request when it has its answer. Raises ValueError for an answer that is not a 200.
    """
    with ExitStack() as undo:
        selector = undo.enter_context(selectors.DefaultSelector())
        lines = [_Line(undo.enter_context(_connection(request.port))) for _ in range(connections)]
        for line in lines:
            selector.register(line.socket, selectors.EVENT_READ, line)
        return _drive(selector, lines, request.content, seconds)


def _connection(port: int) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=10)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _drive(selector: selectors.BaseSelector, lines: list[_Line], content: bytes, seconds: float) -> list[float]:
    taken: list[float] = []
    ends = time.perf_counter() + seconds
    for line in lines:
        line.send(content)
    waiting = len(lines)
    while waiting:
        for key, _ in selector.select():
            line = key.data
            line.receive()
            if not line.finished():
                continue
            now = time.perf_counter()
            if now < ends:
                taken.append(now - line.sent_at)
                line.send(content)
            else:
                waiting -= 1
    return taken
