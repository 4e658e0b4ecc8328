"""Reads an ID token: a signed JWT in compact form (RFC 7519, RFC 7515).

The signature is checked by google-auth's verifier, made ready once per certificate. The rest of google-auth's
`jwt.decode` is not used: it parses the certificate again for each token, takes the last of two equal claims and
skips what is no base64. Its three claim checks are among our rules; tests show that we never accept what it refuses.
"""

import base64
import json
from collections.abc import Callable
from typing import Any, Protocol

from numirror.shell.google import claims
from numirror.shell.google.claims import Expected, Json, Rules


class BadToken(ValueError):
    """This is no token for us. Never leaves the verifier."""


class Key(Protocol):
    """A public key, ready to verify."""

    def verify(self, message: bytes, signature: bytes) -> bool:
        """Whether `signature` is this key's, RS256, of `message`."""


Keys = Callable[[str], Key | None]


def read(token: str, keys: Keys, expected: Expected, rules: Rules) -> Json:
    """The claims of a token that keeps every rule.

    Raises `BadToken`, or whatever else a hostile token provokes (`TypeError`, `KeyError`, `RecursionError`, ...). The
    text of such an error may hold the token: catch `Exception` and forget it. Errors of `keys` pass through.
    """
    for rule in claims.TEXT:
        _require(rule(token))
    head, body, signature = token.split(".")
    key = keys(_key_id(head))
    _require(key is not None and key.verify(f"{head}.{body}".encode("ascii"), _decode(signature)))
    said = _parse(body)
    for claim_rule in rules:
        _require(claim_rule(said, expected))
    return said


def _key_id(head: str) -> str:
    """The key that a header names."""
    header = _parse(head)
    for rule in claims.HEADER:
        _require(rule(header))
    return str(header["kid"])


def _require(kept: bool) -> None:
    if not kept:
        raise BadToken


def _decode(segment: str) -> bytes:
    return base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4))


def _parse(segment: str) -> Json:
    # No look at the type: on anything but an object, the first rule raises.
    value: Json = json_decoder.decode(_decode(segment).decode("utf-8"))
    return value


def _unique(pairs: list[tuple[str, Any]]) -> Json:
    """An object whose names come once. Two readers of a doubled name may believe different halves."""
    value = dict(pairs)
    _require(len(value) == len(pairs))
    return value


def _refuse(constant: str) -> Any:
    raise BadToken(constant)  # NaN, Infinity: Python's, not JSON's


json_decoder = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_refuse)
