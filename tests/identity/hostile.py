"""Hostile tokens: what each pretends, and the token. All but the forged ones have a right signature."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json

from tests.identity.forger import (
    CLIENT_ID,
    HEADER,
    NOW,
    ODD_KID,
    SYSTEM,
    URL,
    USER,
    part,
    public_pem,
    signed,
    system,
    user,
    without,
)


def with_header(**changes: object) -> str:
    return signed(USER, HEADER | changes)


def raw_claims(old: str, new: str) -> str:
    """A user token whose JSON was changed as text, for what no encoder writes."""
    text = json.dumps(USER)
    assert old in text
    return signed(text.replace(old, new).encode())


def hs256(key: bytes) -> str:
    text = f"{part(HEADER | {'alg': 'HS256'})}.{part(USER)}"
    return f"{text}.{part(hmac.digest(key, text.encode(), hashlib.sha256))}"


def swapped_claims(**changes: object) -> str:
    head, _, tail = user().split(".")
    return f"{head}.{part(USER | changes)}.{tail}"


def broken(token: str, place: int, insert: str) -> str:
    return token[:place] + insert + token[place:]


DEEP = b"[" * 3000 + b"]" * 3000
HONEST = user()
LONG_SUBJECT = "1" * 256

FORGED = {
    "signed by a stranger": signed(USER, key="stranger"),
    "signed by another of Google's keys": signed(USER, key="older"),
    "claims of another": swapped_claims(email="bob@example.com"),
    "signature of another token": HONEST.rpartition(".")[0] + "." + system().rpartition(".")[2],
    "signature cut": HONEST[:-8],
    "signature of zeros": HONEST.rpartition(".")[0] + "." + part(bytes(256)),
    "alg none with an empty signature": f"{part({'alg': 'none'})}.{part(USER)}.",
    "alg none with kid and some signature": f"{part(HEADER | {'alg': 'none'})}.{part(USER)}.{part(b'x')}",
    "HS256 with the public key": hs256(public_pem("google")),
    "HS256 with an empty key": hs256(b""),
}

SHAPES = {
    "a word": "x",
    "only dots": "..",
    "empty signature": HONEST.rpartition(".")[0] + ".",
    "one dot": HONEST.rpartition(".")[0],
    "three dots": HONEST + ".x",
    "longer than 8 KiB": user(padding="x" * 8192),
    "not ASCII": broken(HONEST, 30, "ä"),
    "letters of another script": HONEST.replace("e", "е"),
    "a lone surrogate": broken(HONEST, 30, "\ud800"),
    "newlines at the end": HONEST + "\n" * 4,
    "newlines in the signature": broken(HONEST, len(HONEST) - 10, "\n" * 4),
    "junk in the signature": broken(HONEST, len(HONEST) - 10, "!" * 4),
    "padding": HONEST + "==",
    "a space in front": " " + HONEST,
    "NUL": broken(HONEST, 30, "\0"),
    "an impossible length": f"{part(HEADER)}.AAAAA.AAAA",
    "no JSON": signed(b"no json"),
    "no UTF-8": signed(b'{"iss": "\xff"}'),
    "UTF-16": signed(json.dumps(USER).encode("utf-16")),
    "two documents": signed(json.dumps(USER).encode() * 2),
    "claims a list": signed([USER]),
    "claims a string": signed("claims"),
    "claims null": signed(None),
    "header a list": signed(USER, [HEADER]),
    "header null": signed(USER, None),
    "header no JSON": signed(USER, b"RS256"),
    "deep claims": signed(DEEP),
    "deep header": f"{part(DEEP)}.{part(USER)}.{part(b'x')}",
    "deep value among the claims": signed(
        json.dumps(USER).encode()[:-1] + b', "x": ' + b"[" * 2000 + b"]" * 2000 + b"}"
    ),
}

HEADERS = {
    "alg RS512 over an RS256 signature": with_header(alg="RS512"),
    "alg none over a right signature": with_header(alg="none"),
    "alg in small letters": with_header(alg="rs256"),
    "alg a list": with_header(alg=["RS256"]),
    "alg missing": signed(USER, without(HEADER, "alg")),
    "kid missing": signed(USER, without(HEADER, "kid")),
    "kid null": with_header(kid=None),
    "kid empty": with_header(kid=""),
    "kid a number": with_header(kid=1),
    "kid a list": with_header(kid=["k1"]),
    "kid unknown": with_header(kid="k9"),
    "kid with odd letters": with_header(kid=ODD_KID),
    "crit": with_header(crit=["b64"], b64=False),
    "two kids": signed(USER, b'{"alg": "RS256", "kid": "k9", "kid": "k1"}'),
}

CLAIMS = {
    "other issuer": user(iss="https://accounts.example.com"),
    "issuer with a slash": user(iss="https://accounts.google.com/"),
    "issuer by http": user(iss="http://accounts.google.com"),
    "issuer of Firebase": user(iss="https://securetoken.google.com/numirror"),
    "issuer a list": user(iss=["https://accounts.google.com"]),
    "issuer missing": signed(without(USER, "iss")),
    "audience of another client": user(aud="456-def.apps.googleusercontent.com"),
    "audience with a slash": user(aud=CLIENT_ID + "/"),
    "audience in capitals": user(aud=CLIENT_ID.upper()),
    "audience a list with ours": user(aud=[CLIENT_ID]),
    "audience null": user(aud=None),
    "audience empty": user(aud=""),
    "audience missing": signed(without(USER, "aud")),
    "system token as a user's": system(),
    "expired": user(iat=NOW - 3611, exp=NOW - 11),
    "expired long ago": user(iat=3600, exp=7200),
    "exp missing": signed(without(USER, "exp")),
    "exp null": user(exp=None),
    "exp a string": user(exp=str(NOW + 3600)),
    "exp a fraction": user(exp=NOW + 3600.5),
    "exp a whole float": user(exp=float(NOW + 3600)),
    "exp infinite": raw_claims(str(NOW + 3600), "Infinity"),
    "exp 1e999": raw_claims(str(NOW + 3600), "1e999"),
    "exp NaN": raw_claims(str(NOW + 3600), "NaN"),
    "exp huge": user(exp=10**30),
    "exp of 5,000 digits": raw_claims(str(NOW + 3600), "9" * 5000),
    "exp true": user(exp=True),
    "exp a list": user(exp=[NOW + 3600]),
    "lives too long": user(exp=NOW + 3901),
    "lives backwards": user(iat=NOW + 5, exp=NOW + 5),
    "iat in the future": user(iat=NOW + 11),
    "iat missing": signed(without(USER, "iat")),
    "iat true": user(iat=True),
    "iat a fraction": user(iat=NOW + 0.5),
    "iat minus infinity": raw_claims(str(NOW) + ",", "-Infinity,"),
    "nbf in the future": user(nbf=NOW + 11),
    "nbf true": user(nbf=True),
    "nbf null": user(nbf=None),
    "nbf a string": user(nbf="0"),
    "email unverified": user(email_verified=False),
    "email verified by a word": user(email_verified="true"),
    "email verified by a number": user(email_verified=1),
    "email verified missing": signed(without(USER, "email_verified")),
    "one audience twice": raw_claims('"aud":', '"aud": "someone else", "aud":'),
    "one email twice": raw_claims('"email":', '"email": "bob@example.com", "email":'),
    "a NaN aside": raw_claims('"azp":', '"x": NaN, "azp":'),
    "an infinity aside": raw_claims('"azp":', '"x": {"y": [-Infinity]}, "azp":'),
}

PEOPLE = {
    "email missing": signed(without(USER, "email")),
    "email null": user(email=None),
    "email empty": user(email=""),
    "email a list": user(email=["ada@example.com"]),
    "email without an at": user(email="ada.example.com"),
    "email with two ats": user(email="ada@bob@example.com"),
    "email without a name": user(email="@example.com"),
    "email without a place": user(email="ada@"),
    "email not ASCII": user(email="\u00e4da@example.com"),
    "email with a Kelvin sign": user(email="\u212aim@example.com"),
    "email in wide letters": user(email="\uff41da@example.com"),
    "email with a lone surrogate": user(email="ada\ud800@example.com"),
    "email with NUL": user(email="ada\0@example.com"),
    "email with a newline": user(email="ada@example.com\n"),
    "email with a space": user(email="ada @example.com"),
    "email too long": user(email="a" * 65 + "@example.com"),
    "sub missing": signed(without(USER, "sub")),
    "sub empty": user(sub=""),
    "sub a number": user(sub=1076915),
    "sub not ASCII": user(sub="\u0661\u0662"),
    "sub too long": user(sub=LONG_SUBJECT),
}

OF_USERS = FORGED | SHAPES | HEADERS | CLAIMS | PEOPLE

OF_THE_SYSTEM = {
    "another project's add-on": system(email="service-987654321@gcp-sa-gsuiteaddons.iam.gserviceaccount.com"),
    "our account in capitals": system(email=str(SYSTEM["email"]).upper()),
    "our account as the end of another": system(email="x" + str(SYSTEM["email"])),
    "no account": signed(without(SYSTEM, "email")),
    "account unverified": system(email_verified=False),
    "another address": system(aud=URL.replace("home", "granted")),
    "our address with a slash": system(aud=URL + "/"),
    "our address with a query": system(aud=URL + "?x=1"),
    "our address by http": system(aud=URL.replace("https", "http")),
    "our host alone": system(aud="https://addon.example.com"),
    "a list with our address": system(aud=[URL]),
    "a user's token": user(),
    "a user's token for our address": user(aud=URL),
    "another issuer": system(iss="https://accounts.example.com"),
    "over": system(iat=NOW - 3700, exp=NOW - 100),
    "by a stranger": signed(SYSTEM, key="stranger"),
    "unknown encoding": base64.b64encode(b"user:password").decode(),
}
