"""What an ID token of Google must be and say: one rule a function, the rules in tuples.

Sources: OpenID Connect Core 3.1.3.7, RFC 7515 section 4.1.11 (`crit`), and Google's "Verify the Google ID
token". Stricter where an honest token never goes: at most 8 KiB, lifetimes of an hour, whole numbers only.

The rules run in order and each may lean on those before it. A rule that raises counts as broken.
"""

import re
from collections.abc import Callable
from typing import Any

import msgspec

ISSUERS = ("https://accounts.google.com", "accounts.google.com")
MAX_CHARACTERS = 8192
MAX_LIFETIME_SECONDS = 3900
SKEW_SECONDS = 10

_THREE_PARTS = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_KID = re.compile(r"[A-Za-z0-9_-]{1,128}")
_ADDRESS = re.compile(r"[!-?A-~]{1,64}@[!-?A-~]{1,189}")
_SUBJECT = re.compile(r"[!-~]{1,255}")
_TIMES = ("exp", "iat", "nbf")

Json = dict[str, Any]


class Expected(msgspec.Struct, frozen=True):
    """What this token is measured by. `now` in seconds since 1970; `service_account` only for system tokens."""

    audience: str
    now: float
    service_account: str = ""


def is_short(token: str) -> bool:
    return len(token) <= MAX_CHARACTERS


def is_compact(token: str) -> bool:
    """ASCII, two dots, and nothing that a lenient base64 decoder would skip."""
    return _THREE_PARTS.fullmatch(token) is not None


def is_rs256(header: Json) -> bool:
    return bool(header["alg"] == "RS256")


def names_its_key(header: Json) -> bool:
    return _KID.fullmatch(header["kid"]) is not None


def demands_nothing_unknown(header: Json) -> bool:
    return "crit" not in header


def is_from_google(claims: Json, _: Expected) -> bool:
    return claims["iss"] in ISSUERS


def is_for_us(claims: Json, expected: Expected) -> bool:
    """The audience is one string, ours to the letter; a list is never right."""
    return bool(claims["aud"] == expected.audience)


def has_whole_times(claims: Json, _: Expected) -> bool:
    """Whole, finite numbers; `type` and not `isinstance`, as True is an int too."""
    return all(type(claims[name]) is int for name in _TIMES if name in claims)


def is_not_over(claims: Json, expected: Expected) -> bool:
    return bool(expected.now <= claims["exp"] + SKEW_SECONDS)


def has_begun(claims: Json, expected: Expected) -> bool:
    return bool(max(claims["iat"], claims.get("nbf", 0)) <= expected.now + SKEW_SECONDS)


def is_short_lived(claims: Json, _: Expected) -> bool:
    return bool(0 < claims["exp"] - claims["iat"] <= MAX_LIFETIME_SECONDS)


def has_verified_email(claims: Json, _: Expected) -> bool:
    """Exactly true: the text "true" is not."""
    return claims["email_verified"] is True


def is_from_our_addon(claims: Json, expected: Expected) -> bool:
    """The exact account: every project's add-on has one of the same shape."""
    return bool(claims["email"] == expected.service_account)


def has_an_address(claims: Json, _: Expected) -> bool:
    """Printable ASCII, looked at before lower(): the Kelvin sign lower-cases to a plain k."""
    return _ADDRESS.fullmatch(claims["email"]) is not None


def has_a_subject(claims: Json, _: Expected) -> bool:
    return _SUBJECT.fullmatch(claims["sub"]) is not None


TEXT = (is_short, is_compact)
HEADER = (is_rs256, names_its_key, demands_nothing_unknown)
CLAIMS = (
    is_from_google,
    is_for_us,
    has_whole_times,
    is_not_over,
    has_begun,
    is_short_lived,
    has_verified_email,
)
SYSTEM = (*CLAIMS, is_from_our_addon)
USER = (*CLAIMS, has_an_address, has_a_subject)

Rules = tuple[Callable[[Json, Expected], bool], ...]
