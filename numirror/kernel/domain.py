"""A domain as one value: all that the shell, the web and the workers need to know of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from numirror.kernel.card import Card
from numirror.kernel.decider import Command, Decider, Event
from numirror.kernel.mirror import Tab, Table

State = TypeVar("State")
Upcast = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Viewer:
    """For whom a card is drawn, and when: an aware instant, an IANA zone, a BCP 47 locale."""

    now: datetime
    zone: str
    locale: str = "en"


@dataclass(frozen=True, slots=True)
class Domain(Generic[State]):
    """`state_version` changes whenever the shape of the state does: older folds are then thrown away and folded anew.

    `home` draws the domain's first card, `pages` its others by name (they get the fields of the click). `said` is the
    sentence after a command's events. `upcasts` holds, by type and old schema version, the step to the next version.
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
    tables: tuple[Table, ...] = ()
    tabs: tuple[Tab, ...] = ()
    upcasts: Mapping[tuple[str, int], Upcast] = field(default_factory=dict)
