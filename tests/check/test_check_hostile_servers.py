"""Servers that mean harm, as real TCP servers: told in time, with a sentence of ours, and nothing given away."""

import logging
import socket
import struct
from pathlib import Path

import pytest

from numirror.shell.log import Target
from numirror.shell.log.check.relay import MOST_BYTES
from numirror.shell.log.migrate import newest
from numirror.shell.log.queries import named
from tests.check.conftest import check, check_hostile, red
from tests.faults.hostile_postgres import (
    BOOL,
    CLEARTEXT,
    ECHO,
    INT4,
    INT8,
    MD5,
    OK,
    PASSWORD,
    SASL,
    TEXT,
    TEXTS,
    Behaviour,
    described,
    message,
)  # fmt: skip
from tests.faults.hostile_postgres import Line as Client

SHORT = 0.4
LOOT = b"postgresql://root:t0psecret@10.0.0.1/vault"
ROW_OF_50_MB = message(b"T", described(TEXT)) + b"D" + struct.pack("!ihi", 50_000_000 + 10, 1, 50_000_000)


def test_mute_after_accept() -> None:
    report, _ = check_hostile(Client.hear_out, SHORT)
    assert red(report, "login", "late")


def test_mute_after_accept_where_tls_is_asked_for() -> None:
    report, server = check_hostile(Client.hear_out, SHORT, host="db.example.com", sslmode="verify-full")
    assert red(report, "TLS", "late")
    assert b"ada" not in server.heard


def test_mute_after_startup() -> None:
    def behave(client: Client) -> None:
        client.begin()
        client.hear_out()

    report, _ = check_hostile(behave, SHORT)
    assert red(report, "login", "late")


def test_mute_in_the_middle_of_the_login() -> None:
    def behave(client: Client) -> None:
        client.begin()
        client.ask_for_login(SASL, b"SCRAM-SHA-256\0\0")
        client.hear_out()

    report, _ = check_hostile(behave, SHORT)
    assert red(report, "login", "late")


def test_mute_after_login() -> None:
    def behave(client: Client) -> None:
        client.let_in()
        client.hear_out()

    report, _ = check_hostile(behave, SHORT)
    assert red(report, "version", "late")


def asks(method: int, more: bytes = b"") -> Behaviour:
    def behave(client: Client) -> None:
        client.begin()
        client.ask_for_login(method, more)
        client.hear_out()

    return behave


@pytest.mark.parametrize(
    "behave",
    [
        pytest.param(asks(CLEARTEXT), id="in clear text"),
        pytest.param(asks(MD5, b"salt"), id="with MD5"),
        pytest.param(asks(OK), id="not at all"),
        pytest.param(asks(7), id="with GSSAPI"),
        pytest.param(asks(SASL, b"PLAIN\0\0"), id="with another SASL mechanism"),
    ],
)
def test_the_password_is_wanted(behave: Behaviour) -> None:
    """`check_hostile` holds that it never came; MD5 would not show it, so nothing may follow the demand."""
    report, server = check_hostile(behave)
    assert red(report, "login", "weak_login")
    assert b"p\0\0" not in server.heard


def test_a_server_that_does_not_know_the_password_itself() -> None:
    report, _ = check_hostile(lambda client: client.let_in(liar=True))
    assert red(report, "login", "impostor")


def test_a_field_of_50_megabytes() -> None:
    taken = 0

    def behave(client: Client) -> None:
        nonlocal taken
        client.let_in()
        client.hear_statement()
        client.socket.sendall(ROW_OF_50_MB)
        while taken < 50_000_000:
            taken += client.socket.send(bytes(1 << 16))

    before = _memory()
    report, _ = check_hostile(behave)
    assert red(report, "version", "huge")
    assert _memory() - before < 16 << 20
    assert MOST_BYTES <= 1 << 20 < taken < 16 << 20  # the rest of what it got rid of stood in buffers of the kernel


def test_notices_without_end() -> None:
    def behave(client: Client) -> None:
        client.let_in()
        client.hear_statement()
        while True:
            client.fail(b"00000", bytes(10_000).replace(b"\0", b"x"), b"NOTICE")

    report, _ = check_hostile(behave)
    assert red(report, "version", "huge")


def test_a_value_longer_than_any_we_ask_for() -> None:
    def behave(client: Client) -> None:
        client.let_in()
        client.hear_statement()
        client.answer(b"x" * 20_000)
        client.hear_out()

    report, _ = check_hostile(behave)
    assert red(report, "version", "huge")


@pytest.mark.parametrize("ready", [False, True], ids=["the login", "an answer"])
def test_one_byte_at_a_time(ready: bool) -> None:
    def behave(client: Client) -> None:
        if ready:
            client.let_in()
            client.hear_statement()
        else:
            client.begin()
        client.socket.settimeout(0.05)
        for byte in message(b"E", b"SFATAL\0" + b"M" + b"x" * 1000 + b"\0\0"):
            client.socket.sendall(bytes([byte]))
            with pytest.raises(TimeoutError):
                client.read(1)

    report, _ = check_hostile(behave, SHORT)
    assert red(report, "version" if ready else "login", "late")


def test_closes_at_once() -> None:
    report, _ = check_hostile(lambda client: None)
    assert red(report, "login", "closed")


def test_closes_where_tls_is_asked_for() -> None:
    report, _ = check_hostile(lambda client: None, host="db.example.com", sslmode="verify-full")
    assert red(report, "TLS", "closed")


def test_closes_in_the_middle_of_an_answer() -> None:
    def behave(client: Client) -> None:
        client.let_in()
        client.hear_statement()
        client.socket.sendall(ROW_OF_50_MB)

    report, _ = check_hostile(behave)
    assert red(report, "version", "closed")


def speaks_http(client: Client) -> None:
    client.read(8)
    client.socket.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")


def test_speaks_http() -> None:
    report, _ = check_hostile(speaks_http)
    assert red(report, "login", "not_postgres")


def test_speaks_http_where_tls_is_asked_for() -> None:
    report, _ = check_hostile(speaks_http, host="db.example.com", sslmode="verify-full")
    assert red(report, "TLS", "not_postgres")


@pytest.mark.parametrize(
    ("version", "code"),
    [("9.6.24", "version"), ("13.22", "version"), ("", "not_postgres"), ("x" * 999, "not_postgres")],
)
def test_claims_a_version(version: str, code: str) -> None:
    def behave(client: Client) -> None:
        client.let_in(server_version=version)
        client.hear_out()

    report, _ = check_hostile(behave)
    assert red(report, "version", code)


def fails(sqlstate: bytes, ready: bool) -> Behaviour:
    def behave(client: Client) -> None:
        if ready:
            client.let_in()
            client.hear_statement()
        else:
            client.begin()
        client.fail(sqlstate, b"no good: " + LOOT + b" " + PASSWORD.encode())
        if ready:
            client.finish_answer()
            client.hear_out()

    return behave


@pytest.mark.parametrize(
    ("sqlstate", "ready", "line", "code"),
    [
        (b"XX000", False, "login", "not_let_in"),
        (b"XX000", True, "version", "refused"),
        (b"53300", True, "version", "full"),
        (b"", True, "version", "not_postgres"),
        (b"99999999", True, "version", "refused"),
    ],
)
def test_an_error_that_quotes_secrets(
    sqlstate: bytes,
    ready: bool,
    line: str,
    code: str,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    report, _ = check_hostile(fails(sqlstate, ready))
    assert red(report, line, code)
    told = repr(report) + caplog.text + "".join(capfd.readouterr())
    assert LOOT.decode() not in told and PASSWORD not in told and "no good" not in told


def odd(*values: bytes, kind: int = TEXT) -> Behaviour:
    def behave(client: Client) -> None:
        client.let_in()
        client.hear_statement()
        client.answer(*values, kinds=[kind] * len(values))
        client.hear_out()

    return behave


def says(*messages: tuple[bytes, bytes]) -> Behaviour:
    def behave(client: Client) -> None:
        client.let_in()
        client.hear_statement()
        for kind, body in messages:
            client.say(kind, body)
        client.say(b"Z", b"I")
        client.hear_out()

    return behave


@pytest.mark.parametrize(
    ("behave", "code"),
    [
        pytest.param(odd(b"UTF8", b"more"), "not_postgres", id="two columns for one"),
        pytest.param(odd(), "not_postgres", id="no column"),
        pytest.param(odd(b"\xff\xfe"), "not_postgres", id="no text"),
        pytest.param(odd(b"[" * 9_000, kind=3802), "wrong_encoding", id="deep JSON for text"),
        pytest.param(odd(LOOT, kind=2950), "wrong_encoding", id="a UUID that is none"),
        pytest.param(says((b"C", b"SELECT 0\0")), "not_postgres", id="no row"),
        pytest.param(says((b"G", b"\0\0\0")), "not_postgres", id="COPY IN"),
        pytest.param(says((b"H", b"\0\0\0")), "not_postgres", id="COPY OUT"),
        pytest.param(says((b"I", b"")), "not_postgres", id="an empty answer"),
        pytest.param(says((b"?", b"what")), "not_postgres", id="an unknown message"),
    ],
)
def test_odd_answers(behave: Behaviour, code: str) -> None:
    report, _ = check_hostile(behave, 2.0)
    assert report.failed and report.failed.name == "version"
    assert red(report, "version", code)


def test_ready_but_in_a_failed_transaction() -> None:
    def behave(client: Client) -> None:
        client.let_in(ready=b"E")
        client.hear_out()

    report, _ = check_hostile(behave)
    assert red(report, "login", "not_postgres")


def start_of(name: str) -> bytes:
    """How a statement of the registry begins, up to its first parameter."""
    return named(name).text.split(b"%")[0]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (b"9" * 300, "not_postgres"),
        (b"1e3", "not_postgres"),
        (b"", "not_postgres"),
        ("٣".encode(), "not_postgres"),
        (b"1", "isolation"),
    ],
)
def test_a_server_that_plays_along_until_a_number(number: bytes, code: str) -> None:
    state = (str(newest()).encode(), str(newest() - 1).encode(), b"{}")

    def behave(client: Client) -> None:
        client.let_in()
        client.play({
            start_of("check_encoding"): ([TEXT], [b"UTF8"]),
            start_of("check_rights"): ([TEXT] * 5, [b"f", b"f", b"t", b"t", b"t"]),
            start_of("check_begin"): ([TEXT] * 3, [b""] * 3),
            start_of("schema_lock"): ([TEXT], [b""]),
            start_of("schema_exists"): ([BOOL], [b"t"]),
            start_of("schema_state"): ([INT4, INT4, TEXTS], state),
            start_of("enter"): ([TEXT], [b""]),
            start_of("check_become"): ([TEXT], [b""]),
            start_of("check_head"): ([TEXT], [ECHO]),
            start_of("check_heads"): ([INT8], [number]),
        })  # fmt: skip

    report, _ = check_hostile(behave, 2.0)
    assert red(report, "role and row-level security", code)


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    assert red(check(Target("127.0.0.1", port, "diary", "ada", PASSWORD)), "TLS", "unreachable")


def test_nobody_takes_the_call() -> None:
    """The queue of the listener is full, as behind a firewall that drops: no answer to a SYN."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(door.getsockname())
        assert red(check(Target("127.0.0.1", door.getsockname()[1], "diary", "ada", PASSWORD), SHORT), "TLS", "late")
        for one in waiting:
            one.close()


def _memory() -> int:
    """What is resident of this process, in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096
