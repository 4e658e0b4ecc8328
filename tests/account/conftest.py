"""One person's resources, in this process, on the real servers of the stack."""

import base64
import itertools
import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit
from uuid import uuid4

import psycopg
import pytest

from local.environment import environment
from local.stack import Stack
from numirror import catalog
from numirror.domains.tasks.commands import AddTask
from numirror.handle import Handler
from numirror.settings import Settings
from numirror.shell.account.account import Account
from numirror.shell.account.leaving import Exports
from numirror.shell.google.identity import Visitor
from numirror.shell.stores import Stores
from numirror.shell.visits import Place, Visit, Visits
from tests.system.google import Google, call

_numbers = itertools.count(1)


@dataclass
class Person:
    """Somebody in front of their Sheet; `begin` is what another process would see."""

    google: Google
    sub: str
    settings: Settings

    def __post_init__(self) -> None:
        self._ended = ExitStack()
        self.begin()

    def begin(self) -> None:
        """A process that knows nothing yet; the one before has ended."""
        self.end()
        self.stores = Stores(self.settings)
        self._ended.callback(self.stores.log._connections.close)
        self.visits = Visits(self.stores, catalog.STREAMS, catalog.TABS, catalog.TABLES)
        self.handler = Handler(self.stores.log, self.visits)
        self.account = Account(self.stores, self.visits, Exports(self.stores, catalog.TABS))

    def end(self) -> None:
        """Leaves the server its connections: it has not so many that each test could keep some."""
        self._ended.close()

    @property
    def visitor(self) -> Visitor:
        return Visitor(self.google.user, self.sub, self.google.user)

    @property
    def place(self) -> Place:
        return Place(datetime.now(UTC), "Etc/UTC", "en", self.google.sheet_id, self.google.token)

    def visit(self, *, anew: bool = False) -> Visit:
        entered = self.handler.enter(self.visitor, self.place, command=False, anew=anew)
        assert entered is not None
        return entered[0]

    def add(self, title: str) -> None:
        entered = self.handler.enter(self.visitor, self.place, command=True)
        assert entered is not None
        self.handler.handle(*entered, catalog.HOME, AddTask(command_id=uuid4(), now=NOW, zone="Etc/UTC", title=title))

    def titles(self) -> list[str]:
        entered = self.handler.enter(self.visitor, self.place, command=False)
        assert entered is not None
        return [task.title for task in entered[1].states["tasks"].open.values()]


NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def person(stack: Stack) -> Iterator[Person]:
    """Somebody new, on their first visit."""
    made = somebody(stack)
    yield made
    made.end()


def somebody(stack: Stack) -> Person:
    """The same, as often as wanted."""
    email = f"person-{next(_numbers)}@example.com"
    call(f"{stack.addresses.page_url}/sim/users", {"email": email})
    google = Google(stack.addresses.page_url, email)
    body = {"user": email, "spreadsheetId": google.sheet_id, "entry": "granted"}
    token = call(f"{google.url}/sim/event", body)["request"]["authorizationEventObject"]["userIdToken"]
    claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    made = Person(google, claims["sub"], Settings.read(environment(stack.folder, stack.addresses)))
    made.stores.take_back_lease(made.stores.tenant_hash(email))
    return made


@pytest.fixture
def own(stack: Stack) -> Iterator[str]:
    """The URL of an empty database of their own."""
    place, name = urlsplit(stack.addresses.database), f"account_{next(_numbers)}"
    with psycopg.connect(stack.addresses.database, autocommit=True) as connection:
        connection.execute(f"create database {name}")
        yield f"postgresql://{place.username}:{quote(place.password or '')}@{place.hostname}:{place.port}/{name}"
        connection.execute(f"drop database {name} with (force)")
