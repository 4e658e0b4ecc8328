"""Ada, with an AI account of hers, on a real Postgres and a real Valkey; Google is not asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from numirror import catalog
from numirror.domains.account.commands import SetCap
from numirror.handle import Handled, Handler, visits_of
from numirror.kernel.decider import Command
from numirror.settings import Settings
from numirror.shell import schema
from numirror.shell.resources.leases import Lease
from numirror.shell.resources.resolution import NONE, AiConfig, Resource
from numirror.shell.stores import Stores
from numirror.shell.visits import Visit, Visits
from tests.asking.toy import MakeWish, Wishes
from tests.settings import settings_of

TENANT = "ada@example.com"


def environ(database: str, redis_url: str, ai_url: str) -> dict[str, str]:
    """The settings of every process of a test."""
    place = urlsplit(ai_url).netloc
    return settings_of(database, redis_url, AI_URLS=f"openai={ai_url}", NU_LOCAL_TARGETS=place)


@dataclass
class Person:
    """What a test does as Ada, and sees of her."""

    settings: Mapping[str, str]
    stores: Stores
    visits: Visits
    handler: Handler

    @property
    def tenant_hash(self) -> str:
        return self.stores.tenant_hash(TENANT)

    def visit(self) -> Visit:
        visit = self.visits.represent(self.tenant_hash)
        assert visit is not None
        return visit

    def state(self, name: str = "wishes") -> Any:
        return self.handler.read(self.visit()).states[name]

    def wishes(self) -> Wishes:
        state: Wishes = self.state()
        return state

    def do(self, domain: str, kind: type[Command], **fields: Any) -> Handled:
        visit = self.visit()
        command = kind(**fields, command_id=uuid4(), now=datetime.now(UTC), zone="Etc/UTC")
        return self.handler.handle(visit, self.handler.read(visit), catalog.BY_NAME[domain], command)

    def wish(self, *names: str) -> None:
        self.do("wishes", MakeWish, names=names)

    def cap(self, tokens: int) -> None:
        self.do("account", SetCap, tokens_per_day=str(tokens))

    def types(self) -> list[str]:
        """The types of all events in the log, in order."""
        return [event.type for event in self.stores.log.read(self.visit().tenant, 0, 2000)]

    def lend(self, ai: Resource[AiConfig] = NONE) -> None:
        """Leaves a lease, with an AI account or without."""
        lease = Lease(
            tenant_id=TENANT,
            sub="sub-of-ada",
            ai=ai,
            spreadsheet_id="sheet-1",
            google_token="",
            trial_until=datetime(2100, 1, 1, tzinfo=UTC),
            google_token_expires=datetime(2026, 1, 1, tzinfo=UTC),
            zone="Etc/UTC",
            locale="en",
            schema=schema.schema_of(catalog.TABLES),
        )
        schema.prepare(self.stores, self.stores.tenant(lease), catalog.TABLES)
        self.stores.lend(lease, self.tenant_hash)


def person(settings: Mapping[str, str]) -> Person:
    """Ada as any process sees her."""
    stores = Stores(Settings.read(settings))
    visits = visits_of(stores)
    return Person(settings, stores, visits, Handler(stores.log, visits))
