"""Each rule stands between us and someone: without it, the hostile token named here gets through."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from google.auth.crypt import RSAVerifier

from numirror.shell.google import claims, id_token
from numirror.shell.google.identity import NotAuthenticated
from tests.identity import hostile
from tests.identity.forger import URL, verifier

NEEDED: list[tuple[Callable[..., bool], str]] = [
    (claims.is_short, "longer than 8 KiB"),
    (claims.is_compact, "newlines at the end"),
    (claims.is_compact, "newlines in the signature"),
    (claims.is_compact, "junk in the signature"),
    (claims.is_compact, "padding"),
    (claims.is_rs256, "alg none over a right signature"),
    (claims.is_rs256, "alg RS512 over an RS256 signature"),
    (claims.names_its_key, "kid with odd letters"),
    (claims.demands_nothing_unknown, "crit"),
    (claims.is_from_google, "other issuer"),
    (claims.is_from_google, "issuer missing"),
    (claims.is_for_us, "audience of another client"),
    (claims.is_for_us, "audience a list with ours"),
    (claims.is_for_us, "audience missing"),
    (claims.has_whole_times, "exp a fraction"),
    (claims.has_whole_times, "iat a fraction"),
    (claims.has_whole_times, "nbf true"),
    (claims.is_not_over, "expired"),
    (claims.has_begun, "iat in the future"),
    (claims.has_begun, "nbf in the future"),
    (claims.is_short_lived, "lives too long"),
    (claims.is_short_lived, "exp huge"),
    (claims.is_short_lived, "lives backwards"),
    (claims.has_verified_email, "email unverified"),
    (claims.has_verified_email, "email verified by a word"),
    (claims.has_verified_email, "email verified missing"),
    (claims.has_an_address, "email with a Kelvin sign"),
    (claims.has_an_address, "email with NUL"),
    (claims.has_an_address, "email empty"),
    (claims.has_a_subject, "sub empty"),
    (claims.has_a_subject, "sub a number"),
    (claims.is_from_our_addon, "another project's add-on"),
    (claims.is_from_our_addon, "a user's token for our address"),
]
TUPLES = ("TEXT", "HEADER", "SYSTEM", "USER")


def gets_through(name: str) -> bool:
    try:
        if name in hostile.OF_USERS:
            verifier().verify_user(hostile.OF_USERS[name])
        else:
            verifier().verify_system(f"Bearer {hostile.OF_THE_SYSTEM[name]}", URL)
    except NotAuthenticated:
        return False
    return True


@pytest.mark.parametrize(("rule", "name"), NEEDED, ids=[f"{rule.__name__}: {name}" for rule, name in NEEDED])
def test_without_this_rule_this_token_gets_through(
    monkeypatch: pytest.MonkeyPatch, rule: Callable[..., bool], name: str
) -> None:
    assert not gets_through(name)
    for rules in TUPLES:
        monkeypatch.setattr(claims, rules, tuple(other for other in getattr(claims, rules) if other is not rule))
    assert gets_through(name)


def test_every_rule_is_shown_to_be_needed() -> None:
    assert {rule for rules in TUPLES for rule in getattr(claims, rules)} == {rule for rule, _ in NEEDED}


@pytest.mark.parametrize("name", ["signed by a stranger", "claims of another", "signature of zeros"])
def test_without_the_signature_a_forged_token_gets_through(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    assert not gets_through(name)
    monkeypatch.setattr(RSAVerifier, "verify", lambda *_: True)
    assert gets_through(name)


@pytest.mark.parametrize("name", ["one audience twice", "one email twice", "two kids", "a NaN aside"])
def test_with_pythons_own_json_a_double_meaning_gets_through(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    assert not gets_through(name)
    lenient: Any = json.JSONDecoder()
    monkeypatch.setattr(id_token, "json_decoder", lenient)
    assert gets_through(name)
