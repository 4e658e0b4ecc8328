"""A relay between libpq and a server that is not trusted yet: it ends in time, and after so many bytes.

libpq has a limit for neither. It waits for a mute server for ever, and takes a field of a gigabyte into memory, three
times over; nothing outside of it can count what comes, least of all under TLS. So libpq dials this relay on loopback,
which dials the checked address and counts. TLS and login go through unread, from end to end.
"""

import contextlib
import select
import socket
import threading
from time import monotonic

from numirror.shell.log.check.sentences import failed
from numirror.shell.log.target import Target

MOST_BYTES = 1 << 20
"""What a server may send in one check; an honest one sends about 30 kB."""

_HERE = "127.0.0.1"
_PIECE = 1 << 16


class Relay:
    """Dials the server and waits for one connection at `port` of loopback. Raises `CheckFailed`.

    `verdict` is why it ended, '' until then: `late`, `huge`, or `closed` by one of the two sides.
    """

    def __init__(self, target: Target, ends_at: float) -> None:
        """`ends_at` is a time of `time.monotonic`, after which both sides find the connection closed."""
        self.verdict = ""
        self._ends_at = ends_at
        self._far = _dial(target, self._seconds_left())
        self._door = socket.create_server((_HERE, 0), backlog=1)
        self.port: int = self._door.getsockname()[1]
        self._thread = threading.Thread(target=self._run, name="database-check", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Hangs up on the server."""
        for end in (self._door, self._far):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._thread.join()

    def _seconds_left(self) -> float:
        return max(0.001, self._ends_at - monotonic())

    def _run(self) -> None:
        verdict = "closed"
        with self._far, contextlib.ExitStack() as near_end:
            with self._door, contextlib.suppress(OSError):
                self._door.settimeout(self._seconds_left())
                near = near_end.enter_context(self._door.accept()[0])
                self._door.close()
                verdict = self._carry(near)
            # Before the sockets are closed: whoever finds them closed looks here for the reason.
            self.verdict = verdict

    def _carry(self, near: socket.socket) -> str:
        """Carries bytes both ways until one side ends, or it is enough."""
        others = {near.fileno(): (near, self._far), self._far.fileno(): (self._far, near)}
        watched = select.poll()
        for number in others:
            watched.register(number, select.POLLIN)
        received = 0
        try:
            while monotonic() < self._ends_at:
                for ready, _ in watched.poll(self._seconds_left() * 1000):
                    end, other = others[ready]
                    piece = end.recv(_PIECE)
                    received += len(piece) if end is self._far else 0
                    if not piece or received > MOST_BYTES:
                        return "huge" if piece else "closed"
                    other.settimeout(self._seconds_left())
                    other.sendall(piece)
        except OSError as error:
            return "late" if isinstance(error, TimeoutError) else "closed"
        return "late"


def _dial(target: Target, seconds: float) -> socket.socket:
    """A connection to the checked address, or to the unix socket; never asks for a name. Raises `CheckFailed`."""
    try:
        if target.host.startswith("/"):
            far = socket.socket(socket.AF_UNIX)
            far.connect(f"{target.host}/.s.PGSQL.{target.port}")
            return far
        return socket.create_connection((target.address, target.port), seconds)
    except TimeoutError:
        code = "late"
    except OSError:
        code = "unreachable"
    raise failed(code)
