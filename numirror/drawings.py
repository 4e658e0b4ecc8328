"""Draws the pictures that one tenant's cards wish for, from the states at the head of the log."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any, TypeAlias

import structlog

from numirror import catalog
from numirror.handle import Handler, Heads, visits_of
from numirror.kernel.domain import Viewer
from numirror.kernel.picture import ComicPage, Picture
from numirror.settings import Settings
from numirror.shell.media import Address, Pictures
from numirror.shell.queue import Follow, Next
from numirror.shell.stores import Stores
from numirror.shell.visits import Visit, Visits

TRIES = 2
"""Of a picture that ended the process that drew it."""

PAGE_WIDTH = 900
"""Pixels of a comic's page on a card, whose sidebar is 300 wide; a book has larger ones, which take longer."""

Draw: TypeAlias = Callable[[str, tuple[Picture, ...]], bytes]
"""From the kind of file and what is to be seen to its bytes."""

log = structlog.get_logger()


def build(settings: Settings) -> Follow:
    """What a worker does for one tenant. Connections do not survive a fork, so they are made at the first tenant."""
    from numirror.shell import drawing

    drawing.prepare()  # before the forks: else each job would load the fonts again
    drawer = cache(partial(_drawer, settings))
    return lambda tenant_hash, deadline: drawer().draw(tenant_hash, deadline)


def _drawer(settings: Settings) -> "Drawer":
    stores = Stores(settings)
    visits = visits_of(stores)
    return Drawer(Pictures(stores), visits, Handler(stores.log, visits), drawn)


class Drawer:
    """Works off the wishes of one tenant at a time."""

    def __init__(self, pictures: Pictures, visits: Visits, handler: Handler, draw: Draw) -> None:
        self._pictures = pictures
        self._visits = visits
        self._handler = handler
        self._draw = draw

    def draw(self, tenant_hash: str, deadline: float) -> Next:
        """Draws what is wished for, at most until `deadline` (of `time.monotonic`). Raises what the log raises."""
        wishes = self._pictures.wishes(tenant_hash)
        visit = self._visits.represent(tenant_hash) if wishes else None
        heads = None if visit is None else self._handler.read(visit)
        for wish in wishes:
            if time.monotonic() >= deadline:
                return Next(up_to_date=False)
            found = self._pictures.find(wish)  # wished for again just when it was done
            if found is None:
                found = b"" if visit is None or heads is None else self._content(visit, heads, wish)
            self._pictures.save(wish, found)
        return Next(up_to_date=True)

    def _content(self, visit: Visit, heads: Heads, wish: Address) -> bytes:
        """The bytes; none where there is nothing to be seen, or where it can't be drawn."""
        if self._pictures.begin(wish) > TRIES:
            return b""
        try:
            seen = _seen(visit, heads, wish)
            return self._draw(wish.kind, seen) if seen else b""
        except Exception as error:  # at the edge: of a picture that can't be drawn, the others are not to suffer
            log.warning("not drawn", domain=wish.domain, name=wish.name, error=type(error).__name__)
            return b""


def _seen(visit: Visit, heads: Heads, wish: Address) -> tuple[Picture, ...]:
    domain = catalog.BY_NAME.get(wish.domain)
    media: Any = domain.media.get(wish.name) if domain else None
    if media is None:
        return ()
    lease = visit.lease
    viewer = Viewer(datetime.now(UTC), lease.zone, lease.locale, has_ai=lease.has_ai)
    seen: tuple[Picture, ...] = media(heads.states[wish.domain], viewer, wish.fields)
    return seen


def drawn(kind: str, seen: tuple[Picture, ...]) -> bytes:
    """A picture as a card shows it, or a whole book. Raises `Undrawable`."""
    from numirror.shell import drawing

    match kind:
        case "png":
            return drawing.png(seen[0], PAGE_WIDTH if isinstance(seen[0], ComicPage) else None)
        case "pdf":
            return drawing.pdf(_pages(seen))
        case _:
            return drawing.cbz(_pages(seen), seen[0].title)


def _pages(seen: tuple[Picture, ...]) -> list[ComicPage]:
    """The leaves of a book; nothing else can be bound."""
    return [one for one in seen if isinstance(one, ComicPage)]
