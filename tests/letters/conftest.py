"""People with a database each and nothing in common but the platform's Redis and its key."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from time import monotonic
from typing import Any, cast
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import msgspec
import psycopg
import pytest
from psycopg import sql

from local.postgres import OWNER, Postgres
from numirror import catalog
from numirror.correspond import Correspondence
from numirror.domains.social.commands import AcceptRequest, AskFriend, PublishPost
from numirror.domains.social.decider.state import Social, person_id, their_post_id
from numirror.follow import Follower
from numirror.handle import Handler
from numirror.kernel.envelope import Recorded
from numirror.kernel.ids import entity_id
from numirror.settings import Settings
from numirror.shell import schema
from numirror.shell.flush import SheetFlush
from numirror.shell.letters import Mailboxes, Pace
from numirror.shell.letters.mailboxes import key
from numirror.shell.log import LogAway, Tenant
from numirror.shell.queue import Next
from numirror.shell.resources.leases import Lease
from numirror.shell.stores import Stores
from numirror.shell.visits import Visits
from tests.faults.proxy import FaultProxy
from tests.settings import settings_of

PACE = Pace(again=0.0)
_numbers = count(1)


class Clock:
    """What the workers' clocks show; seconds since 1970."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 12, tzinfo=UTC).timestamp()

    def __call__(self) -> float:
        return self.now


@dataclass
class Someone:
    """A person with their own processes, which know no other database than theirs."""

    address: str
    stores: Stores
    proxy: FaultProxy
    clock: Clock
    environ: dict[str, str]
    pace: Pace = PACE
    visits: Visits = field(init=False)

    def __post_init__(self) -> None:
        self.visits = Visits(self.stores, catalog.STREAMS, catalog.TABS, catalog.TABLES)
        self.handler = Handler(self.stores.log, self.visits)
        self.letters = Correspondence(self.handler, self.visits, self.stores, self.pace, self.clock)
        self.follower = Follower(self.stores, SheetFlush(self.stores, catalog.TABS), self.letters)
        vault, queue = self.stores.vault, self.stores.queue
        self.mailboxes = Mailboxes(self.stores.platform, queue, vault, self.stores.tenant_hash, self.clock)

    @property
    def redis(self) -> Any:
        return self.stores.platform

    @property
    def hash(self) -> str:
        return self.stores.tenant_hash(self.address)

    @property
    def mailbox(self) -> str:
        return key(self.hash)

    @property
    def lease(self) -> Lease:
        return Lease(
            tenant_id=self.address,
            sub=f"sub of {self.address}",
            spreadsheet_id="sheet",
            google_token="",
            trial_until=datetime(2027, 1, 1, tzinfo=UTC),
            google_token_expires=datetime(2026, 1, 1, tzinfo=UTC),
            zone="Etc/UTC",
            locale="en",
            schema=schema.schema_of(catalog.TABLES),
        )

    @property
    def tenant(self) -> Tenant:
        return self.stores.tenant(self.lease)

    def visit(self) -> "Someone":
        """Leaves a lease, as each visit does."""
        self.stores.lend(self.lease, self.hash)
        return self

    def work(self) -> Next:
        """One follow of a worker. Raises `LogAway`."""
        return self.follower.follow(self.hash, monotonic() + 20)

    def try_to_work(self) -> None:
        """As `work`, where the database may be away."""
        try:
            self.work()
        except LogAway:
            return

    def wish(self, command: type[Any], **fields: Any) -> Any:
        """The command id, after a wish."""
        visit = self.visits.represent(self.hash)
        assert visit is not None
        command_id, now = uuid4(), datetime.fromtimestamp(self.clock(), UTC)
        made = command(command_id=command_id, now=now, zone="Etc/UTC", **fields)
        self.handler.handle(visit, self.handler.read(visit), catalog.BY_NAME["social"], made)
        return command_id

    def post(self, text: str, only: str = "") -> str:
        """The id of a new post."""
        return entity_id(self.wish(PublishPost, text=text, only=only))

    @property
    def state(self) -> Social:
        """Folded from the log, whatever the mirrors say."""
        events = [event for event in self.log() if event.stream == "social"]
        codec, decider = catalog.CODECS["social"], catalog.BY_NAME["social"].decider
        decoded = [codec.decode(one.type, one.schema_version, one.data or b"") for one in events]
        return cast(Social, decider.fold(decider.initial, decoded))

    def log(self) -> list[Recorded]:
        return self.stores.log.read(self.tenant, 0, 100_000)

    def received(self) -> list[tuple[str, int]]:
        """The kinds and numbers of the letters that are in the log, in its order."""
        data = [msgspec.json.decode(one.data or b"") for one in self.log() if one.type == "social.letter_received"]
        return [(one["content"]["kind"] if one["content"] else "", one["number"]) for one in data]

    def shown(self) -> dict[str, str]:
        """The posts of friends on the wall, by our ids."""
        return {key: post.text for key, post in self.state.theirs.items()}

    def written(self) -> dict[str, str]:
        """Our own posts as friends should see them."""
        return {their_post_id(self.address, key): post.text for key, post in self.state.own.items()}

    def standing(self, other: "Someone") -> str:
        person = self.state.person(other.address)
        return person.standing if person else ""


def settle(*people: Someone, rounds: int = 12) -> None:
    """Lets the workers of all go on until nobody has anything to do."""
    for _ in range(rounds):
        before = [len(one.log()) for one in people]
        for one in people:
            one.work()
        if before == [len(one.log()) for one in people] and not any(one.redis.xlen(one.mailbox) for one in people):
            return
    raise AssertionError("they write to one another for ever")


def befriend(ada: Someone, bob: Someone) -> None:
    """Ada asks, Bob accepts."""
    ada.wish(AskFriend, address=bob.address)
    settle(ada, bob)
    bob.wish(AcceptRequest, person_id=person_id(ada.address))
    settle(ada, bob)
    ada.clock.now += 120  # now that they are friends, what asked for it is acknowledged too
    settle(ada, bob)
    assert (ada.standing(bob), bob.standing(ada)) == ("friend", "friend")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make(postgres: Postgres, redis_url: str, clock: Clock) -> Iterator[Callable[..., Someone]]:
    """As many people as wished, each with a database of their own behind a proxy of its own."""
    names: list[str] = []
    proxies: list[FaultProxy] = []

    def someone(name: str, *, direct: bool = False, **more: Any) -> Someone:
        names.append(f"letters_{next(_numbers)}")
        with psycopg.connect(postgres.admin_url, autocommit=True) as connection:
            owner = sql.Identifier(OWNER)
            fresh = sql.SQL("create database {} template {} owner {}")
            connection.execute(fresh.format(sql.Identifier(names[-1]), owner, owner))
        url = urlsplit(postgres.url_of(names[-1]))
        proxy = FaultProxy((url.hostname or "", url.port or 0)).__enter__()
        proxies.append(proxy)
        place = f"{url.netloc.rpartition('@')[0]}@127.0.0.1:{proxy.port}"
        own = urlunsplit(url if direct else url._replace(netloc=place))
        environ = settings_of(own, redis_url, NU_LOCAL_TARGETS=f"{url.hostname}:{url.port}")
        made = Someone(f"{name}@example.com", Stores(Settings.read(environ)), proxy, clock, environ, **more)
        schema.prepare(made.stores, made.tenant, catalog.TABLES)
        return made.visit()

    yield someone
    for proxy in proxies:
        proxy.__exit__(None, None, None)
    with psycopg.connect(postgres.admin_url, autocommit=True) as connection:
        for name in names:
            connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


@pytest.fixture
def ada(make: Callable[..., Someone]) -> Someone:
    return make("ada")


@pytest.fixture
def bob(make: Callable[..., Someone]) -> Someone:
    return make("bob")


def hours(number: float) -> float:
    """In seconds."""
    return timedelta(hours=number).total_seconds()
