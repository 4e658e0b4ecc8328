"""The login at a server that somebody brings: it ends in time, and stops nobody else meanwhile.

libpq does what such a server demands: it hashes the password, verifies certificates, takes parameters without end; and
psycopg's `connect_poll` holds the interpreter's lock meanwhile. So libpq is called here past psycopg, which lets the
lock go, and what a server says is looked at before libpq reads it (`ScramGate`). Under TLS that is the text in clear:
each record is peeked at in OpenSSL, from where libpq takes it next. Nothing is dialled twice, no key of the password is
kept, and a pooler may name a new salt each time, as PgBouncer does.
"""

import ctypes
import select
import socket
import sys
import time
from collections.abc import Collection

from psycopg import pq

from numirror.shell.log.scram import BadLogin, ScramGate

UNTIL_TLS = frozenset({pq.ConnStatus.STARTED, pq.ConnStatus.MADE, pq.ConnStatus.SSL_STARTUP})
"""Until the first message of the server, which comes encrypted where that was asked for."""
UNTIL_READY = frozenset(pq.ConnStatus) - {pq.ConnStatus.OK, pq.ConnStatus.BAD}
"""While it is in one of these, a connection is still being made."""
MOST_BYTES = 30_000
"""What a server may say before the first statement; an honest one says about 1 kB. From 32 kB on libpq reads on and on
for as long as something comes."""

_MOMENT = 0.005
_LONGEST_RECORD = 1 << 14  # RFC 8446, 5.1: `SSL_read` gives at most one record, so this much shows all that libpq takes
_WANTS_MORE = frozenset({2, 3})  # SSL_ERROR_WANT_READ and SSL_ERROR_WANT_WRITE: nothing has come yet

# The library that psycopg itself is linked with, and through it its OpenSSL, which is not the one of Python's ssl.
_libpq = ctypes.CDLL(sys.modules[pq.PGconn.__module__].__file__)
_libpq.PQconnectPoll.argtypes = (ctypes.c_void_p,)
_libpq.PQsslStruct.argtypes = (ctypes.c_void_p, ctypes.c_char_p)
_libpq.PQsslStruct.restype = ctypes.c_void_p
_libpq.SSL_peek.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int)
_libpq.SSL_get_error.argtypes = (ctypes.c_void_p, ctypes.c_int)
_libpq.ERR_clear_error.restype = None


class Login:
    """A connection that is being made. `pgconn` is psycopg's; whoever begins a login ends it with `pgconn.finish`."""

    def __init__(self, conninfo: str, ends_at: float) -> None:
        """`ends_at` is a time of `time.monotonic`. `conninfo` must have the address to dial, and admit SCRAM alone."""
        self.pgconn = pq.PGconn.connect_start(conninfo.encode())
        self._ends_at = ends_at
        self._waits_for = select.POLLOUT
        self._gate = ScramGate()
        self._held = b""
        self._received = 0

    def go_on(self, while_in: Collection[pq.ConnStatus] = UNTIL_READY) -> None:
        """Lets libpq connect while its status is one of those; afterwards it is another one, BAD where it failed.

        Raises `BadLogin`.
        """
        while self.pgconn.status in while_in:
            self._wait()
            if self._may_read():
                self._poll()

    @property
    def _pointer(self) -> int:
        pointer: int = self.pgconn.pgconn_ptr  # type: ignore[attr-defined]  # the protocol of psycopg leaves it out
        return pointer

    def _wait(self) -> None:
        watched = select.poll()
        watched.register(self.pgconn.socket, self._waits_for)
        watched.poll(max(0.0, self._ends_at - time.monotonic()) * 1000)
        if time.monotonic() >= self._ends_at:
            raise BadLogin("late")

    def _poll(self) -> None:
        match _libpq.PQconnectPoll(self._pointer):
            case pq.PollingStatus.READING:
                self._waits_for = select.POLLIN
            case pq.PollingStatus.WRITING:
                self._waits_for = select.POLLOUT

    def _may_read(self) -> bool:
        """Whether libpq may go on: what it would read now has been looked at."""
        if self.pgconn.status in UNTIL_TLS:
            return True
        encrypted = _libpq.PQsslStruct(self._pointer, b"OpenSSL")
        said = _peek_record(encrypted) if encrypted else _peek_clear(self.pgconn.socket)
        if not said:  # at the end of the connection there is nothing to look at, and libpq finds that out
            return said is not None
        if not self._gate.is_open and not self._weigh(said, may_be_part=bool(encrypted)):
            return False
        self._received += len(said)
        if self._received > MOST_BYTES:
            raise BadLogin("huge")
        return True

    def _weigh(self, said: bytes, *, may_be_part: bool) -> bool:
        """Under TLS libpq may have a part of a message, as it takes record after record as we do; otherwise it may get
        more than we saw, and must wait until the message is whole.
        """
        whole = self._gate.lets_through(self._held + said)
        if may_be_part:
            self._held = b"" if whole else self._held + said
        elif not whole:
            time.sleep(_MOMENT)  # what there is would wake us at once
        return whole or may_be_part


def _peek_record(encrypted: int) -> bytes | None:
    """What libpq reads next of a TLS connection; b"" where that ended, None where nothing has come."""
    record = ctypes.create_string_buffer(_LONGEST_RECORD)
    _libpq.ERR_clear_error()  # else an error of another connection would pass for one of this
    length = _libpq.SSL_peek(encrypted, record, _LONGEST_RECORD)
    if length > 0:
        return record.raw[:length]
    return None if _libpq.SSL_get_error(encrypted, length) in _WANTS_MORE else b""


def _peek_clear(number: int) -> bytes | None:
    """The same of a connection without TLS."""
    near = socket.socket(fileno=number)
    try:
        return near.recv(_LONGEST_RECORD, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return None
    except OSError:
        return b""
    finally:
        near.detach()
