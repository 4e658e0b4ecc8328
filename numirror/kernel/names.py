"""How stored names are made from class names: `TaskAdded` in the domain `tasks` is `tasks.task_added`."""

import re
from functools import cache

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@cache
def snake(cls: type) -> str:
    """`CompleteTask` -> `complete_task`."""
    return _HUMP.sub("_", cls.__name__).lower()
