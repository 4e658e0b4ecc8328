"""The log of a tenant: append, tail, read, verify. One call of one function each, one round trip, autocommit."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from numirror.kernel.envelope import NewEvent, Recorded
from numirror.shell.log import chain, read
from numirror.shell.log.append import Prepared, name_bytes, prepare
from numirror.shell.log.calls import Call, begin, call_of, commit, go_on, run
from numirror.shell.log.chain import Page, Verified
from numirror.shell.log.connections import Connections
from numirror.shell.log.errors import (
    CommandKnown,
    CommandReused,
    IdentityRefused,
    LogAway,
    LogFrozen,
    SchemaMissing,
    VersionConflict,
)
from numirror.shell.log.migrate import Standing
from numirror.shell.log.read import Appended, Outcome, Tail
from numirror.shell.log.standing import Standings
from numirror.shell.log.target import Tenant

PAGE = 2_000

Ask = Callable[..., bytes | None]
"""Calls a function for one tenant: `ask(call, *parameters)`."""

_IDENTIFY = call_of("identify")


class EventLog:
    """The logs of all tenants, each in its own database. Safe for threads.

    Every method may raise `LogAway`: it is safe to try the same again, an append too, by its command id.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._standings = Standings(connections)

    def ensure(self, tenant: Tenant) -> Standing:
        """Our schema is in the tenant's database and up to date. Asked once per process and target.

        Raises `DatabaseNewer`, `DatabaseAltered`, `RoleNotAllowed`, `DatabaseRefused`.
        """
        return self._standings.of(tenant)

    def append(
        self,
        tenant: Tenant,
        stream: str,
        expected_version: int,
        command_id: UUID,
        events: Sequence[NewEvent],
        occurred_at: datetime,
        metadata: Mapping[str, Any],
    ) -> Appended:
        """Writes the events of a command at the end of a stream, all or none, once.

        `expected_version` is the log position that the decision was made at: the stream must not have moved after it.
        A command that is in the log already answers as it did then, whatever version is expected now.
        Raises `VersionConflict`, `CommandReused`, `InvalidEvent`, `LogFrozen`.
        """
        prepared = prepare(tenant.tenant_id, stream, expected_version, command_id, events, occurred_at, metadata)
        outcome = self._append(tenant, prepared)
        if outcome.letter == read.APPENDED:
            return Appended(outcome.place, outcome.place - len(events) + 1, read.uuid(outcome.log), repeated=False)
        if outcome.letter == read.MOVED:
            raise VersionConflict(expected_version, outcome.place)
        if outcome.letter == read.FROZEN:
            raise LogFrozen
        return self._repeat(tenant, stream, command_id, events)

    def tail(self, tenant: Tenant, after: int | None, limit: int = 500) -> Tail:
        """The head and the events after position `after`, at most `limit`.

        With `after` None: the durable folds too, and of each stream the events after its fold.
        """
        place = None if after is None else b"%d" % after
        return read.tail(self.ask(tenant, read.TAIL, place, b"%d" % limit) or b"")

    def read(self, tenant: Tenant, after: int, limit: int = PAGE) -> list[Recorded]:
        """The events after a position, in order, at most `limit`."""
        return read.recorded(self.ask(tenant, read.READ_LOG, b"%d" % after, b"%d" % limit) or b"")

    def verify(self, tenant: Tenant, anchor: Verified = chain.START) -> Verified:
        """Computes the whole chain again, up to where the head is at the start. Raises `ChainBroken`.

        `anchor` is what was verified before and kept outside this database: the chain leads through it. Raises
        `LogShorter` where the log ends before it.
        """
        at, end = chain.START, None
        while page := self.links(tenant, at.count):
            end = end or page.end
            chain.check_anchor(page, at, anchor)
            at = chain.follow(page, at)
            if at.count >= end.count or not page.links:
                chain.check_length(at, anchor)
                return chain.finished(at, page)
        chain.check_length(at, anchor)
        return at

    def links(self, tenant: Tenant, after: int, limit: int | None = None) -> Page | None:
        """The head, and some links of the chain after a position, of at most 4 MB; None without a log."""
        text = self.ask(tenant, chain.READ_CHAIN, b"%d" % after, b"%d" % (limit or PAGE))
        return None if text is None else chain.page(text)

    def identify(self, tenant: Tenant, sub: str) -> str:
        """The tenant id of a verified visitor: of the same Google account (`sub`) always the first one.

        Raises `IdentityRefused` where the address belongs to another Google account.
        """
        answer = self.ask(tenant, _IDENTIFY, name_bytes(sub))
        if answer is None:
            raise IdentityRefused
        return answer.decode()

    def ask(self, tenant: Tenant, call: Call, *parameters: bytes | None, seconds: float | None = None) -> bytes | None:
        """The answer of a function that may be called twice: where the server hung up meanwhile, it is.

        `seconds` is its time, where it needs more than others.
        """
        whole = (name_bytes(tenant.tenant_id), *parameters)
        with self._connections.use(tenant, seconds) as conn:
            try:
                return run(conn, call, whole)
            except SchemaMissing:
                self._standings.forget(tenant.storage)
                raise
            except LogAway:
                if not conn.was_hung_up:
                    raise
        self._connections.forget(tenant.storage)
        with self._connections.use(tenant, seconds) as conn:
            return run(conn, call, whole)

    @contextmanager
    def transaction(self, tenant: Tenant, seconds: float) -> Iterator[Ask]:
        """Calls that are done together, at the end of the block, or not at all: `with ... as ask: ask(call, ...)`.

        Each has `seconds`. Where one of them locks the head, appends wait, and raise `LogBusy` if it takes long.
        """
        whose = name_bytes(tenant.tenant_id)
        with self._connections.use(tenant, seconds) as conn:

            def ask(call: Call, *parameters: bytes | None) -> bytes | None:
                conn.late_at = time.monotonic() + seconds
                go_on(conn)
                return run(conn, call, (whose, *parameters))

            begin(conn)
            yield ask
            commit(conn)

    def _append(self, tenant: Tenant, prepared: Prepared) -> Outcome:
        self._standings.check_writable(tenant.storage)
        conn = self._connections.take(tenant.storage)
        try:
            return read.outcome(run(conn, prepared.call, prepared.parameters))
        except CommandKnown:
            return Outcome(read.KNOWN, 0, b"")
        except SchemaMissing:
            self._standings.forget(tenant.storage)
            raise
        finally:
            self._connections.give(conn)

    def _repeat(self, tenant: Tenant, stream: str, command_id: UUID, events: Sequence[NewEvent]) -> Appended:
        text = self.ask(tenant, read.FIND_COMMAND, command_id.hex.encode())
        found = read.found(text or b"null")
        if found is None or not found.holds(stream, events):
            raise CommandReused
        return Appended(found.events[-1].position, found.events[0].position, found.log_id, repeated=True)
