"""The client for a user's Redis: a real server, with and without TLS before it."""

import datetime
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import redis
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from local.valkey import Valkey
from numirror.shell.resources.guard import redis_client
from numirror.shell.resources.guard.redis_client import connect
from numirror.shell.resources.guard.targets import RedisTarget, parse_redis_url
from numirror.shell.resources.secret import Secret
from tests.check_resources.hostile import hostile

NAME = "cache.example.com"


def certificate(folder: Path, name: str) -> Path:
    """A certificate for `name` that vouches for itself, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{name}.pem"
    file.write_bytes(
        made.public_bytes(Encoding.PEM) + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    return file


@dataclass
class Door:
    """A TLS door to a server: the names that clients asked for, and how many came."""

    port: int
    names: list[str | None]


@contextmanager
def tls_door(file: Path, inner: int) -> Iterator[Door]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        door = Door(listening.getsockname()[1], [])
        context.sni_callback = lambda _socket, name, _context: door.names.append(name)
        threading.Thread(target=_serve, args=(listening, context, inner), daemon=True).start()
        yield door
        listening.shutdown(socket.SHUT_RDWR)


def _serve(listening: socket.socket, context: ssl.SSLContext, inner: int) -> None:
    with suppress(OSError):
        while True:
            client, _ = listening.accept()
            threading.Thread(target=_relay, args=(client, context, inner), daemon=True).start()


def _relay(client: socket.socket, context: ssl.SSLContext, inner: int) -> None:
    # Requests and replies take turns, so that one thread does for both.
    with (
        suppress(OSError),
        context.wrap_socket(client, server_side=True) as outer,
        socket.create_connection(("127.0.0.1", inner)) as server,
    ):
        while request := outer.recv(65536):
            server.sendall(request)
            outer.sendall(server.recv(65536))


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The certificate of NAME, which this process trusts, and no other."""
    file = certificate(tmp_path, NAME)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    redis_client.trust.cache_clear()
    yield file
    redis_client.trust.cache_clear()


@pytest.fixture
def target(redis_url: str) -> RedisTarget:
    return parse_redis_url(redis_url)


def test_without_tls_the_launchers_server_is_reached(target: RedisTarget) -> None:
    with connect(replace(target, db=3), "127.0.0.1") as client:
        assert client.set("a", "1")
        assert client.get("a") == b"1"
        assert client.client_info()["db"] == 3
        assert (client.client_info()["resp"], client.client_info()["lib-name"]) == ("2", "")


def test_the_checked_address_is_dialled_and_the_name_verified(
    target: RedisTarget, trusted: Path, valkey: Valkey
) -> None:
    with tls_door(trusted, valkey.port) as door:
        # No resolver knows the name: only the address leads to the door.
        with connect(replace(target, host=NAME, port=door.port, tls=True), "127.0.0.1") as client:
            assert client.ping()
        assert door.names == [NAME]


@pytest.mark.parametrize("name", ["other.example.com", "127.0.0.1", "example.com"])
def test_a_certificate_for_another_name_is_refused(
    name: str, target: RedisTarget, trusted: Path, valkey: Valkey
) -> None:
    with tls_door(trusted, valkey.port) as door:
        client = connect(replace(target, host=name, port=door.port, tls=True), "127.0.0.1")
        with client, pytest.raises(redis.ConnectionError, match="CERTIFICATE_VERIFY_FAILED") as caught:
            client.ping()
    assert target.password.reveal() not in str(caught.value)


def test_a_certificate_of_a_stranger_is_refused(
    target: RedisTarget, trusted: Path, valkey: Valkey, server_folder: Path
) -> None:
    with tls_door(certificate(server_folder, NAME), valkey.port) as door:
        client = connect(replace(target, host=NAME, port=door.port, tls=True), "127.0.0.1")
        with client, pytest.raises(redis.ConnectionError, match="CERTIFICATE_VERIFY_FAILED"):
            client.ping()


def test_a_server_without_tls_is_never_told_the_password(target: RedisTarget) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        heard = []

        def answer() -> None:
            client, _ = listening.accept()
            with client:
                heard.append(client.recv(65536))
                client.sendall(b"+OK\r\n+OK\r\n")

        listener = threading.Thread(target=answer, daemon=True)
        listener.start()
        port = listening.getsockname()[1]
        client = connect(replace(target, host=NAME, port=port, tls=True), "127.0.0.1")
        with client, pytest.raises(redis.ConnectionError):
            client.ping()
        listener.join(5)
    assert target.password.reveal().encode() not in b"".join(heard) and len(heard) == 1


@pytest.mark.timeout(8)
def test_a_mute_server_is_not_waited_for(target: RedisTarget) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        client = connect(replace(target, host=NAME, port=listening.getsockname()[1], tls=True), "127.0.0.1")
        with client, pytest.raises(redis.TimeoutError):
            client.ping()


def test_nothing_is_tried_twice_and_nothing_waits_for_ever(target: RedisTarget) -> None:
    with connect(target, "127.0.0.1") as client:
        pool = client.connection_pool
        connection = pool.make_connection()
    assert (connection.socket_timeout, connection.socket_connect_timeout, pool.timeout) == (2.0, 2.0, 2.0)
    assert connection.retry.get_retries() == 0 and pool.max_connections == 2
    assert not pool.maint_notifications_enabled()


def test_the_password_is_not_shown(target: RedisTarget) -> None:
    for shown in (replace(target, host=NAME, tls=True), target):
        with connect(shown, "127.0.0.1") as client:
            assert target.password.reveal() not in repr(client) + repr(client.connection_pool.make_connection())


def test_a_server_that_drips_holds_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis_client, "_SECONDS", 0.3)

    def drip(_: bytes) -> Iterator[bytes]:
        yield b"$1000000\r\n"
        yield from server.drip(b"x")

    with hostile(drip) as server, connect_to(server.port) as client, pytest.raises(redis.TimeoutError):
        client.get("nu:x")


def test_a_flood_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis_client, "MOST_BYTES", 100_000)

    def flood(heard: bytes) -> Iterator[bytes]:
        yield b"$1000000000\r\n"
        while True:
            yield b"x" * 65_536

    with hostile(flood) as server, connect_to(server.port) as client:
        with pytest.raises(redis.ConnectionError):
            client.get("nu:x")
        assert server.sent < 20 * 1024 * 1024


@pytest.mark.parametrize("answer", [b"*x\r\n", b"*1\r\n" * 5_000])
def test_what_is_no_answer_is_an_error_of_redis(answer: bytes) -> None:
    with (
        hostile(lambda _: [answer]) as server,
        connect_to(server.port) as client,
        pytest.raises(redis.InvalidResponse),
    ):
        client.get("nu:x")


def connect_to(port: int) -> redis.Redis:
    """A client that does not log in, so that the first thing said is a command."""
    return connect(RedisTarget("127.0.0.1", port, 0, "", Secret(""), tls=False), "127.0.0.1")
