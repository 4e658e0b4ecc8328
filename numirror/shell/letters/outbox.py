"""The sender's side: the log is read on from where each person is, and letters are made of what it tells them."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from numirror.kernel.decider import Event
from numirror.kernel.envelope import Recorded
from numirror.kernel.letter import CONTENT_BYTES, Letter, Mail, Told
from numirror.shell.letters.mailboxes import Mailboxes
from numirror.shell.letters.pace import Pace
from numirror.shell.letters.ways import Way
from numirror.shell.log import EventLog, Tenant

_encode = msgspec.json.Encoder().encode


@dataclass(slots=True)
class Outbox:
    """One tenant's letters of one domain. `ways` are by address, and move as letters go out."""

    tenant: Tenant
    line: str
    stream: str
    mail: Mail[Any]
    decode: Callable[[Recorded], Event]
    ways: dict[str, Way]
    pace: Pace
    _letters: dict[str, list[Letter]] = field(default_factory=dict)

    def send(self, log: EventLog, mailboxes: Mailboxes, now: float, deadline: float) -> bool:
        """Sends what there is to send, page by page; False if the time (of `time.monotonic`) was over before that."""
        while ready := [way.scanned for way in self.ways.values() if self._is_ready(way)]:
            page = log.read(self.tenant, min(ready))
            for event in page:
                self._tell(event, now)
            self._post(mailboxes)
            if not page:
                return True
            self._scanned(page[-1].position)
            if time.monotonic() >= deadline:
                return False
        return True

    def retry(self, log: EventLog, mailboxes: Mailboxes, now: float) -> None:
        """Sends the last letter again to those who have been silent for too long: all of them would fill mailboxes."""
        for address, way in self.ways.items():
            if not 0 < way.retry_at <= now:
                continue
            for event in log.read(self.tenant, way.sent - 1, 1):
                told = self._told(event)
                if told is not None and address in told.to:
                    self._write(address, event.position, way.before, told)
            self.ways[address] = way.retried(now, self.pace)
        self._post(mailboxes)

    def _tell(self, event: Recorded, now: float) -> None:
        told = self._told(event)
        for address in told.to if told else ():
            way = self.ways.get(address)
            if told and way and way.scanned < event.position and self._is_ready(way):
                self._write(address, event.position, way.sent, told)
                self.ways[address] = way.with_letter(event.position, now, self.pace)

    def _told(self, event: Recorded) -> Told | None:
        if event.stream != self.stream or event.data is None:
            return None
        return self.mail.told(self.decode(event))

    def _write(self, address: str, number: int, after: int, told: Told) -> None:
        content = told.content if len(_encode(told.content)) <= CONTENT_BYTES else None
        self._letters.setdefault(address, []).append(Letter(self.line, number, after, told.serial, content))

    def _post(self, mailboxes: Mailboxes) -> None:
        for address, letters in self._letters.items():
            mailboxes.put(self.tenant.tenant_id, address, self.stream, letters)
        self._letters.clear()

    def _scanned(self, position: int) -> None:
        for address, way in self.ways.items():
            if self._is_ready(way) and way.scanned < position:
                self.ways[address] = msgspec.structs.replace(way, scanned=position)

    def _is_ready(self, way: Way) -> bool:
        return way.out < self.pace.window


def retry_at(ways: Mapping[str, Way]) -> float:
    """When letters are to be sent again at the earliest, in seconds since 1970; 0 for never."""
    return min((way.retry_at for way in ways.values() if way.retry_at), default=0.0)
