"""Waiting for what must come true, without guessing how long it takes."""

import threading
from collections.abc import Callable
from time import monotonic
from typing import TypeVar

Seen = TypeVar("Seen")


def eventually(look: Callable[[], Seen], seconds: float = 30.0) -> Seen:
    """What `look` gives as soon as it is true. Fails after `seconds`, with what it gave last."""
    ends = monotonic() + seconds
    while not (seen := look()):
        assert monotonic() < ends, f"still {seen!r} after {seconds:g} s"
        threading.Event().wait(0.02)
    return seen
