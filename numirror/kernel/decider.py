"""Commands, events, and the two functions that tie them: decide and evolve."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, ClassVar, Generic, Literal, TypeVar
from uuid import UUID

import msgspec

Origin = Literal["sidebar", "sheet", "worker"]
State = TypeVar("State")


class Command(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A wish, in the imperative; may be refused. Time, zone and ids come in with it.

    `command_id` makes it happen at most once; `now` is an aware instant; `zone` an IANA name.
    """

    command_id: UUID
    now: datetime
    zone: str
    origin: Origin = "sidebar"


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """A fact, in the past tense. `entity_id` says which thing of the stream it is about."""

    schema_version: ClassVar[int] = 1

    entity_id: str


class Decider(msgspec.Struct, Generic[State], frozen=True):
    """The rules of a domain as a value: the state before any event, what a wish leads to, what a fact changes.

    `decide` answers with events, with () where there is nothing to do, or raises `Refused`.
    """

    initial: State
    decide: Callable[[State, Any], tuple[Event, ...]]
    evolve: Callable[[State, Any], State]

    def fold(self, state: State, events: Iterable[Event]) -> State:
        """The state after `events`, in order."""
        for event in events:
            state = self.evolve(state, event)
        return state
