"""Encryption, as libpq sees it: through a TLS server of our own, with and without a real PostgreSQL behind."""

from pathlib import Path

import msgspec
import pytest

from numirror.shell.log import Target
from tests.check.certificates import Authority
from tests.check.conftest import Place, check, check_hostile, red
from tests.faults.between import Between
from tests.faults.hostile_postgres import PASSWORD, Behaviour
from tests.faults.hostile_postgres import Line as Client

HOST = "db.example.com"


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """One that this machine trusts for the length of a test."""
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    return authority


@pytest.mark.parametrize(
    ("sslmode", "fact"),
    [
        ("", "Encrypted, and the certificate is that of this host."),
        ("verify-full", "Encrypted, and the certificate is that of this host."),
        ("verify-ca", "Encrypted, and the certificate is that of this host."),
        ("require", "Encrypted, but no certificate was checked. Use sslmode=verify-full if your provider offers it."),
    ],
)
def test_an_encrypted_database_is_green(place: Place, authority: Authority, sslmode: str, fact: str) -> None:
    with Between(place.target.port, certificate=authority.certificate(HOST)) as server:
        report = check(msgspec.structs.replace(place.target, host=HOST, port=server.port, sslmode=sslmode))
    assert report.ok, report
    assert report.lines[2].sentence == fact


def begins(authority: Authority, host: str = HOST, days: int = 1) -> Behaviour:
    def behave(client: Client) -> None:
        client.begin(authority.certificate(host, days))

    return behave


def test_the_certificate_of_another_host(authority: Authority) -> None:
    report, server = check_hostile(begins(authority, "other.example.com"), host=HOST)
    assert red(report, "TLS", "tls_other_name")
    assert b"ada" not in server.heard


def test_a_certificate_of_an_unknown_authority(authority: Authority, tmp_path: Path) -> None:
    report, server = check_hostile(begins(Authority(tmp_path)), host=HOST)
    assert red(report, "TLS", "tls_untrusted")
    assert b"ada" not in server.heard


def test_a_certificate_that_has_expired(authority: Authority) -> None:
    report, _ = check_hostile(begins(authority, days=-1), host=HOST)
    assert red(report, "TLS", "tls_untrusted")


def test_verify_ca_is_as_strict_as_verify_full(authority: Authority) -> None:
    report, _ = check_hostile(begins(authority, "other.example.com"), host=HOST, sslmode="verify-ca")
    assert red(report, "TLS", "tls_other_name")


@pytest.mark.parametrize("sslmode", ["", "require", "verify-full"])
def test_a_server_without_encryption(sslmode: str) -> None:
    report, server = check_hostile(Client.begin, host=HOST, sslmode=sslmode)
    assert red(report, "TLS", "no_tls")
    assert b"ada" not in server.heard


@pytest.mark.parametrize("sslmode", ["disable", "allow", "prefer", "nonsense"])
def test_a_mode_that_would_do_without_is_not_dialled(sslmode: str) -> None:
    assert red(check(Target(HOST, 1, "diary", "ada", PASSWORD, sslmode)), "TLS", "no_tls")


def test_noise_for_a_handshake() -> None:
    def behave(client: Client) -> None:
        client.read(8)
        client.socket.sendall(b"S")
        client.read(1)
        client.socket.sendall(b"noise" * 100)
        client.hear_out()

    report, _ = check_hostile(behave, host=HOST)
    assert red(report, "TLS", "tls_broken")


def test_words_slipped_in_before_the_handshake() -> None:
    """What came in clear with the S must not count as said by the server, once it is encrypted (CVE-2021-23222)."""

    def behave(client: Client) -> None:
        client.read(8)
        client.socket.sendall(b"S" + b"R\0\0\0\x08\0\0\0\0" * 10)
        client.hear_out()

    report, _ = check_hostile(behave, 0.4, host=HOST)
    assert red(report, "TLS", "late")


def test_mute_in_the_handshake() -> None:
    def behave(client: Client) -> None:
        client.read(8)
        client.socket.sendall(b"S")
        client.hear_out()

    report, _ = check_hostile(behave, 0.4, host=HOST)
    assert red(report, "TLS", "late")


def test_binding_the_login_to_the_channel_where_the_server_can_not(place: Place, authority: Authority) -> None:
    with Between(place.target.port, certificate=authority.certificate(HOST)) as server:
        bound = msgspec.structs.replace(place.target, host=HOST, port=server.port, channel_binding="require")
        assert red(check(bound), "login", "channel_binding")
