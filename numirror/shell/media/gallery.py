"""Shows pictures: those that are there at once, others as soon as a worker has drawn them."""

from collections.abc import Mapping
from datetime import datetime
from threading import BoundedSemaphore
from time import monotonic

import redis

from numirror.kernel.errors import Away, NuMirrorError
from numirror.shell.media.links import Address, MediaLinks
from numirror.shell.media.pictures import Pictures

SECONDS = 8.0
"""Google's proxy waits for a picture about as long."""

WAITING = 3
"""Threads of one process that may wait at once: of eight, most must stay for cards."""


class LinkOver(NuMirrorError):
    """This link is over. Open the sidebar for a fresh card: its pictures have new links."""


class NoPicture(NuMirrorError):
    """There is no such picture any more. Open the sidebar to see what there is."""


class NotYet(Away):
    """The picture is being drawn. Please try again in a moment."""


class Gallery:
    """One per process."""

    def __init__(self, links: MediaLinks, pictures: Pictures, seconds: float = SECONDS, waiting: int = WAITING) -> None:
        """Nobody waits longer than `seconds`, and never more than `waiting` at once."""
        self._links = links
        self._pictures = pictures
        self._seconds = seconds
        self._seats = BoundedSemaphore(waiting)

    def show(
        self, tenant_hash: str, expires: int, domain: str, name: str, query: Mapping[str, str], now: datetime
    ) -> bytes:
        """The bytes behind a link. Raises `LinkOver`, `NoPicture` and `NotYet`."""
        address = self._links.check(tenant_hash, expires, domain, name, query, now)
        if address is None:
            raise LinkOver
        try:
            found = self._pictures.find(address)
            if found is None:
                found = self._awaited(address)
        except redis.RedisError:
            raise NotYet from None
        if not found:
            raise NoPicture
        return found

    def _awaited(self, address: Address) -> bytes:
        if not self._seats.acquire(blocking=False):
            raise NotYet
        try:
            return self._drawn(address)
        finally:
            self._seats.release()

    def _drawn(self, address: Address) -> bytes:
        if not self._pictures.wish(address):
            raise NotYet
        ends = monotonic() + self._seconds
        while (found := self._pictures.find(address)) is None:
            left = ends - monotonic()
            if left <= 0:
                raise NotYet
            self._pictures.listen(address, left)
        return found
