"""The three ways of a worker into a Sheet: the owner's service account, the platform's, or the token of a visit.

The first has a quota of its own and works while its owner is away; the other two share the project's quota.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

from numirror.kernel.errors import NuMirrorError
from numirror.shell.google.service_account import Granted, access_token, parse_service_account
from numirror.shell.resources.leases import Lease

Lane = Literal["own", "platform", "visit"]

SCOPES = ("https://www.googleapis.com/auth/spreadsheets",)
_KEPT = 256
_RENEW_BEFORE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Pass:
    """A token and the lane that it is for."""

    lane: Lane
    token: str = field(repr=False)


class Lanes:
    """Finds the way in for a lease. One per process; tokens of service accounts are kept until shortly before they end.

    `platform` is the key file of the platform's service account, '' where there is none.
    """

    def __init__(
        self, token_url: str, platform: str = "", clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._token_url = token_url
        self._platform = platform
        self._clock = clock
        self._granted: OrderedDict[str, Granted] = OrderedDict()

    @property
    def platform_email(self) -> str:
        """Whom to share a Sheet with for the second lane; '' where there is none. Raises `ServiceAccountWrong`."""
        return parse_service_account(self._platform, self._token_url).email if self._platform else ""

    def find(self, lease: Lease) -> Iterator[Pass]:
        """The ways that are open now, the best one first; none where the person has to come by first.

        Raises `GoogleAway`. A key that Google no longer takes counts as none.
        """
        if lease.google.value is not None and (token := self._token(lease.google.value.file)):
            yield Pass("own", token)
        if lease.shared and self._platform and (token := self._token(self._platform)):
            yield Pass("platform", token)
        if self._clock() < lease.google_token_expires:
            yield Pass("visit", lease.google_token)

    def _token(self, file: str) -> str:
        known = self._granted.get(file)
        if known is not None and self._clock() < known.expires - _RENEW_BEFORE:
            return known.token
        try:
            granted = access_token(parse_service_account(file, self._token_url), SCOPES, self._token_url)
        except NuMirrorError as error:
            if not error.permanent:
                raise
            return ""
        self._granted[file] = granted
        while len(self._granted) > _KEPT:
            self._granted.popitem(last=False)
        return granted.token
