"""Servers that make a login long, and the instrument that shows whether it stops everybody else."""

import base64
import contextlib
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator

from tests.faults.hostile_postgres import SASL, SASL_CONTINUE, Behaviour, Line, message

_TICK_SECONDS = 0.005


class Ticker:
    """`longest` is for how many seconds another thread could not run at most."""

    longest = 0.0

    def run(self, ends: threading.Event) -> None:
        last = time.monotonic()
        while not ends.wait(_TICK_SECONDS):
            self.longest = max(self.longest, time.monotonic() - last)
            last = time.monotonic()


@contextlib.contextmanager
def ticking() -> Iterator[Ticker]:
    ticker, ends = Ticker(), threading.Event()
    thread = threading.Thread(target=ticker.run, args=(ends,))
    thread.start()
    try:
        yield ticker
    finally:
        ends.set()
        thread.join()


def challenge(nonce: bytes, count: int) -> bytes:
    return b"r=%sXYZ,s=%s,i=%d" % (nonce, base64.b64encode(b"salt-of-this-server"), count)


def asks(client: Line, certificate: ssl.SSLContext | None = None, more: bytes = b"") -> bytes:
    """Begins, asks for SCRAM, with `more` in the same piece, and gives the nonce of the client."""
    client.begin(certificate)
    client.socket.sendall(message(b"R", struct.pack("!i", SASL) + b"SCRAM-SHA-256\0\0") + more)
    return client.hear()[1].rpartition(b"r=")[2]


def demands(count: int, certificate: ssl.SSLContext | None = None, code: int = SASL_CONTINUE) -> Behaviour:
    """Wants the password hashed that often, then hangs up on the proof."""

    def behave(client: Line) -> None:
        client.ask_for_login(code, challenge(asks(client, certificate), count))
        client.hear()

    return behave


def demands_in_parts(count: int, cut: int, certificate: ssl.SSLContext | None) -> Behaviour:
    """The same in two pieces, each a record of its own under TLS."""

    def behave(client: Line) -> None:
        whole = message(b"R", struct.pack("!i", SASL_CONTINUE) + challenge(asks(client, certificate), count))
        client.socket.sendall(whole[:cut])
        client.socket.sendall(whole[cut:])
        client.hear()

    return behave


def demands_askew(count: int, certificate: ssl.SSLContext | None) -> Behaviour:
    """The challenge begins beside the demand for SCRAM, so that the rest of it looks like no message."""

    def behave(client: Line) -> None:
        length = len(message(b"R", struct.pack("!i", SASL_CONTINUE) + challenge(b"n" * 24, count))) - 1
        nonce = asks(client, certificate, b"R" + struct.pack("!ii", length, SASL_CONTINUE) + b"r=")
        client.socket.sendall(challenge(nonce, count)[2:])
        client.hear()

    return behave


def floods(piece: Callable[[int], bytes], certificate: ssl.SSLContext | None = None) -> tuple[Behaviour, list[int]]:
    """An honest login, and instead of its end those pieces without end; the list has how many bytes were got rid of."""
    sent = [0]

    def behave(client: Line) -> None:
        def say(kind: bytes, body: bytes = b"") -> None:
            number = 0
            while kind == b"Z":
                sent[0] += client.socket.send(piece(number))
                number += 1
            client.socket.sendall(message(kind, body))

        client.say = say  # type: ignore[method-assign]
        encrypts(client, certificate)
        client.let_in()

    return behave, sent


def encrypts(client: Line, certificate: ssl.SSLContext | None) -> None:
    """Its next login begins with that certificate."""
    begin = client.begin
    client.begin = lambda _=None: begin(certificate)  # type: ignore[method-assign,assignment]


def offers_binding(client: Line, certificate: ssl.SSLContext) -> None:
    """Its next login may be bound to the certificate."""
    encrypts(client, certificate)
    ask = client.ask_for_login
    client.ask_for_login = lambda method, more=b"": ask(  # type: ignore[method-assign]
        method, b"SCRAM-SHA-256-PLUS\0" * (method == SASL) + more
    )
