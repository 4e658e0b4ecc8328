"""What an event of one domain means to another: pure, from a stored event to a notice that is folded, never stored."""

from collections.abc import Callable, Mapping
from typing import Any

from numirror.kernel.decider import Event

Notice = Callable[[Any], Event | None]
"""From a stored event to what the listener hears of it, or None where it is nothing to them."""

REACTIONS: Mapping[str, Mapping[type[Event], Notice]] = {}
"""By the listening domain's name: the events of others that it hears."""
