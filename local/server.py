"""What the real servers have in common: started without waiting, asked until ready, stopped for certain."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import ExitStack
from typing import ClassVar, Self

from local.child import Child


class Server(ABC):
    """A server process. Use it in a `with`, or `start`, `ready` and `stop` it."""

    ready_within: ClassVar[float] = 60.0
    """Seconds that a start may take."""
    stops_within: ClassVar[float] = 10.0
    """Seconds for it to end by itself, before it is made to."""

    def __init__(self) -> None:
        self.child: Child | None = None
        self._held = ExitStack()

    @abstractmethod
    def start(self) -> Child:
        """Start it; don't wait for it."""

    @abstractmethod
    def ready(self) -> bool:
        """Whether it takes connections."""

    def stop(self) -> None:
        """Stop it, and wait until it is gone."""
        if self.child:
            self.child.stop(self.stops_within)
        self._clear_away()
        self._held.close()

    def _clear_away(self) -> None:  # noqa: B027  most leave nothing
        """What it leaves behind, while its folder is still held."""

    def __enter__(self) -> Self:
        try:
            self.start().await_ready(self.ready, self.ready_within)
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *fault: object) -> None:
        self.stop()
