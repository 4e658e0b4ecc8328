"""What an event of one domain means to another: pure, from a stored event to a notice that is folded, never stored."""

from collections.abc import Callable, Mapping
from typing import Any

from numirror.domains.bingo import events as bingo
from numirror.domains.comics import events as comics
from numirror.domains.reporting import events as reporting
from numirror.domains.stories import events as stories
from numirror.domains.tasks import events as tasks
from numirror.kernel.decider import Event

Notice = Callable[[Any], Event]
"""From a stored event to what the listener hears of it."""

REACTIONS: Mapping[str, Mapping[type[Event], Notice]] = {
    "reporting": {
        tasks.TaskAdded: lambda e: reporting.ItemAdded(entity_id=e.entity_id, title=e.title, due=e.due, on=e.on),
        tasks.TaskCompleted: lambda e: reporting.ItemDone(entity_id=e.entity_id, on=e.on),
        tasks.TaskReopened: lambda e: reporting.ItemReopened(entity_id=e.entity_id),
        tasks.TaskRenamed: lambda e: reporting.ItemRenamed(entity_id=e.entity_id, title=e.title),
        tasks.TaskDeleted: lambda e: reporting.ItemDeleted(entity_id=e.entity_id, on=e.on),
    },
    "bingo": {
        tasks.TaskAdded: lambda e: bingo.TaskNamed(entity_id=e.entity_id, title=e.title),
        tasks.TaskRenamed: lambda e: bingo.TaskNamed(entity_id=e.entity_id, title=e.title),
        tasks.TaskCompleted: lambda e: bingo.TaskDone(entity_id=e.entity_id),
        tasks.TaskReopened: lambda e: bingo.TaskOpenAgain(entity_id=e.entity_id),
        tasks.TaskDeleted: lambda e: bingo.TaskDropped(entity_id=e.entity_id),
    },
    "comics": {
        stories.StoryTold: lambda e: comics.StoryHeard(entity_id=e.entity_id, title=e.title, text=e.text),
        stories.StoryDeleted: lambda e: comics.StoryUnheard(entity_id=e.entity_id),
    },
}
"""By the listening domain's name: the events of others that it hears."""
