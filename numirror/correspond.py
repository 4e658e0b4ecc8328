"""Across: letters of one tenant go out to their friends' mailboxes, and letters that came in go into their own log."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

import msgspec
import structlog

from numirror import catalog
from numirror.handle import Handler, Heads, visits_of
from numirror.kernel.decider import Command
from numirror.kernel.domain import Domain
from numirror.kernel.envelope import Recorded
from numirror.kernel.errors import Refused
from numirror.kernel.letter import Correspondent, Mail, Receipt
from numirror.moves import Checkpoints, followed, state_at
from numirror.shell.letters import Done, Inbox, Mailboxes, Outbox, Pace, Taken, Way, Ways, retry_at, said
from numirror.shell.log.errors import InvalidEvent
from numirror.shell.queue import Next
from numirror.shell.stores import Stores
from numirror.shell.visits import Visit, Visits

_COMMANDS = UUID("6f0f3c1e-0a58-4a0c-9d0a-3f7a5d8f2b61")
"""Under it, the same letters make the same command."""

_DOMAINS = tuple((domain, domain.mail) for domain in catalog.DOMAINS if domain.mail is not None)

log = structlog.get_logger()


def build(stores: Stores, pace: Pace = Pace()) -> "Correspondence":  # noqa: B008 frozen
    """What a worker needs to send and take letters."""
    visits = visits_of(stores)
    return Correspondence(Handler(stores.log, visits), visits, stores, pace)


def sooner(one: Next, other: Next) -> Next:
    """What two pieces of work have come to together."""
    times = [at for at in (one.again_at, other.again_at) if at is not None]
    return Next(one.up_to_date and other.up_to_date, min(times, default=None))


@dataclass(slots=True)
class _Desk:
    """One tenant at work on their letters of one domain."""

    domain: Domain[Any]
    mail: Mail[Any]
    visit: Visit
    heads: Heads
    now: float

    @property
    def state(self) -> Any:
        return self.heads.states[self.domain.name]

    @property
    def line(self) -> str:
        return self.heads.log_id.hex if self.heads.log_id else ""

    def correspondents(self) -> dict[str, Correspondent]:
        """By address; oneself is none."""
        found = self.mail.correspondents(self.state)
        return {address: one for address, one in found.items() if address != self.visit.tenant.tenant_id}


class Correspondence:
    """Sends and takes letters for one tenant at a time. Doing it twice, or in two places at once, is harmless.

    `clock` gives seconds since 1970.
    """

    def __init__(
        self,
        handler: Handler,
        visits: Visits,
        stores: Stores,
        pace: Pace = Pace(),  # noqa: B008 frozen
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._handler = handler
        self._visits = visits
        self._log = stores.log
        self._mailboxes = Mailboxes(stores.platform, stores.queue, stores.vault, stores.tenant_hash, clock)
        self._ways = Ways(stores.platform)
        self._tenant_hash = stores.tenant_hash
        self._pace = pace
        self._clock = clock

    def run(self, tenant_hash: str, checkpoints: Checkpoints, deadline: float) -> Next:
        """One pass, at most until `deadline` (of `time.monotonic`).

        `checkpoints` are those of a log that was followed to its end. Where they say that nothing was written, and
        nothing has come in, this costs two calls to Redis.
        """
        done = self._ways.done(tenant_hash)
        if self._mailboxes.is_empty(tenant_hash) and self._is_quiet(done, checkpoints):
            return _next(done.again_at)
        visit = self._visits.represent(tenant_hash)
        if visit is None:
            return Next(up_to_date=True)
        heads = _heads(self._log.tail(visit.tenant, followed(checkpoints), 1).log_id, checkpoints)
        return self._work(tenant_hash, visit, heads, done, deadline)

    def _is_quiet(self, done: Done, checkpoints: Checkpoints) -> bool:
        serials = {domain.name: mail.serial(state_at(domain, checkpoints)) for domain, mail in _DOMAINS}
        now = self._clock()
        if any(serials.values()) and self._is_to_say(done, now):
            return False
        is_early = not done.again_at or now < done.again_at
        # A log that is shorter than it was is another one: its owner began anew.
        return is_early and done.serials == serials and done.position <= followed(checkpoints)

    def _work(self, tenant_hash: str, visit: Visit, heads: Heads, done: Done, deadline: float) -> Next:
        now = self._clock()
        taken = self._mailboxes.take(tenant_hash, self._pace.drain)
        serials: dict[str, int] = {}
        is_done, again_at = len(taken.entries) < self._pace.drain, 0.0
        for domain, mail in _DOMAINS:
            desk = _Desk(domain, mail, visit, heads, now)
            try:
                outbox, is_sent = self._serve(desk, taken, done, deadline)
            except Refused:
                # Such as of a trial that is over: nothing can be written now. The letters wait; the person is told.
                log.warning("letters wait", tenant=tenant_hash)
                return Next(up_to_date=True)
            heads, is_done = desk.heads, is_done and is_sent
            serials[domain.name] = mail.serial(desk.state)
            again_at = min(filter(None, (again_at, retry_at(outbox.ways))), default=0.0)
        self._mailboxes.clear(tenant_hash, taken.entries)
        if not is_done:
            return Next(up_to_date=False)
        line = heads.log_id.hex if heads.log_id else ""
        said_at = now if self._is_to_say(done, now) else done.said_at
        self._ways.finish(tenant_hash, Done(line, heads.position, serials, again_at, said_at))
        return _next(again_at)

    def _serve(self, desk: _Desk, taken: Taken, done: Done, deadline: float) -> tuple[Outbox, bool]:
        """In, and then out; false if there was not time enough to send everything."""
        again = self._take(desk, Inbox.of(taken.opened, desk.domain.name, desk.visit.tenant.tenant_id))
        if self._is_to_say(done, desk.now):
            for address, receipt in said(desk.correspondents()):
                self._mailboxes.put(desk.visit.tenant.tenant_id, address, desk.domain.name, [receipt])
        outbox = self._outbox(desk, done, again)
        is_sent = outbox.send(self._log, self._mailboxes, desk.now, deadline)
        outbox.retry(self._log, self._mailboxes, desk.now)
        self._keep(desk, outbox)
        return outbox, is_sent

    def _is_to_say(self, done: Done, now: float) -> bool:
        return now >= done.said_at + self._pace.said

    def _take(self, desk: _Desk, inbox: Inbox) -> Mapping[str, int]:
        """Letters go into the log and are answered, receipts are noted.

        By address, after which number to send again. Raises `Refused` where the log takes nothing just now.
        """
        for sender, letters in inbox.lines():
            try:
                self._do(desk, *desk.mail.receive(sender, letters))
            except InvalidEvent:
                log.warning("letters dropped", count=len(letters))  # the log could never hold them
        for sender, receipt in inbox.answers(desk.correspondents()):
            self._answer(desk, sender, receipt)
        noted = inbox.noted(desk.line, desk.heads.position)
        if noted:
            self._do(desk, *desk.mail.acknowledge({sender: one.upto for sender, one in noted.items()}))
        return {sender: one.upto.number for sender, one in noted.items() if one.again}

    def _do(self, desk: _Desk, command: type[Command], fields: Mapping[str, Any]) -> None:
        same = msgspec.json.encode((desk.visit.tenant_hash, desk.line, desk.heads.position, command.__name__, fields))
        made = command(
            **fields,
            command_id=uuid5(_COMMANDS, same.decode()),
            now=datetime.fromtimestamp(desk.now, UTC),
            zone=desk.visit.lease.zone,
            origin="worker",
        )
        desk.heads = self._handler.handle(desk.visit, desk.heads, desk.domain, made).heads

    def _answer(self, desk: _Desk, sender: str, receipt: Receipt) -> None:
        """Nobody is asked for missing letters too often: each time they may send many."""
        mine, theirs = desk.visit.tenant_hash, self._tenant_hash(sender)
        if receipt.again and not self._ways.may_ask(mine, theirs, self._pace.again):
            receipt = Receipt(receipt.upto)
        self._mailboxes.put(desk.visit.tenant.tenant_id, sender, desk.domain.name, [receipt])

    def _outbox(self, desk: _Desk, done: Done, again: Mapping[str, int]) -> Outbox:
        known = self._ways.load(desk.visit.tenant_hash, desk.line, desk.domain.name)
        # Who was nobody at the end of the last pass was told nothing before it.
        start = done.position if known and done.line == desk.line else 0
        ways = {}
        for address, person in desk.correspondents().items():
            way = known.get(self._tenant_hash(address), Way(scanned=start)).acknowledged(person.acknowledged)
            ways[address] = way.again_after(again.get(address, way.sent))
        return Outbox(desk.visit.tenant, desk.line, desk.domain.name, desk.mail, _decoded, ways, self._pace)

    def _keep(self, desk: _Desk, outbox: Outbox) -> None:
        ways = {self._tenant_hash(address): way for address, way in outbox.ways.items()}
        self._ways.save(desk.visit.tenant_hash, desk.line, desk.domain.name, ways)


def _decoded(event: Recorded) -> Any:
    return catalog.CODECS[event.stream].decode(event.type, event.schema_version, event.data or b"")


def _heads(log_id: UUID | None, checkpoints: Checkpoints) -> Heads:
    states = {domain.name: state_at(domain, checkpoints) for domain in catalog.DOMAINS}
    return Heads(log_id, followed(checkpoints), states)


def _next(again_at: float) -> Next:
    return Next(up_to_date=True, again_at=datetime.fromtimestamp(again_at, UTC) if again_at else None)
