"""The Postgres mirror uses the same connections as the log; neither may disturb the other."""

from uuid import uuid4

import pytest

from numirror import catalog
from numirror.shell.log import Connections, EventLog, Target, Tenant
from numirror.shell.mirrors.postgres import Checkpoint, Move, Projections
from tests.log.conftest import METADATA, NOW, event

ADA_ROW = {
    "task_id": "a", "title": "Buy milk", "status": "open", "due": None, "added_on": "2026-11-22", "closed_on": None,
}  # fmt: skip


@pytest.fixture
def ada(own_database: str) -> Tenant:
    return Tenant("ada@example.com", Target.parse(own_database))


@pytest.fixture
def connections() -> Connections:
    """One connection for all, so that what one user of it does reaches the next."""
    return Connections(per_target=1)


@pytest.fixture
def projections(connections: Connections, ada: Tenant) -> Projections:
    """Of a tenant with a log: without one there is nothing to mirror."""
    log = EventLog(connections)
    log.append(ada, "account", 0, uuid4(), [event()], NOW, METADATA)
    made = Projections(connections)
    made.ensure(ada, catalog.TABLES)
    return made


def move(old: int, new: int) -> Move:
    rows = {catalog.TABLES[0]: [(ADA_ROW, new)]}
    return Move("tasks", Checkpoint(old), Checkpoint(new, 1, b"{}"), rows)


def test_making_tables_and_rolling_back_leave_the_logs_prepared_calls_alone(
    connections: Connections, projections: Projections, ada: Tenant
) -> None:
    log = EventLog(connections)

    def append(expected: int) -> None:
        log.append(ada, "tasks", expected, uuid4(), [event()], NOW, METADATA)

    append(1)
    for _ in range(5):
        projections.ensure(ada, catalog.TABLES)
        assert projections.write(ada, [move(0, 1)]) in (True, False)
    append(2)
    assert not projections.write(ada, [move(0, 2)]), "rolled back"
    append(3)
    assert log.tail(ada, 0).position == 4


def test_an_overtaken_worker_writes_nothing(projections: Projections, ada: Tenant) -> None:
    assert projections.write(ada, [move(0, 5)])
    late = Move("tasks", Checkpoint(0), Checkpoint(3, 1, b"old"), {catalog.TABLES[0]: [({**ADA_ROW, "title": "x"}, 3)]})
    assert not projections.write(ada, [late])
    assert projections.checkpoints(ada)["tasks"] == Checkpoint(5, 1, b"{}")
    assert projections.rows(ada, catalog.TABLES[0], ["a"])["a"]["title"] == "Buy milk"


def test_a_step_of_several_streams_is_all_or_nothing(projections: Projections, ada: Tenant) -> None:
    assert projections.write(ada, [move(0, 5)])
    other = Move("bingo", Checkpoint(0), Checkpoint(6, 1, b"{}"), {})
    assert not projections.write(ada, [other, move(3, 6)])
    assert set(projections.checkpoints(ada)) == {"tasks"}


def test_changed_rows_come_in_order_and_only_the_tenants_own(projections: Projections, ada: Tenant) -> None:
    bob = Tenant("bob@example.com", ada.storage)
    rows = [({**ADA_ROW, "task_id": name}, position) for name, position in (("c", 3), ("a", 1), ("b", 2))]
    assert projections.write(ada, [Move("tasks", Checkpoint(), Checkpoint(3, 1, b"{}"), {catalog.TABLES[0]: rows})])
    changed = projections.changed(ada, catalog.TABLES[0], 1, 10)
    assert [(row["task_id"], position) for row, position in changed] == [("b", 2), ("c", 3)]
    assert projections.changed(bob, catalog.TABLES[0], 0, 10) == []
    assert projections.rows(bob, catalog.TABLES[0], ["a"]) == {}


def test_a_mirror_elsewhere_marks_how_far_it_is_once(projections: Projections, ada: Tenant) -> None:
    assert projections.mark(ada, "sheet:1", "Tasks", Checkpoint(), 4)
    assert not projections.mark(ada, "sheet:1", "Tasks", Checkpoint(), 3)
    assert projections.checkpoints(ada, "sheet:1") == {"Tasks": Checkpoint(4)}
