"""The two ID tokens of an event (https://developers.google.com/workspace/add-ons/guides/alternate-runtimes)."""

import functools
import time
from typing import Any

from simulator.identity.keys import SigningKey
from simulator.identity.people import Person

ISSUER = "https://accounts.google.com"
LIFETIME = 3600
"""Seconds."""


def system_token(key: SigningKey, url: str, service_account: str) -> str:
    """Proves that Google's add-on service calls `url`."""
    claims = {"aud": url, "azp": service_account, "email": service_account, "sub": _number(service_account)}
    return _signed(key, claims)


def user_token(key: SigningKey, client_id: str, person: Person) -> str:
    """Proves to the owner of `client_id` who sits in front of the screen."""
    claims = {"aud": client_id, "azp": client_id, "email": person.email, "sub": person.subject}
    return _signed(key, claims)


def _signed(key: SigningKey, claims: dict[str, Any]) -> str:
    from google.auth import jwt

    now = int(time.time())
    whole = {"iss": ISSUER, "email_verified": True, "iat": now, "exp": now + LIFETIME} | claims
    token: bytes = jwt.encode(_signer(key), whole)
    return token.decode()


@functools.cache
def _signer(key: SigningKey) -> Any:
    """Reading a key checks its primes, which takes a hundred times as long as signing."""
    from google.auth import crypt

    return crypt.RSASigner.from_string(key.private, key.key_id)


def _number(service_account: str) -> str:
    digits = "".join(letter for letter in service_account if letter.isdigit())
    return f"1170000{digits}"
