"""A log on a bad day: the answer gets lost, the line is cut, slow or endless, the server is full or only reads."""

from collections.abc import Callable, Iterator
from uuid import uuid4

import msgspec
import psycopg
import pytest

from numirror.shell.log import Connections, EventLog, LogAway, Tenant
from numirror.shell.log.errors import ChainBroken, DatabaseAltered
from tests.faults.proxy import FaultProxy
from tests.log.conftest import METADATA, NOW, Put, event


@pytest.fixture
def proxy(ada: Tenant) -> Iterator[FaultProxy]:
    """Somebody on the line to the database."""
    with FaultProxy((ada.storage.host, ada.storage.port)) as between:
        yield between


@pytest.fixture
def far(ada: Tenant, proxy: FaultProxy) -> Tenant:
    """Ada, by that line."""
    return Tenant(ada.tenant_id, msgspec.structs.replace(ada.storage, port=proxy.port))


def impatient() -> EventLog:
    return EventLog(Connections(seconds=1.0))


Fault = Callable[[FaultProxy], object]
FAULTS: dict[str, Fault] = {
    "the answer is swallowed": lambda proxy: proxy.swallow_reply(b"Buy milk"),
    "the line is cut within the request": lambda proxy: setattr(proxy, "cut_after", 40),
    "the line goes mute": lambda proxy: setattr(proxy, "black_hole", True),
    "the line is slower than anybody waits": lambda proxy: setattr(proxy, "latency", 5.0),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_who_gets_no_answer_asks_again_and_it_happens_once(
    log: EventLog, ada: Tenant, far: Tenant, proxy: FaultProxy, fault: str
) -> None:
    command, wanted = uuid4(), [event(b'{"title":"Buy milk"}')]
    unlucky = impatient()
    unlucky.read(far, 0)
    FAULTS[fault](proxy)
    with pytest.raises(LogAway):
        unlucky.append(far, "tasks", 0, command, wanted, NOW, METADATA)
    happened = len(log.read(ada, 0))
    assert happened == (fault == "the answer is swallowed")
    again = log.append(ada, "tasks", 0, command, wanted, NOW, METADATA)
    assert (again.position, again.repeated) == (1, bool(happened))
    assert log.verify(ada).count == 1


def test_a_slow_line_is_waited_for(far: Tenant, proxy: FaultProxy) -> None:
    log = impatient()
    log.read(far, 0)
    proxy.latency = 0.1
    assert log.append(far, "tasks", 0, uuid4(), [event()], NOW, METADATA).position == 1


def test_a_server_that_takes_no_more_connections_is_away(
    own_database: str, put: Put, ada: Tenant, superuser: psycopg.Connection
) -> None:
    name = ada.storage.dbname
    superuser.execute(f"alter database {name} connection limit 0")  # the owner is no superuser, so it holds for them
    try:
        with pytest.raises(LogAway):
            EventLog(Connections()).read(ada, 0)
    finally:
        superuser.execute(f"alter database {name} connection limit -1")
    assert put(0).position == 1


@pytest.fixture
def own(own_database: str, ada: Tenant) -> Tenant:
    """Ada in a database that nobody else uses."""
    return Tenant(ada.tenant_id, type(ada.storage).parse(own_database))


@pytest.fixture
def owner_of_it(own_database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(own_database, autocommit=True) as conn:
        yield conn


def append(log: EventLog, tenant: Tenant, expected: int = 0) -> int:
    return log.append(tenant, "tasks", expected, uuid4(), [event()], NOW, METADATA).position


def test_a_server_that_only_reads_is_away_until_it_writes_again(
    log: EventLog, own: Tenant, owner_of_it: psycopg.Connection
) -> None:
    """A replica before it takes over."""
    append(log, own)
    owner_of_it.execute(f"alter database {own.storage.dbname} set default_transaction_read_only = on")
    with pytest.raises(LogAway):
        append(EventLog(Connections()), own, 1)
    assert append(log, own, 1) == 2  # on a connection to the one that wrote before
    owner_of_it.execute("set default_transaction_read_only = off")
    owner_of_it.execute(f"alter database {own.storage.dbname} reset default_transaction_read_only")
    assert append(EventLog(Connections()), own, 2) == 3


ALTERED = {
    "a trigger changes a payload": """
        create function public.change() returns trigger language plpgsql as
            $$ begin new.data := '{"title": "Something else"}'; return new; end $$;
        create trigger change before insert on nu.event_log for each row execute function public.change()
    """,
    "a rule swallows an event": "create rule swallow as on insert to nu.event_log do instead nothing",
}


@pytest.mark.parametrize("altered", ALTERED)
def test_who_alters_the_log_is_found_out(
    log: EventLog, own: Tenant, owner_of_it: psycopg.Connection, altered: str
) -> None:
    append(log, own)
    owner_of_it.execute(ALTERED[altered])
    with pytest.raises(DatabaseAltered):
        EventLog(Connections()).ensure(own)
    append(log, own, 1)  # by a process that looked before
    with pytest.raises(ChainBroken) as broken:
        log.verify(own)
    assert broken.value.position == 2
