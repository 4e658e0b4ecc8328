"""One call of the Drive API."""

from dataclasses import dataclass

from simulator.drive.errors import missing
from simulator.identity.people import People
from simulator.routing import Call
from simulator.storage import access
from simulator.storage.file import File
from simulator.storage.store import Store
from simulator.wire import Json


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, for what, with which body."""

    email: str
    people: People
    call: Call
    body: Json
    everything: bool
    """Whether the token opens all files of its person, not only those that were granted."""

    def file(self, store: Store) -> File:
        """The file that the path names. Raises `DriveError` (404) when this token does not see it."""
        file = store.get(self.call.names["id"])
        if file is None or not access.visible(file, self.email, self.everything):
            raise missing(self.call.names["id"])
        return file
