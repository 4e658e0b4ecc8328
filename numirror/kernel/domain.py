"""A domain as one value: all that the shell, the web and the workers need to know of it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Generic, TypeVar

import msgspec

from numirror.kernel.card import Card, Icon, Show
from numirror.kernel.decider import Command, Decider, Event
from numirror.kernel.estimate import Price
from numirror.kernel.letter import Mail
from numirror.kernel.mirror import Tab, Table
from numirror.kernel.picture import Picture
from numirror.kernel.request import Replied, Request
from numirror.kernel.sheet import SheetView

State = TypeVar("State")
Upcast = Callable[[dict[str, Any]], dict[str, Any]]


class Viewer(msgspec.Struct, frozen=True):
    """For whom a card is drawn, and when: an aware instant, an IANA zone, a BCP 47 locale.

    `sheet` is what was read of the Discovery Map for a page that wants it (`Domain.reads`). `has_ai` says whether the
    person has an AI account that workers may ask, `price` what it takes; None where nobody knows that.
    """

    now: datetime
    zone: str
    locale: str = "en"
    sheet: SheetView = SheetView()
    has_ai: bool = False
    price: Price | None = None


class MenuEntry(msgspec.Struct, frozen=True):
    """A line in the add-on's own menu, which is there beside any card: it opens a page of the domain."""

    label: str
    page: str
    fields: Mapping[str, str] = {}


def _nothing_said(_state: Any, _viewer: Viewer) -> str:
    return ""


def _nothing_asked(_state: Any) -> tuple[Request, ...]:
    return ()


def _the_first_card(_events: Any) -> None:
    return None


def _no_answer(_request: Request, _replied: Replied) -> tuple[type[Command], Mapping[str, Any]]:
    raise LookupError("this domain asks nothing")


class Domain(msgspec.Struct, Generic[State], frozen=True):
    """`state_version` changes whenever the shape of the state does: older folds are then thrown away and folded anew.

    `home` draws the domain's first card, `pages` its others by name (they get the fields of the click). `said` is the
    sentence after a command's events, `after` the page that is shown then; None is the first card. `title` and `icon`
    stand for the domain elsewhere, `news` is its line on the first card of all, empty where there is none. `upcasts`
    holds, by type and old schema version, the step to the next version.

    The decider's `evolve` gets notices too: events that the domain hears of others (`reactions`), never stored.
    `reads` says, by the name of a page or command, which tab of the Discovery Map is read for it: its title, or ""
    where the field `tab` names it. A page finds it as `viewer.sheet`, a command in a field `sheet`.
    `media` gives, by file name, the pictures that a `Drawn` widget or an `OpenFile` click shows: one for `.png`, any
    number for `.pdf` and `.cbz`, none where it is gone. `requests` is what waits for an AI, found in the state, oldest
    first; `reply` says which command, with which fields, takes what came of one. `mail` says how its events travel to
    other people's logs; None where they do not.
    """

    name: str
    state: type[State]
    state_version: int
    decider: Decider[State]
    events: tuple[type[Event], ...]
    commands: tuple[type[Command], ...]
    home: Callable[[State, Viewer], Card]
    pages: Mapping[str, Callable[[State, Viewer, Mapping[str, str]], Card]]
    said: Callable[[Any], str]
    title: str = ""
    icon: Icon = "DESCRIPTION"
    news: Callable[[State, Viewer], str] = _nothing_said
    after: Callable[[Any], Show | None] = _the_first_card
    tables: tuple[Table, ...] = ()
    tabs: tuple[Tab, ...] = ()
    upcasts: Mapping[tuple[str, int], Upcast] = {}
    menu: tuple[MenuEntry, ...] = ()
    reads: Mapping[str, str] = {}
    media: Mapping[str, Callable[[State, Viewer, Mapping[str, str]], tuple[Picture, ...]]] = {}
    requests: Callable[[State], tuple[Request, ...]] = _nothing_asked
    reply: Callable[[Request, Replied], tuple[type[Command], Mapping[str, Any]]] = _no_answer
    mail: Mail[State] | None = None

    @property
    def asks(self) -> bool:
        """Whether the domain ever wants anything of an AI."""
        return self.requests is not _nothing_asked
