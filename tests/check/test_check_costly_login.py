"""A server that would have the password hashed for minutes: told in a sentence, and nobody else waits."""

import ssl
import time
from pathlib import Path

import pytest

from numirror.shell.log import scram
from tests.check.certificates import Authority
from tests.check.conftest import check_hostile, red
from tests.faults.hostile_postgres import SASL_CONTINUE, SASL_FINAL, Behaviour, message
from tests.log.costly import demands, demands_in_parts, floods, ticking

HOST = "db.example.com"
FAR_TOO_MANY = 10_000_000
LONGEST_GAP = 0.2


@pytest.fixture(params=["127.0.0.1", HOST])
def host(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def certificate(host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext | None:
    """What the server of a host with a name has, and this machine trusts."""
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    return authority.certificate(HOST) if host == HOST else None


def costly(behave: Behaviour, host: str, code: str = "costly_login") -> None:
    begun = time.monotonic()
    with ticking() as ticker:
        report, server = check_hostile(behave, host=host)
    assert red(report, "login", code)
    assert time.monotonic() - begun < 1
    assert ticker.longest < LONGEST_GAP
    assert b",p=" not in server.heard


def test_ten_million_rounds(host: str, certificate: ssl.SSLContext | None) -> None:
    costly(demands(FAR_TOO_MANY, certificate, SASL_CONTINUE), host)


def test_ten_million_rounds_in_two_records(host: str, certificate: ssl.SSLContext | None) -> None:
    costly(demands_in_parts(FAR_TOO_MANY, 60, certificate), host)


def test_ten_million_rounds_in_the_final_word(host: str, certificate: ssl.SSLContext | None) -> None:
    costly(demands(FAR_TOO_MANY, certificate, SASL_FINAL), host, "not_postgres")


def test_hashing_stops_nobody_else(
    host: str, certificate: ssl.SSLContext | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scram, "MOST_ITERATIONS", FAR_TOO_MANY)
    with ticking() as ticker:
        report, server = check_hostile(demands(1_000_000, certificate), host=host)
    assert report.failed is not None and report.failed.name == "login"
    assert ticker.longest < 2 * LONGEST_GAP  # it hashes for longer than that
    assert b",p=" in server.heard


def test_a_flood_of_parameters(host: str, certificate: ssl.SSLContext | None) -> None:
    behave, _ = floods(lambda number: message(b"S", b"p%d\0x\0" % number) * 100, certificate)
    report, _ = check_hostile(behave, host=host)
    assert red(report, "login", "huge")
