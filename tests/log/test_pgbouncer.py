"""Behind a pooler that gives every transaction another server connection: the real PgBouncer, with two of them."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import msgspec
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from local.pgbouncer import NoPgBouncer, PgBouncer, find_pgbouncer
from local.postgres import Postgres
from numirror import catalog
from numirror.shell.log import Connections, EventLog, LogAway, LogBusy, Target, Tenant, migrate
from numirror.shell.log.calls import run
from numirror.shell.log.read import TAIL
from numirror.shell.mirrors.postgres import Projections
from tests.log.conftest import METADATA, NOW, event
from tests.log.wire import wire_to

WHAT_A_SESSION_HOLDS = """
    SELECT session_user = current_user, coalesce(current_setting('nu.tenant', true), ''),
        coalesce(current_setting('nu.sub', true), ''), current_setting('search_path'), current_setting('lock_timeout'),
        current_setting('statement_timeout'), current_setting('synchronous_commit')"""


@pytest.fixture(scope="module")
def pooler(postgres: Postgres, server_folder: Path) -> Iterator[PgBouncer]:
    with PgBouncer(server_folder / "pgbouncer", postgres.url, pool_size=2) as running:
        yield running


@pytest.fixture
def far(pooler: PgBouncer, database: str, ada: Tenant) -> Tenant:
    """Ada, whose database is reached through the pooler."""
    return Tenant(ada.tenant_id, Target.parse(pooler.url_of(name_of(database))))


def name_of(url: str) -> str:
    return url.rsplit("/", 1)[1]


def test_a_bare_database_is_made_ready_and_used(pooler: PgBouncer, bare_database: str, log: EventLog) -> None:
    tenant = Tenant("ada@example.com", Target.parse(pooler.url_of(name_of(bare_database))))
    log.ensure(tenant)
    for version, events in ((0, 1), (1, 2), (3, 1)):
        log.append(tenant, "tasks", version, uuid4(), [event()] * events, NOW, METADATA)
    assert log.tail(tenant, None).position == 4
    assert log.verify(tenant).count == 4
    with psycopg.connect(bare_database) as conn:
        assert conn.execute("SELECT max(number) FROM nu.migration").fetchone() == (migrate.newest(),)


def test_projections_are_made_and_followed_through_it(far: Tenant, connections: Connections) -> None:
    made = Projections(connections)
    made.ensure(far, catalog.TABLES)
    assert made.checkpoints(far) == {}


def test_what_libpq_is_told_passes_and_start_up_options_would_not(
    pooler: PgBouncer, far: Tenant, connections: Connections
) -> None:
    with connections.use(far) as conn:
        said = conn.execute("SELECT current_setting('application_name'), current_setting('client_encoding')").fetchone()
    assert said == ("numirror", "UTF8")
    with pytest.raises(psycopg.OperationalError, match="unsupported startup parameter"):
        psycopg.connect(pooler.url_of(far.storage.dbname), options="-c work_mem=77MB")


def test_nothing_is_prepared_behind_it(far: Tenant, ada: Tenant, connections: Connections) -> None:
    with connections.use(far) as pooled, connections.use(ada) as direct:
        assert (pooled.prepares, direct.prepares) == (False, True)


def test_what_would_happen_if_it_were(far: Tenant, connections: Connections) -> None:
    """Two clients prepare under one name, on one server connection."""
    parameters = (far.tenant_id.encode(), None, b"5")
    with pytest.raises(Exception, match=r"42P05|26000"), ExitStack() as held:
        for conn in [held.enter_context(connections.use(far)) for _ in range(3)]:
            conn.prepares = True
            run(conn, TAIL, parameters)
            run(conn, TAIL, parameters)


@pytest.mark.parametrize("through", ["pooler", "server"])
def test_a_target_is_asked_once_what_is_in_between(
    through: str, pooler: PgBouncer, far: Tenant, ada: Tenant, connections: Connections
) -> None:
    near = far if through == "pooler" else ada
    with wire_to(near.storage.port) as wire:
        wired = Tenant(near.tenant_id, msgspec.structs.replace(near.storage, port=wire.port))
        trips = []
        with ExitStack() as held:
            for _ in range(3):
                begun = wire.trips
                conn = held.enter_context(connections.use(wired))
                assert conn.prepares == (through == "server")
                trips.append(wire.trips - begun)
        assert trips == [trips[1] + 1, trips[1], trips[1]]
        begun = wire.trips
        EventLog(connections).tail(wired, 0)
        assert wire.trips - begun == (1 if through == "pooler" else 2)  # the first of a call also prepares it


def test_tenants_that_take_turns_on_two_connections_see_their_own(far: Tenant, connections: Connections) -> None:
    """Sixteen clients of the pooler, eight tenants, in all orders that threads find."""
    log, start = EventLog(connections), threading.Barrier(8)

    def work(number: int) -> set[str]:
        mine = Tenant(f"t{number}-{far.tenant_id}", far.storage)
        start.wait()
        for version in range(12):
            log.append(mine, "tasks", version, uuid4(), [event(entity=f"e{number}")], NOW, METADATA)
            assert log.tail(mine, None).position == version + 1
        return {recorded.entity_id for recorded in log.read(mine, 0)}

    with ThreadPoolExecutor(8) as crew:
        assert list(crew.map(work, range(8))) == [{f"e{number}"} for number in range(8)]


steps = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(["append", "tail", "broken", "checkpoints", "identify"])),
    min_size=1,
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_nothing_of_a_transaction_is_left_for_the_next(
    steps: list[tuple[str, str]], pooler: PgBouncer, far: Tenant, connections: Connections
) -> None:
    log, projections, run_id = EventLog(connections), Projections(connections), uuid4().hex
    counts = dict.fromkeys("abc", 0)
    for who, what in steps:
        tenant = Tenant(f"{who}{run_id}@example.com", far.storage)
        match what:
            case "append":
                log.append(tenant, "tasks", counts[who], uuid4(), [event(entity=who)], NOW, METADATA)
                counts[who] += 1
            case "tail":
                assert {one.entity_id for one in log.tail(tenant, 0).events} == ({who} if counts[who] else set())
            case "checkpoints":
                assert projections.checkpoints(tenant) == {}
            case "identify":
                assert log.identify(tenant, who + run_id) == tenant.tenant_id
            case _:
                _fail_as(tenant, connections)
        for held in both_sessions(pooler, far):
            assert held == (True, "", "", '"$user", public', "0", "0", "on")


def _fail_as(tenant: Tenant, connections: Connections) -> None:
    """A transaction that became the tenant, and broke."""
    with pytest.raises(psycopg.errors.DivisionByZero), connections.use(tenant) as conn, conn.transaction():
        conn.execute("SELECT nu.enter(%s)", (tenant.tenant_id,))
        conn.execute("SELECT 1/0")


def both_sessions(pooler: PgBouncer, far: Tenant) -> list[tuple[object, ...] | None]:
    """What the two server connections hold for whoever comes next."""
    url = pooler.url_of(far.storage.dbname)
    with psycopg.connect(url) as one, psycopg.connect(url) as other:
        held = [conn.execute(WHAT_A_SESSION_HOLDS).fetchone() for conn in (one, other)]
        pids = {conn.execute("SELECT pg_backend_pid()").fetchone() for conn in (one, other)}
    assert len(pids) == 2
    return held


def test_a_pooler_that_is_full_is_away_or_busy_and_comes_back(
    pooler: PgBouncer, far: Tenant, connections: Connections
) -> None:
    log = EventLog(connections)
    log.tail(far, None)
    url = pooler.url_of(far.storage.dbname)
    with psycopg.connect(url) as one, psycopg.connect(url) as other:
        for conn in (one, other):
            conn.execute("SELECT 1")
        with pytest.raises((LogAway, LogBusy)), connections.use(far, seconds=0.2) as conn:
            run(conn, TAIL, (far.tenant_id.encode(), None, b"5"))
    assert log.tail(far, None).position == 0


def test_a_wished_pooler_that_is_none_is_refused_with_a_sentence() -> None:
    with pytest.raises(NoPgBouncer, match=r"PGBOUNCER names /nowhere.*or don't set it"):
        find_pgbouncer({"PGBOUNCER": "/nowhere"})
