"""Who calls, and who sits in front of the screen.

Two tokens come with each request: the system token proves that Google's add-on service calls for our project, the
user token says which Google account it is. Whatever is wrong with one, the answer is the same error, and nothing of
the token is in it.
"""

import time
from collections.abc import Callable
from typing import Any

import msgspec

from numirror.kernel.errors import NuMirrorError
from numirror.shell.google import claims, id_token
from numirror.shell.google.certificates import Certificates, CertificatesAway
from numirror.shell.google.claims import Expected, Json, Rules
from numirror.shell.google.fetch import Fetched
from numirror.shell.google.fetch import fetch as get

__all__ = ["CertificatesAway", "EmailNotGranted", "NotAuthenticated", "Verifier", "Visitor"]

_SCHEME = "bearer "


class NotAuthenticated(NuMirrorError):
    """This request could not be recognised. Please close the sidebar and open it again."""


class EmailNotGranted(NuMirrorError):
    """NuMirror does not know who you are yet. Please allow it to see your e-mail address."""


class Visitor(msgspec.Struct, frozen=True):
    """The Google account in front of the screen.

    `tenant_id` is the address in lower case, nothing else folded (dots and plus signs stay). It is a candidate until
    `nu.identity` has agreed: an address that comes with a new `sub` is another person.
    """

    email: str
    sub: str
    tenant_id: str

    def __repr__(self) -> str:
        return "Visitor(***)"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return []


class Verifier:
    """Checks both tokens. One per process; threads share it. `clock` gives seconds since 1970."""

    def __init__(
        self,
        *,
        client_id: str,
        service_account: str,
        certs_url: str,
        fetch: Callable[[str], Fetched] = get,
        clock: Callable[[], float] = time.time,
    ) -> None:
        if not client_id or not service_account:
            raise ValueError("Without client id and service account, tokens made for others would pass.")
        self._client_id = client_id
        self._service_account = service_account
        self._certificates = Certificates(certs_url, fetch)
        self._clock = clock

    def verify_system(self, header: str | None, url: str) -> None:
        """Returns if the `Authorization` header shows that Google calls `url` for our add-on.

        `url` is the whole public address of this call: the configured base, then path and query as received, never
        taken from `Host`. Raises `NotAuthenticated`, `CertificatesAway`.
        """
        scheme, token = (header or "")[: len(_SCHEME)], (header or "")[len(_SCHEME) :]
        expected = Expected(url, self._clock(), self._service_account)
        if scheme.lower() != _SCHEME or self._said(token, expected, claims.SYSTEM) is None:
            raise NotAuthenticated

    def verify_user(self, token: str | None) -> Visitor:
        """The visitor whose `userIdToken` this is. Raises `NotAuthenticated`, `CertificatesAway`.

        Raises `EmailNotGranted` without a token: Google sends none until the visitor granted `userinfo.email`.
        """
        if not token:
            raise EmailNotGranted
        said = self._said(token, Expected(self._client_id, self._clock()), claims.USER)
        if said is None:
            raise NotAuthenticated
        return Visitor(said["email"], said["sub"], said["email"].lower())

    def _said(self, token: str, expected: Expected, rules: Rules) -> Json | None:
        # Answers None instead of raising so that the error made of it has no context: that would hold the token.
        try:
            return id_token.read(token, self._certificates.key, expected, rules)
        except CertificatesAway:
            raise
        except Exception:
            return None
