"""What a page of the log means to one domain: its new fold, and the rows of its tables that the page touched."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from numirror import catalog
from numirror.kernel.domain import Domain
from numirror.kernel.envelope import Recorded
from numirror.kernel.mirror import Happened, Row, Table
from numirror.shell.mirrors.postgres import Checkpoint, Move

Checkpoints = Mapping[str, Checkpoint]
"""How far each domain was followed, by its name."""

FindRows = Callable[[Table, Sequence[str]], Mapping[str, Row]]
"""The rows of a table with these keys, as they are."""


class Told(NamedTuple):
    """An event as it was stored, before anybody has heard of it."""

    stream: str
    happened: Happened


def decoded(events: Sequence[Recorded]) -> list[Told]:
    """What happened, by stream; an event whose payload was blanked has nothing to tell any more."""
    return [
        Told(
            event.stream,
            Happened(
                catalog.CODECS[event.stream].decode(event.type, event.schema_version, event.data),
                event.position,
                event.occurred_at,
                str(event.metadata.get("zone", "Etc/UTC")),
            ),
        )
        for event in events
        if event.stream in catalog.CODECS and event.data is not None
    ]


def move(domain: Domain[Any], old: Checkpoint, page: Sequence[Told], until: int, find: FindRows) -> Move:
    """How far a domain comes with a page that ends at position `until`."""
    begun = _usable(domain, old)
    fold = _Fold(domain, begun, page)
    new = Checkpoint(max(until, begun.position), domain.state_version, msgspec.json.encode(fold.end()))
    return Move(domain.name, old, new, {table: _projected(table, fold, find) for table in domain.tables})


def followed(checkpoints: Checkpoints) -> int:
    """The position after which there is something to read: 0 while a domain has not begun."""
    return min(_usable(domain, checkpoints.get(domain.name, Checkpoint())).position for domain in catalog.DOMAINS)


def state_at(domain: Domain[Any], checkpoints: Checkpoints) -> Any:
    """The state of a domain as far as it was followed."""
    return _state(domain, _usable(domain, checkpoints.get(domain.name, Checkpoint())))


def _usable(domain: Domain[Any], checkpoint: Checkpoint) -> Checkpoint:
    """Where to go on from. A fold of an older shape is of no use: then from the beginning."""
    return checkpoint if checkpoint.version == domain.state_version else Checkpoint()


def _state(domain: Domain[Any], checkpoint: Checkpoint) -> Any:
    return msgspec.json.decode(checkpoint.state, type=domain.state) if checkpoint.state else domain.decider.initial


class _Fold:
    """A page as one domain hears it: its own events and notices. Iterated anew each time: thousands of states would be
    too many to keep."""

    def __init__(self, domain: Domain[Any], begun: Checkpoint, page: Sequence[Told]) -> None:
        self._evolve = domain.decider.evolve
        self._state = _state(domain, begun)
        heard = ((catalog.heard(domain, one.stream, one.happened.event), one.happened) for one in page)
        self._heard = [
            replace(happened, event=event)
            for event, happened in heard
            if event is not None and happened.position > begun.position
        ]

    def __iter__(self) -> Iterator[Happened]:
        """What happened, with the states before and after it."""
        state = self._state
        for happened in self._heard:
            before, state = state, self._evolve(state, happened.event)
            yield replace(happened, before=before, after=state)

    def end(self) -> Any:
        """The state after all of it."""
        state = self._state
        for happened in self._heard:
            state = self._evolve(state, happened.event)
        return state


def _projected(table: Table, fold: _Fold, find: FindRows) -> list[tuple[Row, int]]:
    touched = list(dict.fromkeys(key for happened in fold for key in table.rows_of(happened)))
    if not touched:
        return []
    rows: dict[str, Row | None] = dict(find(table, touched))
    positions: dict[str, int] = {}
    for happened in fold:
        for key in table.rows_of(happened):
            rows[key] = table.project(rows.get(key), replace(happened, key=key))
            positions[key] = happened.position
    return [(row, positions[key]) for key, row in rows.items() if row is not None]
