"""Servers that mean no good: real sockets on loopback, each connection answered as a test says."""

from __future__ import annotations

import datetime
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

Answer = Callable[[bytes], Iterable[bytes]]


class Hostile:
    """What it heard, how much it could send, and for which names TLS was asked."""

    def __init__(self, port: int, answer: Answer, context: ssl.SSLContext | None) -> None:
        self.port = port
        self.heard: list[bytes] = []
        self.names: list[str | None] = []
        self.sent = 0
        self.over = threading.Event()
        self._answer = answer
        self._context = context
        if context:
            context.sni_callback = lambda _socket, name, _context: self.names.append(name)

    def serve(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client, _ = listening.accept()
                threading.Thread(target=self._talk, args=(client,), daemon=True).start()

    def _talk(self, client: socket.socket) -> None:
        with suppress(OSError), client:
            line = self._context.wrap_socket(client, server_side=True) if self._context else client
            with line:
                while heard := line.recv(65536):
                    self.heard.append(heard)
                    for part in self._answer(heard):
                        line.sendall(part)
                        self.sent += len(part)

    def drip(self, part: bytes, seconds: float = 0.05) -> Iterator[bytes]:
        """`part`, again and again, until the test is over."""
        while not self.over.wait(seconds):
            yield part


@contextmanager
def hostile(answer: Answer, context: ssl.SSLContext | None = None) -> Iterator[Hostile]:
    """A server that answers each packet it hears with the parts that `answer` gives."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = Hostile(listening.getsockname()[1], answer, context)
        threading.Thread(target=server.serve, args=(listening,), daemon=True).start()
        yield server
        server.over.set()
        listening.shutdown(socket.SHUT_RDWR)


def http(body: bytes, status: str = "200 OK", kind: str = "application/json", **headers: str) -> bytes:
    """A whole answer, after which the connection may be used again."""
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}\r\n".encode() + body


def certificate(folder: Path, name: str) -> Path:
    """A certificate for `name` that vouches for itself, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now, hour = datetime.datetime.now(datetime.UTC), datetime.timedelta(hours=1)
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - hour)
        .not_valid_after(now + hour)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file = folder / f"{name}.pem"
    file.write_bytes(made.public_bytes(Encoding.PEM) + private)
    return file


def tls(file: Path) -> ssl.SSLContext:
    """The server's side of TLS with this certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """An exception and all that stand behind it."""
    while error:
        yield error
        yield from chain(error.__cause__)
        error = error.__context__
