"""Asks the AI of one tenant what its domains want to know, one request after the other.

A request waits in the state of its domain until a command has taken the reply, so a worker that is killed in mid-call
loses nothing: another one asks again. Each real call has an id of its own, made by chance, and its own reservation. Of
a call that broke off nobody knows whether it was paid for, so its reservation stays counted, and is never used again.
"""

import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from typing import Any, NamedTuple
from uuid import UUID, uuid4, uuid5

import structlog

from numirror import catalog
from numirror.handle import Handler, Heads, visits_of
from numirror.kernel.budget import Wish
from numirror.kernel.domain import Domain
from numirror.kernel.errors import NuMirrorError, Refused
from numirror.kernel.request import Failed, Replied, Request, Told
from numirror.settings import Settings
from numirror.shell.ai.chat import Whom, ask
from numirror.shell.ai.faults import AiFailed, AiFault
from numirror.shell.ai.reply import Outcome
from numirror.shell.ai.tries import Tries, Try
from numirror.shell.queue import Follow, Next
from numirror.shell.resources.resolution import AiConfig
from numirror.shell.resources.secret import Secret
from numirror.shell.stores import Stores
from numirror.shell.visits import Visit, Visits

TRIES = 3
"""Of one request, those that were broken off included."""

REST = 15.0
"""Seconds after a first try that may work later; four times as long after the second."""

NO_ACCOUNT = Failed("You have no AI account yet. Please add one under Connections, and ask again.", True)
BROKEN_OFF = Failed("The AI was asked three times, and each time the answer was lost. Please try again.", True)

log = structlog.get_logger()


class _Waiting(NamedTuple):
    domain: Domain[Any]
    request: Request

    @property
    def name(self) -> str:
        return f"{self.domain.name}/{self.request.entity_id}/{self.request.attempt}"


def build(settings: Settings) -> Follow:
    """What a worker does for one tenant. Connections do not survive a fork, so they are made at the first tenant."""
    asker = cache(partial(_asker, settings))
    return lambda tenant_hash, deadline: asker().ask(tenant_hash, deadline)


def _asker(settings: Settings) -> "Asker":
    stores = Stores(settings)
    visits = visits_of(stores)
    return Asker(stores, visits, Handler(stores.log, visits))


class Asker:
    """Answers the requests of one tenant at a time."""

    def __init__(self, stores: Stores, visits: Visits, handler: Handler) -> None:
        self._stores = stores
        self._visits = visits
        self._handler = handler
        self._tries = Tries(stores.platform)

    def ask(self, tenant_hash: str, deadline: float) -> Next:
        """Asks what waits; a call that was begun before `deadline` (of `time.monotonic`) is waited for.

        Raises what the log and Redis raise. Doing it twice at once costs a call more, and answers once.
        """
        visit = self._visits.represent(tenant_hash)
        if visit is None:
            return Next(up_to_date=True)
        asked: set[str] = set()
        while time.monotonic() < deadline:
            heads = self._handler.read(visit)
            waiting, tries = _waiting(heads), self._tries.all(tenant_hash)
            due = next((one for one in waiting if one.name not in asked and _is_due(one, tries)), None)
            if due is None:
                return Next(up_to_date=True, again_at=_again_at(waiting, tries))
            asked.add(due.name)
            self._serve(visit, heads, due, tries.get(due.name, Try()))
        return Next(up_to_date=False)

    def _serve(self, visit: Visit, heads: Heads, one: _Waiting, before: Try) -> None:
        call_id, count = uuid4(), before.count + 1
        # Noted first: a request that kills its worker is not asked for ever.
        self._tries.note(visit.tenant_hash, one.name, Try(count))
        outcome = self._outcome(visit, heads, call_id, one.request) if count <= TRIES else Outcome(BROKEN_OFF)
        if outcome.again_in is not None and count < TRIES:
            wait = max(outcome.again_in, REST * 4 ** (count - 1))
            self._tries.note(visit.tenant_hash, one.name, Try(count, time.time() + wait))
        elif self._reply(visit, heads, call_id, one, outcome.replied):
            self._tries.forget(visit.tenant_hash, one.name)

    def _outcome(self, visit: Visit, heads: Heads, call_id: UUID, request: Request) -> Outcome:
        """Reserves, calls, and settles. What is not reserved is not asked."""
        config = self._stores.ai(visit.lease)
        if config is None:
            return Outcome(NO_ACCOUNT)
        whom = self._whom(config, visit.lease.tenant_id)
        if isinstance(whom, Outcome):
            return whom
        try:
            on_trial = visit.lease.ai.source == "trial"
            heads = self._count(visit, heads, call_id, catalog.BUDGET.reserve(request, call_id.hex, on_trial))
        except Refused as refused:
            return Outcome(Failed(str(refused), True))
        outcome = ask(whom, request)
        if outcome.spent is not None:
            self._count(visit, heads, call_id, catalog.BUDGET.settle(call_id.hex, outcome.spent))
        elif outcome.was_free:
            self._count(visit, heads, call_id, catalog.BUDGET.release(call_id.hex))
        _tell(visit, outcome)
        return outcome

    def _whom(self, config: AiConfig, owner: str) -> Whom | Outcome:
        """Whom to ask; or what is wrong with the address that the person gave."""
        targets = self._stores.targets
        try:
            place, model = targets.ai(config)
            address = targets.guard.admit(place.host, place.port, owner)
        except NuMirrorError as error:
            again = None if error.permanent else 0.0
            return Outcome(Failed(str(error), not error.permanent), again_in=again)
        if not model:
            return Outcome(Failed(str(AiFailed(AiFault.MODEL_NOT_ALLOWED)), False))
        return Whom("" if config.base_url else config.provider, place, address, Secret(config.key), model)

    def _count(self, visit: Visit, heads: Heads, call_id: UUID, wish: Wish) -> Heads:
        """Tells the domain that keeps the budget. Raises `Refused`."""
        return self._do(visit, heads, catalog.BY_NAME[catalog.BUDGET.domain], call_id, wish)

    def _reply(self, visit: Visit, heads: Heads, call_id: UUID, one: _Waiting, replied: Replied) -> bool:
        """Hands over what came of a request; False if the domain does not take it."""
        try:
            self._do(visit, heads, one.domain, call_id, one.domain.reply(one.request, replied))
        except Refused:
            log.warning("reply refused", domain=one.domain.name, tenant=visit.tenant_hash)
            return False
        return True

    def _do(self, visit: Visit, heads: Heads, domain: Domain[Any], call_id: UUID, wish: Wish) -> Heads:
        """The same wish about the same call is the same command."""
        kind, fields = wish
        known, now = uuid5(call_id, kind.__name__), datetime.now(UTC)
        command = kind(**fields, command_id=known, now=now, zone=visit.lease.zone, origin="worker")
        return self._handler.handle(visit, heads, domain, command).heads


def _waiting(heads: Heads) -> list[_Waiting]:
    domains = ((domain, domain.requests(heads.states[domain.name])) for domain in catalog.DOMAINS)
    return [_Waiting(domain, request) for domain, requests in domains for request in requests]


def _is_due(one: _Waiting, tries: Mapping[str, Try]) -> bool:
    return tries.get(one.name, Try()).until <= time.time()


def _again_at(waiting: list[_Waiting], tries: Mapping[str, Try]) -> datetime | None:
    """When the first of those who rest is due."""
    rests = [tries[one.name].until for one in waiting if one.name in tries and not _is_due(one, tries)]
    return datetime.fromtimestamp(min(rests), UTC) + timedelta(milliseconds=10) if rests else None


def _tell(visit: Visit, outcome: Outcome) -> None:
    """Into the log: that there was a call, and nothing of what was said."""
    told = "told" if isinstance(outcome.replied, Told) else "failed"
    log.info("asked", tenant=visit.tenant_hash, came=told, again=outcome.again_in is not None)
