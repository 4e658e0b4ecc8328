"""Google Secret Manager over REST: the payload of one version of a secret.

https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets.versions/access
"""

import queue
import threading
from typing import Final

import msgspec

from numirror.kernel.errors import Away, NuMirrorError
from numirror.settings import SettingsWrong
from numirror.shell.resources.keyring import VARIABLE

URL = "https://secretmanager.googleapis.com"
SECONDS = 10.0
"""From the first look for credentials to the last byte."""

MAX_BYTES = 128 * 1024
"""Of an answer; a payload has at most 64 KiB (https://cloud.google.com/secret-manager/quotas)."""

_STEP_SECONDS = 5.0
_SCOPE = "https://www.googleapis.com/auth/cloud-platform"


class SecretManagerAway(Away):
    """LLM_MASTER_KEY: Secret Manager does not answer as it should. Check the network, and start again in a moment."""


class _Payload(msgspec.Struct):
    data: bytes
    checksum: int = msgspec.field(name="dataCrc32c")
    """Sent as text, as JSON has no int64. Google makes one where the writer gave none, so it is always there."""


class _Answer(msgspec.Struct):
    payload: _Payload


_decoder: Final = msgspec.json.Decoder(_Answer, strict=False)


def access(url: str, version: str) -> bytes:
    """The payload of `version` (`projects/P/secrets/S/versions/V`), intact, within SECONDS.

    Uses the credentials that `google.auth.default` finds. Raises `SettingsWrong` where the operator has to act, and
    `SecretManagerAway`; neither holds a cause, as Google's errors may quote tokens.
    """
    answers: queue.SimpleQueue[bytes | NuMirrorError] = queue.SimpleQueue()
    address = f"{url}/v1/{version}:access"
    # In a thread of its own, as the time-outs of sockets begin anew with each byte that a slow server drips.
    threading.Thread(target=lambda: answers.put(_answer(address)), daemon=True, name="secret-manager").start()
    try:
        answer = answers.get(timeout=SECONDS)
    except queue.Empty:
        answer = SecretManagerAway()
    if isinstance(answer, NuMirrorError):
        raise answer
    return answer


def _answer(address: str) -> bytes | NuMirrorError:
    from google.auth.exceptions import DefaultCredentialsError

    try:
        status, body = _get(address)
    except DefaultCredentialsError:
        return SettingsWrong(
            f"{VARIABLE}: no Google credentials were found for Secret Manager. Run as a service account, or set "
            "GOOGLE_APPLICATION_CREDENTIALS."
        )
    except Exception:  # whatever google-auth, requests or urllib3 raise
        return SecretManagerAway()
    return _checked(status, body)


def _get(address: str) -> tuple[int, bytes]:
    import google.auth
    from google.auth.transport.requests import AuthorizedSession

    credentials, _ = google.auth.default(scopes=[_SCOPE])
    with (
        AuthorizedSession(credentials, refresh_timeout=_STEP_SECONDS, max_refresh_attempts=1) as session,
        session.get(address, timeout=_STEP_SECONDS, allow_redirects=False, stream=True) as answer,
    ):
        return answer.status_code, answer.raw.read(MAX_BYTES + 1, decode_content=True)


def _checked(status: int, body: bytes) -> bytes | NuMirrorError:
    if status in (400, 401, 403, 404):
        return SettingsWrong(
            f"{VARIABLE}: Secret Manager refuses with status {status}. Check that the version exists and is enabled, "
            "and that this service account has the role Secret Manager Secret Accessor."
        )
    if status != 200 or len(body) > MAX_BYTES:
        return SecretManagerAway()
    try:
        payload = _decoder.decode(body).payload
    except msgspec.DecodeError:
        return SecretManagerAway()
    return payload.data if crc32c(payload.data) == payload.checksum else SecretManagerAway()


def crc32c(data: bytes) -> int:
    """Castagnoli's checksum (RFC 3720, 12.1 and B.4)."""
    value = 0xFFFFFFFF
    for byte in data:
        value = _TABLE[(value ^ byte) & 0xFF] ^ value >> 8
    return value ^ 0xFFFFFFFF


def _entry(value: int) -> int:
    for _ in range(8):
        value = value >> 1 ^ (0x82F63B78 if value & 1 else 0)
    return value


_TABLE: Final = tuple(map(_entry, range(256)))
