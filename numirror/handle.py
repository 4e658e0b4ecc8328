"""Down: a command comes in, events go into the log, the new state comes back for a card."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

import msgspec
import structlog

from numirror import catalog
from numirror.kernel.decider import Command, Event
from numirror.kernel.domain import Domain
from numirror.kernel.errors import Away
from numirror.shell.google.identity import Visitor
from numirror.shell.log import EventLog, SchemaMissing, Tail, VersionConflict
from numirror.shell.log.read import TailEvent
from numirror.shell.mirrors.redis import ReadModel
from numirror.shell.stores import Stores
from numirror.shell.visits import Place, Visit, Visits

ATTEMPTS = 20
"""Of one person, hardly ever more than two clicks meet; a script may send many."""

log = structlog.get_logger()


class Busy(Away):
    """Too much happens at once just now. Nothing was changed; please try again."""


class Heads(msgspec.Struct, frozen=True):
    """The state of every domain at `position` of the log; `log_id` is None while there is no log yet."""

    log_id: UUID | None
    position: int
    states: Mapping[str, Any]


class Handled(msgspec.Struct, frozen=True):
    """The states after a command, and the events it led to; none where it was so already."""

    heads: Heads
    events: tuple[Event, ...]


def visits_of(stores: Stores) -> Visits:
    """Visits with what every domain of the catalog needs."""
    return Visits(stores, catalog.STREAMS, catalog.TABS, catalog.TABLES)


class Handler:
    """Reads states and handles commands for the visits of verified people."""

    def __init__(self, event_log: EventLog, visits: Visits) -> None:
        self._log = event_log
        self._visits = visits

    def enter(self, visitor: Visitor, place: Place, *, command: bool, anew: bool = False) -> tuple[Visit, Heads] | None:
        """The visit and what it sees; None if the person has not allowed the use of any Sheet yet.

        With `anew` the Discovery Map is read again, whatever was lent before.
        """
        visit = None if anew else self._visits.open(visitor, place, command=command)
        if visit is not None:
            try:
                return visit, self.read(visit)
            except SchemaMissing:
                log.warning("the tables are gone; making them again")
        visit = self._connect(visitor, place)
        return None if visit is None else (visit, self.read(visit))

    def visit(self, visitor: Visitor, place: Place) -> Visit | None:
        """The visit alone, without a look at the log: that may be what is to be mended."""
        return self._visits.open(visitor, place, command=False) or self._connect(visitor, place)

    def _connect(self, visitor: Visitor, place: Place) -> Visit | None:
        if not place.sheet_id or not place.google_token:
            return None
        return self._visits.connect(visitor, place)

    def move_here(self, visitor: Visitor, place: Place) -> None:
        """The open Sheet becomes the Discovery Map, with the settings of the one before."""
        self._visits.connect(visitor, place, move=True)

    def read(self, visit: Visit) -> Heads:
        """Every domain's state at the head of the log: read models and the tail after them. One call to Postgres."""
        models = visit.models
        if all(domain.name in models for domain in catalog.DOMAINS):
            tail = self._log.tail(visit.tenant, min(model.position for model in models.values()))
            if all(model.log_id == tail.log_id and model.position <= tail.position for model in models.values()):
                # In an own Redis anything may stand there.
                with suppress(msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                    return self._fold(visit, tail, {name: (m.position, m.state) for name, m in models.items()})
            # Or they were drawn from another log than this one: the user moved it, or took back a backup.
        tail = self._log.tail(visit.tenant, None)
        saved = {name: (fold.position, fold.state) for name, fold in tail.saved.items()}
        if any(fold.version != catalog.STREAMS.get(name) for name, fold in tail.saved.items()):
            # Of an older shape: of no use, and the tail begins after it.
            tail, saved = self._log.tail(visit.tenant, 0), {}
        heads = self._fold(visit, tail, saved)
        if heads.log_id is not None and visit.is_present:
            # Whoever lost them may have lost the wake too. A worker's look wakes nobody, or two would wake each other.
            self._visits.close(visit, _models(heads.log_id, heads.position, heads.states))
        return heads

    def _fold(self, visit: Visit, tail: Tail, saved: Mapping[str, tuple[int, bytes]]) -> Heads:
        states = {domain.name: _state(domain, saved) for domain in catalog.DOMAINS}
        while True:
            for event in tail.events:
                if listeners := _listeners(event, saved):
                    decoded = catalog.CODECS[event.stream].decode(event.type, event.schema_version, event.data)
                    _tell(states, event.stream, listeners, decoded)
            if not tail.events or tail.events[-1].position >= tail.position:
                return Heads(tail.log_id, tail.position, states)
            tail = self._log.tail(visit.tenant, tail.events[-1].position)

    def handle(self, visit: Visit, heads: Heads, domain: Domain[Any], command: Command) -> Handled:
        """Decide and append, again if the stream moved meanwhile; then hand the new state on and wake the workers.

        Raises `Refused`, the log's errors, and `Busy` when others kept being quicker.
        """
        for _ in range(ATTEMPTS):
            events = domain.decider.decide(heads.states[domain.name], command)
            if not events:
                return Handled(heads, ())
            try:
                return self._append(visit, heads, domain, command, events)
            except VersionConflict:
                heads = self.read(visit)
        raise Busy

    def _append(
        self, visit: Visit, heads: Heads, domain: Domain[Any], command: Command, events: tuple[Event, ...]
    ) -> Handled:
        if visit.trial:
            visit.trial.check(heads.position, command.now)
        codec = catalog.CODECS[domain.name]
        appended = self._log.append(
            visit.tenant,
            domain.name,
            heads.position,
            command.command_id,
            [codec.encode(event) for event in events],
            command.now,
            {"zone": command.zone, "by": command.origin},
        )
        if appended.repeated:
            return Handled(self.read(visit), ())
        states = dict(heads.states)
        for event in events:
            _tell(states, domain.name, catalog.LISTENERS[domain.name], event)
        # Of the first event all of them, so that none is missing at the next opening. Else those who only heard of it
        # can wait for the worker: folding a few events of the tail costs less than writing every state each time.
        kept = states if heads.log_id is None else {domain.name: states[domain.name]}
        self._visits.close(visit, _models(appended.log_id, appended.position, kept))
        return Handled(Heads(appended.log_id, appended.position, states), events)


_NOTHING = (0, b"")
_BLANKED = b"null"


def _listeners(event: TailEvent, saved: Mapping[str, tuple[int, bytes]]) -> list[Domain[Any]]:
    """Who has not folded this event yet; nobody where its payload was blanked."""
    if event.data == _BLANKED:
        return []
    known = catalog.LISTENERS.get(event.stream, ())
    return [domain for domain in known if event.position > saved.get(domain.name, _NOTHING)[0]]


def _tell(states: dict[str, Any], stream: str, listeners: Iterable[Domain[Any]], event: Event) -> None:
    """Folds an event of `stream` into the states of those who hear of it."""
    for domain in listeners:
        heard = catalog.heard(domain, stream, event)
        if heard is not None:
            states[domain.name] = domain.decider.evolve(states[domain.name], heard)


def _models(log_id: UUID, position: int, states: Mapping[str, Any]) -> dict[str, ReadModel]:
    return {name: ReadModel(log_id, position, msgspec.json.encode(state)) for name, state in states.items()}


def _state(domain: Domain[Any], saved: Mapping[str, tuple[int, bytes]]) -> Any:
    if domain.name not in saved:
        return domain.decider.initial
    return msgspec.json.decode(saved[domain.name][1], type=domain.state)
