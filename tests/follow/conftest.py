"""A handler and a follower of one tenant, on a real Postgres and a real Valkey; Google is not asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from time import monotonic
from typing import Any
from uuid import uuid4

import pytest

from numirror import catalog, correspond
from numirror.domains.tasks.commands import AddTask
from numirror.domains.tasks.decider import Tasks
from numirror.follow import Follower
from numirror.handle import Handled, Handler, Heads, visits_of
from numirror.kernel.decider import Command
from numirror.settings import Settings
from numirror.shell import schema
from numirror.shell.flush import SheetFlush
from numirror.shell.google.identity import Visitor
from numirror.shell.log import Tenant
from numirror.shell.queue import Next
from numirror.shell.resources.leases import Lease
from numirror.shell.stores import Stores
from numirror.shell.visits import Place, Visit
from tests.settings import settings_of

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ADA = Visitor("ada@example.com", "sub-of-ada", "ada@example.com")
PLACE = Place(NOW, "Etc/UTC", "en", "sheet-1", None)


@dataclass
class Life:
    """Ada's, from her database to her states."""

    stores: Stores
    handler: Handler
    follower: Follower

    @property
    def tenant_hash(self) -> str:
        return self.stores.tenant_hash(ADA.tenant_id)

    @property
    def tenant(self) -> Tenant:
        lease = self.stores.lease(self.tenant_hash)
        assert lease is not None
        return self.stores.tenant(lease)

    def enter(self) -> tuple[Visit, Heads]:
        entered = self.handler.enter(ADA, PLACE, command=True)
        assert entered is not None
        return entered

    def tasks(self) -> Tasks:
        state: Tasks = self.enter()[1].states["tasks"]
        return state

    def do(self, command: Command) -> Handled:
        visit, heads = self.enter()
        return self.handler.handle(visit, heads, catalog.HOME, command)

    def follow(self) -> Next:
        return self.follower.follow(self.tenant_hash, monotonic() + 20)

    def rows(self) -> list[tuple[dict[str, Any], int]]:
        return self.stores.projections.changed(self.tenant, catalog.TABLES[0], 0, 1000)


def add(title: str) -> AddTask:
    return AddTask(command_id=uuid4(), now=NOW, zone="Etc/UTC", title=title)


def life_of(environ: Mapping[str, str]) -> Life:
    """A process of its own, as far as it knows."""
    stores = Stores(Settings.read(environ))
    visits = visits_of(stores)
    follower = Follower(stores, SheetFlush(stores, catalog.TABS), correspond.build(stores))
    return Life(stores, Handler(stores.log, visits), follower)


def settled(life: Life) -> Life:
    """Ada after her first visit; her Google token is over, so her Sheet waits."""
    lease = Lease(
        tenant_id=ADA.tenant_id,
        sub=ADA.sub,
        spreadsheet_id="sheet-1",
        google_token="",
        trial_until=datetime(2027, 1, 1, tzinfo=UTC),
        google_token_expires=NOW - timedelta(hours=1),
        zone="Etc/UTC",
        locale="en",
        schema=schema.schema_of(catalog.TABLES),
    )
    schema.prepare(life.stores, life.stores.tenant(lease), catalog.TABLES)
    life.stores.lend(lease, life.tenant_hash)
    return life


@pytest.fixture
def environ(database: str, redis_url: str) -> dict[str, str]:
    return settings_of(database, redis_url)


@pytest.fixture
def make(environ: dict[str, str]) -> Callable[[], Life]:
    """As many lives as wished, on the same servers."""
    return partial(life_of, environ)


@pytest.fixture
def ada(make: Callable[[], Life]) -> Life:
    return settled(make())
