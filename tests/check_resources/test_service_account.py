"""A service account of the user's own, against the simulator: its key file, its token, its check."""

from __future__ import annotations

import itertools
import json
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given
from hypothesis import strategies as st

from numirror.shell.checks import Report
from numirror.shell.google import service_account as accounts
from numirror.shell.google.errors import GoogleAway
from numirror.shell.google.service_account import (
    SHEETS_SCOPE,
    ServiceAccount,
    ServiceAccountRefused,
    ServiceAccountWrong,
    access_token,
    parse_service_account,
)
from numirror.shell.google.service_account_check import check_service_account
from tests.check_resources.hostile import chain, hostile, http
from tests.simulator.running import Account, Simulator

NAMES = ["key", "token", "open the Sheet", "write and clear a cell"]
_numbers = itertools.count(1)


def make(simulator: Simulator, name: str = "") -> dict[str, Any]:
    """A key file as the console gives it out."""
    file: dict[str, Any] = simulator.post("/sim/service-accounts", {"name": name or f"robot-{next(_numbers)}"})
    return file


@pytest.fixture(scope="session")
def file(simulator: Simulator) -> dict[str, Any]:
    return make(simulator)


@pytest.fixture
def account(simulator: Simulator) -> ServiceAccount:
    return parse_service_account(json.dumps(make(simulator)), f"{simulator.url}/token")


@pytest.fixture
def person(simulator: Simulator) -> Account:
    """Someone with a Sheet that the add-on may use."""
    email = f"owner{next(_numbers)}@example.com"
    made = simulator.post("/sim/users", {"email": email})
    owner = Account(simulator, email, made["user"]["accessToken"], made["spreadsheet"]["id"])
    owner.grant()
    owner.put("Sheet1!A1", [["mine"]])
    return owner


def share(owner: Account, email: str, role: str) -> None:
    body = {"type": "user", "role": role, "emailAddress": email}
    assert owner.call("POST", f"/drive/v3/files/{owner.sheet}/permissions", body).status_code == 200


def check(account: ServiceAccount, owner: Account) -> Report:
    return check_service_account(account, owner.sheet, owner.simulator.url, f"{owner.simulator.url}/token")


def red(report: Report, name: str) -> str:
    assert [line.name for line in report.lines] == NAMES
    assert report.failed and report.failed.name == name, report
    assert all(line.ok is None for line in report.lines[NAMES.index(name) + 1 :])
    return report.failed.sentence


def pem(key: Any) -> str:
    text: bytes = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return text.decode()


def weak() -> str:
    return pem(rsa.generate_private_key(public_exponent=65537, key_size=1024))


WRONG: list[tuple[str, Callable[[], dict[str, Any]], str]] = [
    ("another kind", lambda: {"type": "authorized_user"}, "not_service_account"),
    ("no type", lambda: {"type": None}, "not_service_account"),
    ("key is a number", lambda: {"private_key": 7}, "not_service_account"),
    ("another server for tokens", lambda: {"token_uri": "https://evil.example.com/token"}, "foreign_url"),
    ("a server like Google's", lambda: {"token_uri": "https://oauth2.googleapis.com.evil.io/token"}, "foreign_url"),
    ("another universe", lambda: {"universe_domain": "evil.example.com"}, "foreign_url"),
    ("a person's address", lambda: {"client_email": "ada@example.com"}, "bad_email"),
    ("an address with a line", lambda: {"client_email": "a@p.iam.gserviceaccount.com\nBcc: x"}, "bad_email"),
    ("a domain like Google's", lambda: {"client_email": "a@p.iam.gserviceaccount.com.evil.io"}, "bad_email"),
    ("a key id that is none", lambda: {"private_key_id": "../x"}, "bad_email"),
    ("no PEM", lambda: {"private_key": "secret"}, "bad_key"),
    ("letters beyond ASCII", lambda: {"private_key": "schlüssel"}, "bad_key"),
    ("RSA of 1024 bits", lambda: {"private_key": weak()}, "weak_key"),
    ("DSA", lambda: {"private_key": pem(dsa.generate_private_key(2048))}, "weak_key"),
    ("no RSA", lambda: {"private_key": pem(ec.generate_private_key(ec.SECP256R1()))}, "weak_key"),
]


@pytest.mark.parametrize(("changed", "code"), [one[1:] for one in WRONG], ids=[one[0] for one in WRONG])
def test_a_wrong_key_file(
    changed: Callable[[], dict[str, Any]], code: str, file: dict[str, Any], simulator: Simulator
) -> None:
    with pytest.raises(ServiceAccountWrong) as caught:
        parse_service_account(json.dumps(file | changed()), f"{simulator.url}/token")
    assert caught.value.code == code and "lease" in str(caught.value)
    assert list(chain(caught.value)) == [caught.value]


@pytest.mark.parametrize("name", ["type", "private_key", "client_email", "token_uri", "private_key_id"])
def test_each_member_is_needed(name: str, file: dict[str, Any], simulator: Simulator) -> None:
    part = {key: value for key, value in file.items() if key != name}
    with pytest.raises(ServiceAccountWrong) as caught:
        parse_service_account(json.dumps(part), f"{simulator.url}/token")
    assert caught.value.code == "not_service_account"


def test_a_file_that_is_cut_off_or_far_too_long(file: dict[str, Any]) -> None:
    text = json.dumps(file)
    for wrong, code in (
        (text[:-1], "not_json"),
        (text + " " * 20_000, "too_long"),
        ('{"x":' + "[" * 16_000, "not_json"),
        ("{\ud800}", "not_json"),
    ):
        with pytest.raises(ServiceAccountWrong) as caught:
            parse_service_account(wrong)
        assert caught.value.code == code


@given(st.text(max_size=200) | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_any_text_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ServiceAccountWrong):
        parse_service_account(text)


def test_googles_own_addresses_are_known(file: dict[str, Any]) -> None:
    for url in ("https://oauth2.googleapis.com/token", "https://accounts.google.com/o/oauth2/token"):
        assert parse_service_account(json.dumps(file | {"token_uri": url})).email == file["client_email"]
    with pytest.raises(ServiceAccountWrong):  # the simulator's, where nobody has set it
        parse_service_account(json.dumps(file))


def test_the_key_is_shown_nowhere(account: ServiceAccount) -> None:
    shown = repr(account) + str(account)
    assert "PRIVATE" not in shown and account.email in shown and "RSAPrivateKey" not in shown
    import msgspec

    with pytest.raises(TypeError):
        msgspec.json.encode(account)


def test_a_token_that_sheets_takes(account: ServiceAccount, person: Account) -> None:
    share(person, account.email, "reader")
    granted = access_token(account, [SHEETS_SCOPE], f"{person.simulator.url}/token")
    assert granted.token not in repr(granted)
    now = datetime.now(UTC)
    assert now + timedelta(minutes=55) < granted.expires < now + timedelta(minutes=61)
    robot = Account(person.simulator, account.email, granted.token, person.sheet)
    assert robot.values("Sheet1!A1")["values"] == [["mine"]]


def test_another_key_is_refused(account: ServiceAccount, simulator: Simulator) -> None:
    forged = replace(account, key=rsa.generate_private_key(public_exponent=65537, key_size=2048))
    with pytest.raises(ServiceAccountRefused) as caught:
        access_token(forged, [SHEETS_SCOPE], f"{simulator.url}/token")
    assert list(chain(caught.value)) == [caught.value]


def test_without_a_scope_there_is_no_token(account: ServiceAccount, simulator: Simulator) -> None:
    with pytest.raises(ServiceAccountRefused):
        access_token(account, [], f"{simulator.url}/token")


def test_a_former_key_is_refused(simulator: Simulator, person: Account) -> None:
    former = parse_service_account(json.dumps(make(simulator, "twice")), f"{simulator.url}/token")
    make(simulator, "twice")
    assert red(check(former, person), "token") == str(ServiceAccountRefused())


TOKEN = http(b'{"access_token": "ya29.x", "expires_in": 3599}')


@pytest.mark.parametrize(
    "answer",
    [
        http(b'{"error": "internal_failure"}', "400 Bad Request"),
        http(b"{}", "503 Away"),
        http(b"<html>"),
        http(b"{}"),
        http(b'{"access_token": 7, "expires_in": 3599}'),
        http(b'{"access_token": "ya29.x", "expires_in": "soon"}'),
        b"SSH-2.0\r\n",
    ],
)
def test_a_google_that_is_away_is_asked_once(answer: bytes, account: ServiceAccount) -> None:
    with hostile(lambda _: [answer]) as server:
        with pytest.raises((GoogleAway, ServiceAccountRefused)) as caught:
            access_token(account, [SHEETS_SCOPE], f"http://127.0.0.1:{server.port}/token")
        assert len([one for one in server.heard if one.startswith(b"POST")]) == 1
    assert list(chain(caught.value)) == [caught.value]


def test_a_redirected_assertion_goes_nowhere(account: ServiceAccount) -> None:
    with hostile(lambda _: [TOKEN]) as other:
        away = http(b"", "307 Temporary Redirect", Location=f"http://127.0.0.1:{other.port}/token")
        with hostile(lambda _: [away]) as server, pytest.raises((GoogleAway, ServiceAccountRefused)):
            access_token(account, [SHEETS_SCOPE], f"http://127.0.0.1:{server.port}/token")
        assert other.heard == []


def test_a_mute_google_holds_nobody(account: ServiceAccount, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "_TIMEOUT", (0.3, 0.3))
    with hostile(lambda _: []) as server:
        begun = monotonic()
        with pytest.raises(GoogleAway):
            access_token(account, [SHEETS_SCOPE], f"http://127.0.0.1:{server.port}/token")
        assert monotonic() - begun < 3


def test_all_is_well_and_the_sheet_is_as_it_was(account: ServiceAccount, person: Account) -> None:
    share(person, account.email, "writer")
    before = person.resource(includeGridData=True)
    report = check(account, person)
    assert report.ok and [line.name for line in report.lines] == NAMES
    assert report.lines[0].sentence == f"{account.email}, RSA 2048 bits"
    assert report.lines[2].sentence == "1 tab"
    assert person.resource(includeGridData=True) == before


def test_a_sheet_that_is_not_shared(account: ServiceAccount, person: Account, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    sentence = red(check(account, person), "open the Sheet")
    assert f"share the Sheet with {account.email} as Editor" in sentence
    assert account.email not in "".join(one.getMessage() for one in caplog.records)


def test_a_sheet_that_is_not_there(account: ServiceAccount, person: Account) -> None:
    assert account.email in red(check(account, replace(person, sheet="x" * 44)), "open the Sheet")


@pytest.mark.parametrize("role", ["reader", "commenter"])
def test_a_sheet_that_may_only_be_read(role: str, account: ServiceAccount, person: Account) -> None:
    share(person, account.email, role)
    before = person.resource(includeGridData=True)
    assert f"make {account.email} an Editor" in red(check(account, person), "write and clear a cell")
    assert person.resource(includeGridData=True) == before


def test_the_simulator_asks_for_a_good_assertion(simulator: Simulator, file: dict[str, Any]) -> None:
    for form in ({}, {"grant_type": "password"}, {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer"}):
        answer = requests.post(f"{simulator.url}/token", data=form, timeout=10)
        assert answer.status_code == 400 and answer.json()["error"] in {"unsupported_grant_type", "invalid_grant"}
    assert requests.post(f"{simulator.url}/sim/service-accounts", json={"name": "a b"}, timeout=10).status_code == 400
    assert file["client_email"] not in {user["email"] for user in simulator.get("/sim/state")["users"]}
