"""Who calls, and who visits: honest tokens pass, every hostile one gets the one error that tells nothing."""

import re
import traceback
from collections.abc import Callable

import pytest
import time_machine
from google.auth import jwt
from hypothesis import given, settings
from hypothesis import strategies as st

from numirror.shell.google.identity import EmailNotGranted, NotAuthenticated, Verifier, Visitor
from tests.identity import hostile
from tests.identity.forger import (
    CERTS_URL,
    CLIENT_ID,
    NOW,
    SERVICE_ACCOUNT,
    SYSTEM,
    URL,
    USER,
    certificate,
    google_fetch,
    signed,
    system,
    user,
    verifier,
)

EMAIL, SUB = str(USER["email"]), str(USER["sub"])


def assert_refused(call: Callable[[], object], token: str) -> None:
    with pytest.raises(NotAuthenticated) as caught:
        call()
    error = caught.value
    assert str(error) == NotAuthenticated.__doc__
    assert vars(error) == {}
    assert error.__cause__ is None
    assert error.__context__ is None
    shown = "".join(traceback.format_exception(error)) + repr(error)
    assert not [part for part in re.split(r"[.\s]", token) if len(part) > 12 and part in shown]


def test_the_visitor_is_the_address_in_lower_case_and_nothing_else_folded() -> None:
    assert verifier().verify_user(user()) == Visitor(EMAIL, SUB, "ada.b+c@example.com")


def test_a_visitor_shows_nothing_of_themselves() -> None:
    visitor = Visitor(EMAIL, SUB, EMAIL.lower())
    assert str([visitor]) == "[Visitor(***)]"
    assert visitor.__rich_repr__() == []


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_google_calling_our_address_for_our_addon_passes(scheme: str) -> None:
    verifier().verify_system(f"{scheme} {system()}", URL)


@pytest.mark.parametrize("issuer", ["https://accounts.google.com", "accounts.google.com"])
def test_both_spellings_of_google_pass(issuer: str) -> None:
    verifier().verify_user(user(iss=issuer))


@pytest.mark.parametrize("changes", [{"iat": NOW + 10}, {"nbf": NOW + 10}, {"iat": NOW - 3610, "exp": NOW - 10}])
def test_ten_seconds_between_two_clocks_do_no_harm(changes: dict[str, int]) -> None:
    verifier().verify_user(user(**changes))


def test_the_longest_life_that_passes_is_65_minutes() -> None:
    verifier().verify_user(user(exp=NOW + 3900))


def test_claims_we_do_not_know_do_no_harm() -> None:
    verifier().verify_user(user(hd="example.com", more={"a": [1, 2.5, None]}))


@pytest.mark.parametrize("token", hostile.OF_USERS.values(), ids=hostile.OF_USERS.keys())
def test_a_hostile_user_token_is_refused(token: str) -> None:
    assert_refused(lambda: verifier().verify_user(token), token)


@pytest.mark.parametrize("token", hostile.OF_THE_SYSTEM.values(), ids=hostile.OF_THE_SYSTEM.keys())
def test_a_hostile_system_token_is_refused(token: str) -> None:
    assert_refused(lambda: verifier().verify_system(f"Bearer {token}", URL), token)


HEADERS = {
    "none": None,
    "empty": "",
    "only the scheme": "Bearer",
    "no token": "Bearer ",
    "the bare token": system(),
    "another scheme": f"Basic {system()}",
    "a scheme of the same length": f"Digest {system()}",
    "two spaces": f"Bearer  {system()}",
    "a tab": f"Bearer\t{system()}",
    "two tokens": f"Bearer {system()}, Bearer {system()}",
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS.keys())
def test_any_other_header_is_refused(header: str | None) -> None:
    assert_refused(lambda: verifier().verify_system(header, URL), header or "")


@pytest.mark.parametrize("token", [5, True, ["x"], {"a": 1}, b"x", user().encode()])
def test_a_token_that_is_no_text_is_refused(token: object) -> None:
    assert_refused(lambda: verifier().verify_user(token), "")  # type: ignore[arg-type]


@pytest.mark.parametrize("token", [None, ""])
def test_without_a_user_token_we_ask_for_the_address(token: str | None) -> None:
    with pytest.raises(EmailNotGranted):
        verifier().verify_user(token)


@pytest.mark.parametrize("missing", ["client_id", "service_account"])
def test_without_an_audience_or_an_account_nothing_is_verified_at_all(missing: str) -> None:
    given_ = {"client_id": CLIENT_ID, "service_account": SERVICE_ACCOUNT} | {missing: ""}
    with pytest.raises(ValueError, match="would pass"):
        Verifier(**given_, certs_url=CERTS_URL, fetch=google_fetch)


def test_the_table_of_hostile_tokens_is_long() -> None:
    assert len(hostile.OF_USERS) + len(hostile.OF_THE_SYSTEM) + len(HEADERS) >= 140


times = st.one_of(st.integers(NOW - 4000, NOW + 4000), st.sampled_from([None, True, 0, 1.5, "0", 10**400]))
claims = st.fixed_dictionaries(
    {},
    optional={
        "iss": st.sampled_from(["accounts.google.com", "https://evil.example.com", None]),
        "aud": st.sampled_from([URL, CLIENT_ID + "x", [CLIENT_ID], None]),
        "exp": times,
        "iat": times,
        "nbf": times,
        "email": st.one_of(st.emails(), st.text(max_size=20), st.none()),
        "email_verified": st.sampled_from([False, "true", 1, None]),
    },
)


@time_machine.travel(NOW, tick=False)
@settings(max_examples=300, deadline=None)
@given(claims, st.booleans())
def test_we_never_accept_what_google_auth_refuses(changes: dict[str, object], is_system: bool) -> None:
    token = signed((SYSTEM if is_system else USER) | changes)
    try:
        if is_system:
            verifier().verify_system(f"Bearer {token}", URL)
        else:
            verifier().verify_user(token)
    except NotAuthenticated:
        return
    audience = URL if is_system else CLIENT_ID
    jwt.decode(token, certs={"k1": certificate("google")}, audience=audience, clock_skew_in_seconds=10)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.from_regex(r"[\w-]+\.[\w-]+\.[\w-]+", fullmatch=True)))
def test_no_text_does_more_than_being_refused(token: str) -> None:
    with pytest.raises((NotAuthenticated, EmailNotGranted)):
        verifier().verify_user(token)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10_000), st.characters())
def test_a_token_changed_anywhere_is_refused(place: int, character: str) -> None:
    honest = user()
    place %= len(honest) - 1  # the very last letter has bits that no signature holds
    changed = honest[:place] + character + honest[place + 1 :]
    if changed != honest:
        assert_refused(lambda: verifier().verify_user(changed), "")
