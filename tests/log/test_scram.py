"""A server that is not trusted can't make a login long: not for who waits for it, and not for anybody else."""

import base64
import contextlib
import hashlib
import ssl
import struct
import time
from pathlib import Path

import msgspec
import psycopg
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from psycopg import sql

from local.pgbouncer import PgBouncer
from local.postgres import Postgres
from numirror.shell.log import Connections, LogAway, Target, Tenant, connection, login, scram
from numirror.shell.log.connection import dial
from numirror.shell.log.scram import MOST_ITERATIONS, BadLogin, ScramGate
from tests.check.certificates import Authority
from tests.faults.between import Between
from tests.faults.hostile_postgres import (
    PASSWORD,
    SASL,
    SASL_CONTINUE,
    SASL_FINAL,
    Behaviour,
    HostilePostgres,
    Line,
    message,
)  # fmt: skip
from tests.log.costly import asks, challenge, demands, demands_askew, demands_in_parts, floods, offers_binding, ticking

HOST = "db.example.com"
FAR_TOO_MANY = 10_000_000
LONGEST_GAP = 0.4

ASKS = message(b"R", struct.pack("!i", SASL) + b"SCRAM-SHA-256\0\0")
ERROR = message(b"E", b"SFATAL\0C28P01\0Mno\0\0")

counts = st.integers(1, 1 << 62)


def challenges(count: int, nonce: bytes = b"rOprNGfwEbeRWgbNEkqO", code: int = SASL_CONTINUE) -> bytes:
    return message(b"R", struct.pack("!i", code) + challenge(nonce, count))


def asked() -> ScramGate:
    gate = ScramGate()
    assert gate.lets_through(ASKS)
    return gate


def refusal(gate: ScramGate, said: bytes) -> str:
    """The code of the refusal, '' where it lets that through or waits for more."""
    try:
        gate.lets_through(said)
    except BadLogin as refused:
        return refused.code
    return ""


@given(counts)
@example(MOST_ITERATIONS)
@example(MOST_ITERATIONS + 1)
def test_the_gate_opens_for_a_challenge_that_is_cheap_and_for_no_other(count: int) -> None:
    gate = asked()
    assert refusal(gate, challenges(count)) == ("" if count <= MOST_ITERATIONS else "costly_login")
    assert gate.is_open == (count <= MOST_ITERATIONS)


@given(st.binary(max_size=200) | st.binary(max_size=200).map(lambda body: message(b"R", b"\0\0\0\x0b" + body)))
@example(challenges(4096, code=SASL_FINAL))
@example(ASKS)
@example(message(b"v", struct.pack("!ii", 196608, 0)))
@example(message(b"R", struct.pack("!i", SASL_CONTINUE) + b"r=a,s=eA==,i= 5000000"))
@example(message(b"R", struct.pack("!i", SASL_CONTINUE) + b"r=a,s=eA==,i=4294971392"))
@example(challenges(4096) + b"R")
def test_nothing_but_a_challenge_opens_it(said: bytes) -> None:
    gate = asked()
    assert refusal(gate, said) in ("", "not_postgres", "costly_login")
    assert not gate.is_open


@pytest.mark.parametrize("said", [ASKS + b"R", ASKS + challenges(4096), challenges(4096, code=SASL_FINAL), b"v"])
def test_nothing_comes_before_the_demand_or_beside_it(said: bytes) -> None:
    assert refusal(ScramGate(), said) == "not_postgres"


@given(st.sampled_from([ASKS, ERROR]), st.data())
def test_the_beginning_of_a_message_waits(whole: bytes, data: st.DataObject) -> None:
    gate = ScramGate()
    cut = data.draw(st.integers(1, len(whole) - 1))
    assert not gate.lets_through(whole[:cut])
    assert gate.lets_through(whole)


def test_a_long_message_is_not_waited_for() -> None:
    assert refusal(ScramGate(), b"R" + struct.pack("!i", 2_001)) == "not_postgres"
    assert refusal(asked(), b"E" + b"Oprn") == "not_postgres"  # the middle of a message, taken for an error
    assert refusal(ScramGate(), b"R" + struct.pack("!i", 3)) == "not_postgres"


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """One that this machine trusts for the length of a test."""
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    return authority


@pytest.fixture(params=["clear", "encrypted"])
def certificate(request: pytest.FixtureRequest, authority: Authority) -> ssl.SSLContext | None:
    """What hostile servers have in a test that is run with and without TLS."""
    return authority.certificate(HOST) if request.param == "encrypted" else None


def hostile(port: int, certificate: ssl.SSLContext | None) -> Target:
    """A server that Ada brought."""
    target = Target("127.0.0.1", port, "diary", "ada", PASSWORD, owner="ada@example.com")  # type: ignore[arg-type]
    return msgspec.structs.replace(target, host=HOST, address="127.0.0.1") if certificate else target


def refused(behave: Behaviour, certificate: ssl.SSLContext | None) -> float:
    """Dials it, in vain; for how long nobody else could run. It has seen us go, and got no proof."""
    with HostilePostgres(behave) as server:
        with ticking() as ticker, pytest.raises(LogAway) as raised:
            dial(hostile(server.port, certificate))
        assert server.left.wait(1)
        assert raised.value.__context__ is None
    assert b",p=" not in server.heard
    return ticker.longest


@pytest.mark.parametrize("code", [SASL_CONTINUE, SASL_FINAL])
def test_ten_million_rounds_are_refused_at_once(certificate: ssl.SSLContext | None, code: int) -> None:
    begun = time.monotonic()
    assert refused(demands(FAR_TOO_MANY, certificate, code), certificate) < LONGEST_GAP
    assert time.monotonic() - begun < 1


@pytest.mark.parametrize("cut", [1, 5, 9, 60])
def test_they_are_refused_in_parts(certificate: ssl.SSLContext | None, cut: int) -> None:
    assert refused(demands_in_parts(FAR_TOO_MANY, cut, certificate), certificate) < LONGEST_GAP


def test_they_are_refused_where_the_challenge_begins_beside_another_message(
    certificate: ssl.SSLContext | None,
) -> None:
    assert refused(demands_askew(FAR_TOO_MANY, certificate), certificate) < LONGEST_GAP


def test_they_are_refused_after_a_talk_about_versions(certificate: ssl.SSLContext | None) -> None:
    """Of all that libpq takes before a login, only this leads on: what follows it would be read unseen."""

    def behave(client: Line) -> None:
        nonce = asks(client, certificate)
        versions = message(b"v", struct.pack("!ii", 196608, 1) + b"_pq_.x\0")
        client.socket.sendall(versions + challenges(FAR_TOO_MANY, nonce))
        client.hear()

    assert refused(behave, certificate) < LONGEST_GAP


def test_a_server_that_was_cheap_the_first_time_is_refused_the_next(certificate: ssl.SSLContext | None) -> None:
    """Nothing is remembered of a server: each login is looked at by itself."""
    counts = iter([4096, FAR_TOO_MANY])

    def behave(client: Line) -> None:
        demands(next(counts), certificate)(client)

    with HostilePostgres(behave) as server:
        for proofs in (1, 1):
            with pytest.raises(LogAway):
                dial(hostile(server.port, certificate))
            assert server.heard.count(b",p=") == proofs


def test_whoever_is_let_hash_for_long_stops_nobody_else(
    certificate: ssl.SSLContext | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scram, "MOST_ITERATIONS", FAR_TOO_MANY)
    with HostilePostgres(demands(2_000_000, certificate)) as server:
        with ticking() as ticker, pytest.raises(LogAway):
            dial(hostile(server.port, certificate))
        assert server.left.wait(5)
    assert b",p=" in server.heard
    assert ticker.longest < 2 * LONGEST_GAP  # it hashes for longer than that


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param(lambda number: message(b"S", b"p%d\0%s\0" % (number, b"x" * 20_000)), id="S"),
        pytest.param(lambda _: message(b"N", b"SNOTICE\0C00000\0Mhello\0\0") * 1_000, id="N"),
        pytest.param(lambda _: message(b"A", b"\0\0\0\1channel\0payload\0") * 1_000, id="A"),
        pytest.param(lambda number: b"N\x3b\0\0\0" * (number == 0) + bytes(1 << 16), id="a notice of a gigabyte"),
        pytest.param(lambda number: b"E\x3b\0\0\0" * (number == 0) + bytes(1 << 16), id="an error of a gigabyte"),
    ],
)
def test_a_flood_before_the_first_statement_is_left(piece: object, certificate: ssl.SSLContext | None) -> None:
    behave, sent = floods(piece, certificate)  # type: ignore[arg-type]
    with HostilePostgres(behave) as server:
        with ticking() as ticker, pytest.raises(LogAway):
            dial(hostile(server.port, certificate))
        assert server.left.wait(1)
    assert ticker.longest < LONGEST_GAP
    assert sent[0] < 16 << 20  # what it got rid of stood in buffers of the kernel


def begins_to_speak(client: Line) -> None:
    client.begin()
    client.socket.sendall(ASKS[:7])
    client.hear_out()


@pytest.mark.parametrize("behave", [Line.hear_out, begins_to_speak])
def test_a_mute_server_is_left_in_time(behave: Behaviour, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "CONNECT_SECONDS", 0.3)
    begun = time.monotonic()
    assert refused(behave, None) < LONGEST_GAP
    assert 0.3 <= time.monotonic() - begun < 1


def owned(target: Target) -> Target:
    return msgspec.structs.replace(target, owner="ada@example.com")


def test_an_honest_server_is_dialled_as_a_trusted_one_is(ada: Tenant) -> None:
    with contextlib.closing(dial(ada.storage)) as trusted, contextlib.closing(dial(owned(ada.storage))) as own:
        for conn in (trusted, own):
            assert conn.execute("SELECT '{\"a\":[1]}'::jsonb").fetchone() == ({"a": [1]},)
            assert (conn.autocommit, conn.prepare_threshold, conn.pgconn.nonblocking) == (True, None, 1)
            assert conn.info.transaction_status == psycopg.pq.TransactionStatus.IDLE


def test_a_wrong_password_is_only_that(ada: Tenant) -> None:
    with pytest.raises(LogAway) as raised:
        dial(msgspec.structs.replace(owned(ada.storage), password="wrong"))
    assert raised.value.__context__ is None


def test_a_new_salt_is_no_hindrance(postgres: Postgres, ada: Tenant) -> None:
    """As after a change of the password; PgBouncer names a new one at each login."""
    own = msgspec.structs.replace(owned(ada.storage), user="salted", password="poor-fish")
    with psycopg.connect(postgres.admin_url, autocommit=True) as admin:
        admin.execute("CREATE ROLE salted LOGIN PASSWORD 'poor-fish'")
        try:
            for count in (4096, 1, MOST_ITERATIONS):
                admin.execute(sql.SQL("SET scram_iterations = {}").format(count))
                admin.execute("ALTER ROLE salted PASSWORD 'poor-fish'")
                dial(own).close()
        finally:
            admin.execute("DROP ROLE salted")


def test_through_a_pooler(postgres: Postgres, ada: Tenant, server_folder: Path) -> None:
    with PgBouncer(server_folder / "pgbouncer-scram", postgres.url) as pooler:
        far = owned(Target.parse(pooler.url_of(ada.storage.dbname)))
        for _ in range(3):
            with contextlib.closing(dial(far)) as conn:
                assert conn.execute("SELECT 1").fetchone() == (1,)


@pytest.mark.parametrize("sslmode", ["", "require"])
def test_an_honest_server_behind_encryption(ada: Tenant, authority: Authority, sslmode: str) -> None:
    with Between(ada.storage.port, certificate=authority.certificate(HOST)) as server:
        far = msgspec.structs.replace(owned(ada.storage), host=HOST, address="127.0.0.1", sslmode=sslmode)
        with contextlib.closing(dial(msgspec.structs.replace(far, port=server.port))) as conn:
            assert conn.pgconn.ssl_in_use
            assert conn.execute("SELECT 1").fetchone() == (1,)


def test_a_login_bound_to_the_encrypted_connection(authority: Authority, tmp_path: Path) -> None:
    certificate = authority.certificate(HOST)
    known = ssl.PEM_cert_to_DER_cert((tmp_path / f"{HOST}.pem").read_text())
    bound = base64.b64encode(b"p=tls-server-end-point,," + hashlib.sha256(known).digest())

    def behave(client: Line) -> None:
        offers_binding(client, certificate)
        client.let_in(in_hot_standby="off", default_transaction_read_only="off")
        client.hear_out()

    with HostilePostgres(behave) as server:
        far = msgspec.structs.replace(hostile(server.port, certificate), channel_binding="require")
        dial(far).close()
    assert b"c=" + bound in server.heard


def test_what_another_connection_left_behind_does_not_pass_for_the_end_of_this_one(authority: Authority) -> None:
    """OpenSSL keeps a thread's errors until they are asked for."""
    certificate = authority.certificate(HOST)

    def behave(client: Line) -> None:
        client.begin(certificate)
        client.hear_out()

    with HostilePostgres(behave) as server:
        begun = login.Login(hostile(server.port, certificate).conninfo(), time.monotonic() + 5)
        begun.go_on(login.UNTIL_TLS)
        login._libpq.SSL_CTX_new(None)
        assert login._peek_record(login._libpq.PQsslStruct(begun._pointer, b"OpenSSL")) is None
        begun.pgconn.finish()


def test_connections_are_lent_to_a_target_of_ones_own(connections: Connections, ada: Tenant) -> None:
    own = Tenant(ada.tenant_id, owned(ada.storage))
    for _ in range(2):
        with connections.use(own) as conn:
            assert conn.prepares
    assert connections.counts() == (1, 1)


def test_libpq_is_the_one_that_psycopg_is_linked_with() -> None:
    assert login._libpq.PQlibVersion() == psycopg.pq.version()
