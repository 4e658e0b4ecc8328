"""Service accounts: their key files as Google's console gives them out, and the door where a key becomes a token.

https://developers.google.com/identity/protocols/oauth2/service-account#httprest
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from werkzeug.wrappers import Response

from simulator.identity import scopes
from simulator.identity.people import People, Person
from simulator.routing import Call, Route, route
from simulator.wire import Json, answer, read_object

_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_GOOGLE = "https://oauth2.googleapis.com/token"
_LIFETIME = 3599
"""Seconds, as Google says it."""


class _No(Exception):
    def __init__(self, error: str, description: str) -> None:
        super().__init__(description)
        self.body = {"error": error, "error_description": description}


@dataclass(frozen=True, slots=True)
class ServiceAccounts:
    """Makes accounts (`POST /sim/service-accounts` with a `name`; a new key replaces the old) and gives out tokens."""

    people: People
    base_url: str

    def routes(self) -> Iterator[Route]:
        yield route("POST", "/sim/service-accounts", self._make)
        yield route("POST", "/token", self._token)

    def _make(self, call: Call) -> Response:
        try:
            name = read_object(call.request.get_data()).get("name")
        except ValueError:
            name = None
        if not isinstance(name, str) or not name.isascii() or not name.replace("-", "").isalnum():
            return answer({"error": "The name has letters, digits and hyphens."}, 400)
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        email = f"{name.lower()}@numirror-sim.iam.gserviceaccount.com"
        self.people.put(email, name, _public(key))
        return answer(self._key_file(email, key))

    def _key_file(self, email: str, key: rsa.RSAPrivateKey) -> Json:
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return {
            "type": "service_account",
            "project_id": "numirror-sim",
            "private_key_id": _key_id(_public(key)),
            "private_key": pem.decode(),
            "client_email": email,
            "client_id": "117000000000000000000",
            "auth_uri": "https://accounts.google.com/o/oauth2/auth",
            "token_uri": f"{self.base_url}/token",
            "universe_domain": "googleapis.com",
        }

    def _token(self, call: Call) -> Response:
        try:
            account, asked = self._account(call)
        except _No as no:
            return answer(no.body, 400)
        token = scopes.issue(account, tuple(asked.split()))
        return answer({"access_token": token, "expires_in": _LIFETIME, "token_type": "Bearer"})

    def _account(self, call: Call) -> tuple[Person, str]:
        """The account that signed the assertion, and the scopes that it asks for."""
        form = call.request.form
        if form.get("grant_type") != _GRANT:
            raise _No("unsupported_grant_type", f"Invalid grant_type: {form.get('grant_type', '')}")
        assertion = form.get("assertion", "")
        account = self.people.by_email(str(_unverified(assertion).get("iss", "")))
        if account is None or not account.public_key:
            raise _No("invalid_grant", "Invalid grant: account not found")
        claims = _verified(assertion, account)
        if claims.get("aud") not in {_GOOGLE, f"{self.base_url}/token"}:
            raise _No("invalid_grant", "Invalid JWT: Failed audience check.")
        if not claims.get("scope"):
            raise _No("invalid_scope", "Invalid OAuth scope or ID token audience provided.")
        return account, str(claims["scope"])


def _unverified(assertion: str) -> dict[str, Any]:
    from google.auth import jwt

    try:
        claims = jwt.decode(assertion, verify=False)
    except ValueError as error:
        raise _No("invalid_grant", "Bad Request") from error
    return dict(claims)


def _verified(assertion: str, account: Person) -> dict[str, Any]:
    """The claims; google-auth checks the signature with the key named in the head, `iat` and `exp`."""
    from google.auth import jwt

    try:
        claims = jwt.decode(assertion, certs={_key_id(account.public_key): account.public_key})
    except ValueError as error:
        raise _No("invalid_grant", "Invalid JWT Signature.") from error
    if claims["exp"] - claims["iat"] > 3600:
        raise _No("invalid_grant", "Invalid JWT: Token must be a short-lived token (60 minutes).")
    return dict(claims)


def _public(key: rsa.RSAPrivateKey) -> str:
    spki = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(serialization.Encoding.PEM, spki).decode()


def _key_id(public_key: str) -> str:
    return hashlib.sha256(public_key.encode()).hexdigest()[:40]
