"""A real TCP server that speaks PostgreSQL's protocol 3.0 as far as it likes, and then misbehaves.

Source: PostgreSQL manual, 53 (messages) and RFC 5802, 7677 (SCRAM-SHA-256).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

PASSWORD = "swordfish-in-the-night"
SSL_REQUEST = 80877103
OK, CLEARTEXT, MD5, SASL, SASL_CONTINUE, SASL_FINAL = 0, 3, 5, 10, 11, 12
PROMISED_PID = 4711
BOOL, INT8, INT4, TEXT, TEXTS = 16, 20, 23, 25, 1009
ECHO = b"what was asked"

Behaviour = Callable[["Line"], None]


class HostilePostgres:
    """Listens on `port` of 127.0.0.1 and does with each client what `behave` says. Use it in a `with`."""

    def __init__(self, behave: Behaviour) -> None:
        self.heard = bytearray()
        """All that clients sent, in clear."""
        self.left = threading.Event()
        """A client has hung up, or was hung up on."""
        self._behave = behave
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        self._lines: list[Line] = []
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> HostilePostgres:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        for end in (self._door, *(line.socket for line in self._lines)):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)
        self._door.close()

    def _run(self) -> None:
        with suppress(OSError):
            while True:
                line = Line(self._door.accept()[0], self.heard)
                self._lines.append(line)
                with suppress(OSError, EOFError):
                    self._behave(line)
                line.socket.close()
                self.left.set()


class Line:
    """One client."""

    def __init__(self, client: socket.socket, heard: bytearray) -> None:
        self.socket = client
        self._heard = heard

    def say(self, kind: bytes, body: bytes = b"") -> None:
        """One message of the protocol."""
        self.socket.sendall(message(kind, body))

    def read(self, count: int) -> bytes:
        """Exactly that many bytes. Raises EOFError."""
        got = b""
        while len(got) < count:
            if not (piece := self.socket.recv(count - len(got))):
                raise EOFError
            got += piece
            self._heard += piece
        return got

    def hear(self) -> tuple[bytes, bytes]:
        """One message of the client."""
        kind = self.read(1)
        return kind, self.read(struct.unpack("!i", self.read(4))[0] - 4)

    def hear_out(self) -> None:
        """Reads until the client hangs up, and answers nothing."""
        while True:
            self.read(1)

    def begin(self, certificate: ssl.SSLContext | None = None) -> bytes:
        """The first packet of the client: with encryption if there is a certificate, else without if it likes."""
        while True:
            packet = self.read(struct.unpack("!i", self.read(4))[0] - 4)
            if struct.unpack("!i", packet[:4])[0] != SSL_REQUEST:
                return packet
            self.socket.sendall(b"S" if certificate else b"N")
            if certificate:
                self.socket = certificate.wrap_socket(self.socket, server_side=True)

    def ask_for_login(self, method: int, more: bytes = b"") -> None:
        self.say(b"R", struct.pack("!i", method) + more)

    def let_in(self, *, liar: bool = False, ready: bytes = b"I", **parameters: str) -> None:
        """The whole login with SCRAM, as an honest server does it, then its parameters and that it is ready."""
        iterations = 4096
        self.begin()
        self.ask_for_login(SASL, b"SCRAM-SHA-256\0\0")
        first = self.hear()[1].split(b"\0", 1)[1][4:].split(b",", 2)[2]
        nonce = first.rpartition(b"r=")[2]
        challenge = b"r=%sXYZ,s=%s,i=%d" % (nonce, base64.b64encode(b"salt-of-this-server"), iterations)
        self.ask_for_login(SASL_CONTINUE, challenge)
        final = self.hear()[1].rpartition(b",p=")[0]
        salted = hashlib.pbkdf2_hmac("sha256", PASSWORD.encode(), b"salt-of-this-server", iterations)
        key = hmac.digest(salted, b"Server Key", "sha256")
        proof = hmac.digest(key, b",".join((first, challenge, final)), "sha256")
        self.ask_for_login(SASL_FINAL, b"v=" + base64.b64encode(bytes(32) if liar else proof))
        self.ask_for_login(OK)
        known = {"server_version": "16.4", "client_encoding": "UTF8", "standard_conforming_strings": "on"}
        for name, value in {**known, **parameters}.items():
            self.say(b"S", b"%s\0%s\0" % (name.encode(), value.encode()))
        self.say(b"K", struct.pack("!ii", PROMISED_PID, 0))
        self.say(b"Z", ready)

    def hear_statement(self) -> bytes:
        """The text of the next statement with its parameters, up to where the client waits."""
        text = b""
        while True:
            kind, body = self.hear()
            text += body if kind in (b"Q", b"P", b"B") else b""
            if kind in (b"Q", b"S"):
                return text

    def answer(self, *values: bytes, kinds: Sequence[int] = (), status: bytes = b"I") -> None:
        """One row; `kinds` are the types of its columns (OIDs), by default text."""
        kinds = kinds or [TEXT] * len(values)
        self.say(b"T", described(*kinds))
        self.say(b"D", struct.pack("!h", len(values)) + b"".join(struct.pack("!i", len(v)) + v for v in values))
        self.finish_answer(status)

    def finish_answer(self, status: bytes = b"I") -> None:
        self.say(b"C", b"SELECT 1\0")
        self.say(b"Z", status)

    def play(self, answers: Mapping[bytes, tuple[Sequence[int], Sequence[bytes]]]) -> None:
        """Answers each statement with the row of the first key that is in its text, keeping count of transactions.

        For `ECHO` it says the tenant that it was asked for.
        """
        status = b"I"
        while text := self.hear_statement():
            status = b"T" if b"BEGIN" in text else b"I" if b"ROLLBACK\0" in text.upper() else status
            kinds, values = next((row for key, row in answers.items() if key in text), ((), ()))
            if values:
                tenant = b"".join(re.findall(rb"check-[^\0]+@numirror.invalid", text)[:1])
                self.answer(*(tenant if value is ECHO else value for value in values), kinds=kinds, status=status)
            else:
                self.finish_answer(status)

    def fail(self, sqlstate: bytes, text: bytes, severity: bytes = b"FATAL") -> None:
        self.say(b"E", b"S%s\0V%s\0C%s\0M%s\0\0" % (severity, severity, sqlstate, text))


def message(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("!i", len(body) + 4) + body


def described(*kinds: int) -> bytes:
    """The body of a RowDescription for columns of those types."""
    return struct.pack("!h", len(kinds)) + b"".join(
        b"c\0" + struct.pack("!ihihih", 0, 0, kind, -1, -1, 0) for kind in kinds
    )
