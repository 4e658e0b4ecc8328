"""Google's public keys, kept in memory.

google-auth asks for the certificates at every verification; here a thousand requests cost one fetch. A thread that
finds what it needs never waits: the kept set is an immutable value, replaced as a whole, and the lock guards only the
right to fetch.
"""

import logging
import re
import threading
import time
from collections.abc import Callable, Mapping

import msgspec
from google.auth.crypt import RSAVerifier

from numirror.kernel.errors import Away
from numirror.shell.google.fetch import Fetched
from numirror.shell.google.id_token import Key

MAX_AGE_SECONDS = 24 * 3600.0
DEFAULT_AGE_SECONDS = 3600.0
"""Google's own max-age is about six hours; the default serves when none is given."""

STALE_SECONDS = 24 * 3600.0
"""How long after its max-age a set still serves while Google is away. Not for ever: a key may have been revoked."""

REFETCH_SECONDS = 60.0
"""At most one fetch in this time while there is a set, whatever max-age and the key ids of hostile tokens say."""

RETRY_SECONDS = 5.0
"""At most one fetch in this time while there is none, so that requests don't queue up for time-outs."""

_MAX_AGE = re.compile(r"(?:^|[\s,])max-age=(\d{1,9})(?=$|[\s,])", re.IGNORECASE)
_parser = msgspec.json.Decoder(dict[str, str])
_logger = logging.getLogger(__name__)


class CertificatesAway(Away):
    """Google's certificates can't be reached, so nobody can be recognised. Please try again in a moment."""


class _Kept(msgspec.Struct, frozen=True):
    """One set. Times are readings of the clock."""

    keys: Mapping[str, Key]
    fresh_until: float


class Certificates:
    """The keys at `url`, a JSON map of key id to X.509 PEM. `clock` gives seconds and never runs backwards."""

    def __init__(self, url: str, fetch: Callable[[str], Fetched], clock: Callable[[], float] = time.monotonic) -> None:
        self._url = url
        self._fetch = fetch
        self._clock = clock
        self._fetching = threading.Lock()
        self._kept: _Kept | None = None
        self._tried_at: float | None = None

    def key(self, kid: str) -> Key | None:
        """The key called `kid`, None if Google has no such key. Raises `CertificatesAway` while we have none at all."""
        now = self._clock()
        kept = self._usable(now)
        if kept is None or kid not in kept.keys:
            kept = self._newer()
        elif now >= kept.fresh_until:
            self._refresh_unless_under_way()
            kept = self._usable(now) or kept
        return kept.keys.get(kid)

    def _usable(self, now: float) -> _Kept | None:
        kept = self._kept
        return kept if kept is not None and now < kept.fresh_until + STALE_SECONDS else None

    def _newer(self) -> _Kept:
        """The set after a fetch, our own or the one we waited for: right after a change of keys all miss at once."""
        with self._fetching:
            kept = self._usable(self._clock())
            if self._may_fetch(kept):  # not so if someone did while we waited
                self._refresh()
                kept = self._usable(self._clock())
        if kept is None:
            raise CertificatesAway
        return kept

    def _refresh_unless_under_way(self) -> None:
        if self._fetching.acquire(blocking=False):
            try:
                if self._may_fetch(self._kept):
                    self._refresh()
            finally:
                self._fetching.release()

    def _may_fetch(self, kept: _Kept | None) -> bool:
        pause = RETRY_SECONDS if kept is None else REFETCH_SECONDS
        return self._tried_at is None or self._clock() >= self._tried_at + pause

    def _refresh(self) -> None:
        """Fetches and replaces the set; keeps the old one if that fails. Only with the lock held."""
        try:
            answer = self._fetch(self._url)
            self._kept = _Kept(_parsed(answer.body), self._clock() + _age(answer.cache_control))
        except Exception as error:  # whatever the network or a wrong answer raises: the old set serves
            _logger.warning("google_certificates_not_fetched", extra={"error": type(error).__name__})
        finally:
            self._tried_at = self._clock()  # after the attempt: it may have taken as long as the pause


def _parsed(body: bytes) -> dict[str, Key]:
    """Key id to key. Raises if there is none, or if one can't be read: then the whole answer is in doubt."""
    keys: dict[str, Key] = {kid: RSAVerifier.from_string(pem) for kid, pem in _parser.decode(body).items()}
    if not keys:
        raise ValueError("No certificate in the answer.")
    return keys


def _age(cache_control: str) -> float:
    match = _MAX_AGE.search(cache_control)
    return min(float(match[1]), MAX_AGE_SECONDS) if match else DEFAULT_AGE_SECONDS
