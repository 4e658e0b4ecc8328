"""A Google of our own: keys, certificates, and tokens, the honest ones and the others."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID

from numirror.shell.google.fetch import Fetched
from numirror.shell.google.identity import Verifier

NOW = 1_795_380_000
CLIENT_ID = "123-abc.apps.googleusercontent.com"
SERVICE_ACCOUNT = "service-123456789@gcp-sa-gsuiteaddons.iam.gserviceaccount.com"
URL = "https://addon.example.com/addon/home"
CERTS_URL = "https://certs.example.com/oauth2/v1/certs"
ODD_KID = "a kid/with odd letters"

USER: dict[str, Any] = {
    "iss": "https://accounts.google.com",
    "aud": CLIENT_ID,
    "azp": CLIENT_ID,
    "sub": "10769150350006150715113082367",
    "email": "Ada.B+c@Example.com",
    "email_verified": True,
    "iat": NOW,
    "exp": NOW + 3600,
}
SYSTEM: dict[str, Any] = USER | {"aud": URL, "azp": "1170000", "sub": "1170000", "email": SERVICE_ACCOUNT}
HEADER = {"alg": "RS256", "kid": "k1", "typ": "JWT"}


@cache
def private_key(name: str) -> rsa.RSAPrivateKey:
    """One key a name and process: making one is slow."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def certificate(name: str) -> str:
    """A self-signed certificate of that key, PEM, as Google publishes it."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "federated-signon.example.com")])
    start = datetime.fromtimestamp(NOW, UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private_key(name).public_key())
        .serial_number(7)
        .not_valid_before(start - timedelta(days=1))
        .not_valid_after(start + timedelta(days=9))
        .sign(private_key(name), hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM).decode()


def public_pem(name: str) -> bytes:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return private_key(name).public_key().public_bytes(serialization.Encoding.PEM, form)


def certificates(**kids: str) -> bytes:
    """The body of the certificates' address: key id to the name of a key."""
    return json.dumps({kid: certificate(name) for kid, name in kids.items()}).encode()


def part(content: object) -> str:
    """One part of a token; bytes go in as they are."""
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def signature(text: str, key: str = "google") -> str:
    return part(private_key(key).sign(text.encode(), padding.PKCS1v15(), hashes.SHA256()))


def signed(claims: object, header: object = HEADER, key: str = "google") -> str:
    """A token with a right signature, whatever it says."""
    text = f"{part(header)}.{part(claims)}"
    return f"{text}.{signature(text, key)}"


def user(**changes: object) -> str:
    return signed(USER | changes)


def system(**changes: object) -> str:
    return signed(SYSTEM | changes)


def without(claims: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in claims.items() if key != name}


def google_fetch(url: str) -> Fetched:
    assert url == CERTS_URL
    return Fetched(certificates(k1="google", k0="older", **{ODD_KID: "google"}), "public, max-age=22000")


def verifier(now: float = NOW) -> Verifier:
    return Verifier(
        client_id=CLIENT_ID,
        service_account=SERVICE_ACCOUNT,
        certs_url=CERTS_URL,
        fetch=google_fetch,
        clock=lambda: now,
    )
