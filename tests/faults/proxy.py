"""A TCP proxy that misbehaves on demand, between a program and the server it talks to (Redis, PostgreSQL)."""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

_LINGER_NOT = struct.pack("ii", 1, 0)  # close with a reset (SO_LINGER, socket(7))


@dataclass
class Hold:
    """Set when a client sends `pattern`; the bytes with it, and all later ones, wait until `release`."""

    pattern: bytes
    swallow: bool = False
    """Let the bytes through, but none of the server's answers to them."""
    reached: threading.Event = field(default_factory=threading.Event)
    _open: threading.Event = field(default_factory=threading.Event)

    def release(self) -> None:
        """Let the bytes go on."""
        self._open.set()

    @property
    def holding(self) -> bool:
        """Whether bytes wait here."""
        return not self._open.is_set()


class FaultProxy:
    """Listens on `port` of 127.0.0.1 and forwards to `upstream`. Use it in a `with`; change the faults at any time."""

    def __init__(self, upstream: tuple[str, int]) -> None:
        self.latency = 0.0
        """Seconds added to each piece, each way."""
        self.black_hole = False
        """Take all bytes, forward none, answer nothing."""
        self.refuse = False
        """Reset new connections."""
        self.cut_after: int | None = None
        """Reset the connection after so many bytes of the client's, counted over all connections from now on."""
        self.trips = 0
        """Round trips: how often a client spoke first, or after it had been answered."""
        self.sent = 0
        """Bytes of the clients that were forwarded."""
        self._upstream = upstream
        self._hold: Hold | None = None
        self._lines: set[tuple[asyncio.StreamWriter, asyncio.StreamWriter]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def hold(self, pattern: bytes) -> Hold:
        """Stop what comes from a client as soon as it holds `pattern`."""
        self._hold = Hold(pattern)
        return self._hold

    def swallow_reply(self, pattern: bytes) -> Hold:
        """Let the request with `pattern` reach the server, but no answer to it, nor a later one, the client."""
        self._hold = Hold(pattern, swallow=True)
        return self._hold

    def reset(self) -> None:
        """Reset every connection that is open."""
        self._call(self._reset)

    def __enter__(self) -> FaultProxy:
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(
            asyncio.start_server(self._serve, "127.0.0.1", 0), self._loop
        ).result(5)
        self.port: int = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_: object) -> None:
        self._call(self._server.close)
        self._call(self._reset)
        self._call(lambda: [task.cancel() for task in asyncio.all_tasks(self._loop)])
        self._call(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def _call(self, function: Callable[[], object]) -> None:
        done = threading.Event()
        self._loop.call_soon_threadsafe(lambda: (function(), done.set()))
        done.wait(5)

    async def _serve(self, client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.CancelledError):
            if self.refuse:
                return _reset(to_client)
            server, to_server = await asyncio.open_connection(*self._upstream)
            line = _Line()
            self._lines.add(pair := (to_client, to_server))
            try:
                await asyncio.gather(self._there(client, to_server, line), self._back(server, to_client, line))
            finally:
                self._lines.discard(pair)
                _reset(to_client)
                _reset(to_server)

    async def _there(self, client: asyncio.StreamReader, to_server: asyncio.StreamWriter, line: _Line) -> None:
        while piece := await client.read(65536):
            self.trips += line.answered
            line.answered = False
            await asyncio.sleep(self.latency)
            await self._at_hold(piece, line)
            if self.cut_after is not None and self.cut_after < len(piece):
                to_server.write(piece[: self.cut_after])
                await to_server.drain()
                raise ConnectionResetError
            if self.cut_after is not None:
                self.cut_after -= len(piece)
            if not self.black_hole:
                self.sent += len(piece)
                to_server.write(piece)
                await to_server.drain()
        raise ConnectionResetError

    async def _at_hold(self, piece: bytes, line: _Line) -> None:
        hold = self._hold
        line.seen = line.seen[-1024:] + piece
        if hold is None or hold.pattern not in line.seen:
            return
        line.seen = b""
        line.silent = hold.swallow
        hold.reached.set()
        while hold.holding and not hold.swallow:
            await asyncio.sleep(0.005)

    async def _back(self, server: asyncio.StreamReader, to_client: asyncio.StreamWriter, line: _Line) -> None:
        while piece := await server.read(65536):
            line.answered = True
            await asyncio.sleep(self.latency)
            if not self.black_hole and not line.silent:
                to_client.write(piece)
                await to_client.drain()
        raise ConnectionResetError

    def _reset(self) -> None:
        for pair in tuple(self._lines):
            for writer in pair:
                _reset(writer)


@dataclass
class _Line:
    """One connection: the last bytes of its client, whether its server is still heard, whether it answered."""

    seen: bytes = b""
    silent: bool = False
    answered: bool = True


def _reset(writer: asyncio.StreamWriter) -> None:
    with suppress(OSError, AttributeError):
        sock = writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
    writer.transport.abort()
