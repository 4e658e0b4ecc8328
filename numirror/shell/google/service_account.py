"""A Google service account of the user's own: its key file, as pasted, and the access tokens that the key gives.

The file is the one that Google's console hands out:
https://docs.cloud.google.com/iam/docs/keys-create-delete
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import msgspec
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from numirror.kernel.errors import NuMirrorError
from numirror.shell.google.errors import GoogleAway

TOKEN_URL = "https://oauth2.googleapis.com/token"  # noqa: S105  an address, no token
SHEETS_SCOPE = "https://www.googleapis.com/auth/spreadsheets"

_TOKEN_URLS = frozenset({TOKEN_URL, "https://accounts.google.com/o/oauth2/token"})
"""What Google has written into key files, now and formerly."""

_LONGEST = 16 * 1024
_EMAIL = re.compile(r"[a-z0-9][a-z0-9-]{0,62}@(?:[a-z0-9-]{1,63}\.){1,6}gserviceaccount\.com")
_KEY_ID = re.compile("[0-9a-f]{8,64}")
_KEY_BITS = range(2048, 4097)
_TIMEOUT = (2.0, 4.0)

_SENTENCES = {
    "too_long": "That is longer than a service account's key file ever is. Please paste the JSON file that Google gave "
    "you, and nothing else.",
    "not_json": "That is not the whole key file. Please open the JSON file that Google gave you and paste all of it, "
    "from { to }.",
    "not_service_account": "That is a file of Google's, but not the key of a service account. Please create one under "
    "IAM & Admin > Service accounts > Keys > Add key > JSON.",
    "bad_email": "The key file names no e-mail address of a service account. Please download a new key and paste it.",
    "bad_key": "The private key in the file is damaged. Please download a new key and paste the file as it is.",
    "weak_key": "The key in the file is not an RSA key of 2,048 to 4,096 bits. Please create a new key of type JSON.",
    "foreign_url": "The key file sends its key to an address that is not Google's, so it was not used. Please download "
    "a new key from Google.",
}


class ServiceAccountWrong(NuMirrorError):
    """This is not the key of a service account. Please paste the JSON file that Google gave you."""

    def __init__(self, code: str) -> None:
        super().__init__(_SENTENCES[code])
        self.code = code


class ServiceAccountRefused(NuMirrorError):
    """Google does not take this key any more. Please create a new key for the service account and paste it."""


@dataclass(frozen=True, slots=True)
class ServiceAccount:
    """An account that Google lets in by its key. The key is an object that no encoder takes and nothing shows."""

    email: str
    key_id: str
    key: RSAPrivateKey = field(repr=False)


@dataclass(frozen=True, slots=True)
class Granted:
    """An access token and when it runs out."""

    token: str = field(repr=False)
    expires: datetime


class _KeyFile(msgspec.Struct, frozen=True):
    type: str
    private_key_id: str
    private_key: str
    client_email: str
    token_uri: str
    universe_domain: str = "googleapis.com"

    def __repr__(self) -> str:
        return "_KeyFile(***)"


def parse_service_account(text: str, token_url: str = TOKEN_URL) -> ServiceAccount:
    """The account whose key file was pasted; `token_url` is where tokens come from. Raises `ServiceAccountWrong`."""
    if len(text) > _LONGEST:
        raise ServiceAccountWrong("too_long")
    file = _read(text)
    if file.type != "service_account":
        raise ServiceAccountWrong("not_service_account")
    # Only to refuse a forged file as such: the key goes to `token_url`, whatever the file says.
    if file.token_uri not in _TOKEN_URLS | {token_url} or file.universe_domain != "googleapis.com":
        raise ServiceAccountWrong("foreign_url")
    if not _EMAIL.fullmatch(file.client_email) or not _KEY_ID.fullmatch(file.private_key_id):
        raise ServiceAccountWrong("bad_email")
    return ServiceAccount(file.client_email, file.private_key_id, _load(file.private_key))


def access_token(account: ServiceAccount, scopes: Sequence[str], token_url: str = TOKEN_URL) -> Granted:
    """A new token for `scopes`. Raises `ServiceAccountRefused` and `GoogleAway`, without anything of Google's."""
    import requests
    from google.auth.exceptions import GoogleAuthError, RefreshError

    failed: NuMirrorError = GoogleAway()
    try:
        return _granted(account, scopes, token_url)
    except RefreshError as error:
        if not error.retryable:
            failed = ServiceAccountRefused()
    except (GoogleAuthError, requests.RequestException, TypeError, ValueError):  # the last two: an answer that is none
        pass
    raise failed


def _read(text: str) -> _KeyFile:
    code = "not_json"
    try:
        return msgspec.json.decode(text, type=_KeyFile)
    except msgspec.ValidationError:
        code = "not_service_account"
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        pass
    raise ServiceAccountWrong(code)


def _load(pem: str) -> RSAPrivateKey:
    try:
        key = load_pem_private_key(pem.encode("ascii"), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if key is None:
        raise ServiceAccountWrong("bad_key")
    if not isinstance(key, RSAPrivateKey) or key.key_size not in _KEY_BITS:
        raise ServiceAccountWrong("weak_key")
    return key


def _granted(account: ServiceAccount, scopes: Sequence[str], token_url: str) -> Granted:
    from google.auth.crypt import RSASigner
    from google.oauth2.service_account import Credentials

    signer = RSASigner(account.key, account.key_id)
    credentials = Credentials(signer, account.email, token_url, scopes=list(scopes))
    credentials.refresh(_Once())
    if not isinstance(credentials.token, str) or credentials.expiry is None:
        raise ValueError("no token")
    return Granted(credentials.token, credentials.expiry.replace(tzinfo=UTC))


class _Once:
    """google-auth's way to the network. By itself it would ask three times, with pauses, and follow redirects."""

    def __init__(self) -> None:
        self._asked = False

    def __call__(self, url: str, method: str, body: bytes, headers: dict[str, str], **_: Any) -> SimpleNamespace:
        import requests
        from google.auth.exceptions import TransportError

        if self._asked:
            raise TransportError
        self._asked = True
        with requests.Session() as session:
            session.trust_env = False
            answer = session.request(method, url, data=body, headers=headers, timeout=_TIMEOUT, allow_redirects=False)
        return SimpleNamespace(status=answer.status_code, data=answer.content, headers=answer.headers)
