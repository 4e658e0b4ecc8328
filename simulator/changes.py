"""Tells listeners which spreadsheet changed, and where people are in it, as Server-Sent Events."""

import json
import queue
import threading
from collections.abc import Iterator

from simulator.storage.file import File
from simulator.wire import Json

_HEARTBEAT_SECONDS = 10.0
_MOST_WAITING = 1000


class Changes:
    """One queue for each listener. A listener that falls far behind is let go; a browser then connects again."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: list[queue.Queue[str]] = []

    def tell(self, file: File) -> None:
        """Tell everyone that this file has a new revision."""
        self._say("sheet", {"id": file.id, "revision": file.revision})

    def point(self, cursor: Json) -> None:
        """Tell everyone where somebody's cursor is. It is kept nowhere."""
        self._say("cursor", cursor)

    def _say(self, event: str, data: Json) -> None:
        text = f"event: {event}\ndata: {json.dumps(data)}\n\n"
        with self._lock:
            for listener in self._listeners.copy():
                try:
                    listener.put_nowait(text)
                except queue.Full:
                    self._listeners.remove(listener)

    def listen(self) -> Iterator[str]:
        """The stream for one listener: it begins at once, and never pauses for long."""
        mine: queue.Queue[str] = queue.Queue(_MOST_WAITING)
        with self._lock:
            self._listeners.append(mine)
        return self._stream(mine)

    def _stream(self, mine: "queue.Queue[str]") -> Iterator[str]:
        try:
            yield ": listening\n\n"
            while mine in self._listeners or not mine.empty():
                try:
                    yield mine.get(timeout=_HEARTBEAT_SECONDS)
                except queue.Empty:
                    yield ": still here\n\n"
        finally:
            with self._lock:
                if mine in self._listeners:
                    self._listeners.remove(mine)
