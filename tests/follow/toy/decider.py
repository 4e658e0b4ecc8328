"""The rules."""

import msgspec
from numirror.domains.toy.commands import Count
from numirror.domains.toy.events import Counted

from numirror.kernel.decider import Decider


class Toy(msgspec.Struct, frozen=True):
    total: int = 0


def decide(_: Toy, command: Count) -> tuple[Counted, ...]:
    return (Counted(entity_id="counter", by=command.by),) if command.by else ()


def evolve(state: Toy, event: Counted) -> Toy:
    return Toy(state.total + event.by)


DECIDER = Decider(initial=Toy(), decide=decide, evolve=evolve)
