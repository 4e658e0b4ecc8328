"""What a tenant ought to see: a plain record of what they wrote themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from numirror.kernel.envelope import NewEvent, Recorded
from numirror.kernel.mirror import Row
from numirror.shell.log import Tenant
from numirror.shell.log.canonical import canonical_again
from numirror.shell.mirrors.postgres import Checkpoint

STREAMS = ("tasks", "bingo")

Seen = tuple[int, str, str, UUID, int, bytes, object]
"""An event as it is compared: position, stream, entity, command, n, data in canonical form, metadata."""


@dataclass(slots=True)
class Own:
    """All that is a tenant's. `name` stands in everything they write, and in nothing of anybody else's."""

    name: str
    tenant: Tenant
    said: int = 0
    has_log: bool = False
    is_frozen: bool = False
    is_known: bool = False
    events: list[Seen] = field(default_factory=list)
    commands: dict[UUID, tuple[str, tuple[NewEvent, ...]]] = field(default_factory=dict)
    rows: dict[str, tuple[Row, int]] = field(default_factory=dict)
    checkpoints: dict[str, Checkpoint] = field(default_factory=dict)

    def mark(self) -> str:
        """A new word that is this tenant's."""
        self.said += 1
        return f"{self.name}:{self.said}"

    def new_events(self, count: int) -> tuple[NewEvent, ...]:
        return tuple(
            NewEvent("tasks.task_added", 1, mark, b'{"title":"%s"}' % mark.encode())
            for mark in (self.mark() for _ in range(count))
        )

    @property
    def metadata(self) -> dict[str, str]:
        return {"who": self.name}

    def version(self, stream: str) -> int:
        return max((one[0] for one in self.events if one[1] == stream), default=0)

    def appended(self, stream: str, command: UUID, events: Sequence[NewEvent]) -> None:
        for n, event in enumerate(events):
            place = len(self.events) + 1
            self.events.append((place, stream, event.entity_id, command, n, event.data, self.metadata))
        self.commands[command] = (stream, tuple(events))
        self.has_log = True

    def position_of(self, command: UUID) -> int:
        return max(one[0] for one in self.events if one[3] == command)

    def moves(self, mirror: str, seen: int) -> bool:
        """Whether a checkpoint that was read at `seen` may move."""
        return self.has_log and seen == (self.checkpoints[mirror].position if mirror in self.checkpoints else 0)

    def erased(self) -> None:
        """Nothing is left but the words, which are not used again."""
        self.has_log = self.is_frozen = self.is_known = False
        for kept in (self.events, self.commands, self.rows, self.checkpoints):
            kept.clear()

    def lines(self) -> list[str]:
        """What ought to be stored, as `SharedDatabase.lines` tells it."""
        whose = self.tenant.tenant_id
        return [
            *(f"head {whose} {len(self.events)} {'ft'[self.is_frozen]}" for _ in range(self.has_log)),
            *(f"identity {whose} sub-{self.name}" for _ in range(self.is_known)),
            *(
                f"event_log {whose} {position} {stream} {entity} {command} {n} {entity} {self.name}"
                for position, stream, entity, command, n, _, _ in self.events
            ),
            *(
                f"checkpoint {whose} {mirror} tasks {one.position} {one.state.decode()}"
                for mirror, one in self.checkpoints.items()
            ),
            *(f"projection_plants {whose} {key} {row['note']} {place}" for key, (row, place) in self.rows.items()),
        ]

    def after_fold(self) -> list[tuple[int, str]]:
        """Position and entity of the events that a tail brings beside the durable folds: those are of tasks."""
        fold = self.checkpoints["postgres"].position if "postgres" in self.checkpoints else 0
        return [(one[0], one[2]) for one in self.events if one[1] != "tasks" or one[0] > fold]


def as_seen(one: Recorded) -> Seen:
    """An event that came back, as it is compared."""
    data = b"" if one.data is None else canonical_again(bytes(one.data))
    return (one.position, one.stream, one.entity_id, one.command_id, one.n, data, one.metadata)
