"""Mirrors are pure functions of the log: rebuilt, healed or drawn live, they are the same."""

from collections.abc import Callable
from uuid import uuid4

import psycopg
import pytest
from msgspec.structs import replace

from numirror import catalog, follow
from numirror.domains.tasks.commands import CompleteTask, RenameTask
from numirror.kernel.ids import entity_id
from numirror.shell.mirrors.postgres import Move
from numirror.shell.mirrors.redis import ReadModel, keys, save
from tests.follow.conftest import NOW, Life, add


def busy(ada: Life) -> None:
    """A few tasks, one renamed, one completed."""
    commands = [add(f"Task {number}") for number in range(5)]
    for command in commands:
        ada.do(command)
    context = {"now": NOW, "zone": "Etc/UTC"}
    first, second = (entity_id(command.command_id) for command in commands[:2])
    ada.do(CompleteTask(command_id=uuid4(), task_id=first, **context))
    ada.do(RenameTask(command_id=uuid4(), task_id=second, title="Renamed", **context))


def forget(ada: Life, database: str, *, rows: bool) -> None:
    """Drop the mirror: the checkpoint, and the rows too if wished."""
    with psycopg.connect(database) as sql:
        sql.execute("select nu.enter('ada@example.com')")
        sql.execute("delete from nu.checkpoint")
        if rows:
            sql.execute("delete from nu.projection_tasks")


@pytest.mark.parametrize("rows", [True, False])
@pytest.mark.parametrize("page", [1, 2, 2_000])
def test_a_rebuilt_table_equals_the_live_one(
    ada: Life, database: str, monkeypatch: pytest.MonkeyPatch, rows: bool, page: int
) -> None:
    busy(ada)
    ada.follow()
    live = ada.rows()
    assert len(live) == 5
    monkeypatch.setattr(follow, "PAGE", page)
    forget(ada, database, rows=rows)
    ada.follow()
    assert ada.rows() == live


def test_following_twice_changes_nothing(ada: Life) -> None:
    busy(ada)
    ada.follow()
    rows, checkpoints = ada.rows(), ada.stores.projections.checkpoints(ada.tenant)
    assert ada.follow().up_to_date
    assert (ada.rows(), ada.stores.projections.checkpoints(ada.tenant)) == (rows, checkpoints)


def test_a_fold_of_an_older_shape_is_folded_anew(ada: Life) -> None:
    busy(ada)
    ada.follow()
    held = ada.stores.projections.checkpoints(ada.tenant)["tasks"]
    old = replace(held, version=0, state=b"no JSON of today")
    assert ada.stores.projections.write(ada.tenant, [Move("tasks", held, old, {})])
    ada.stores.models.delete(*keys(ada.tenant_hash, catalog.STREAMS))
    assert len(ada.tasks().open) == 4
    ada.follow()
    assert ada.stores.projections.checkpoints(ada.tenant)["tasks"] == held


def test_without_a_lease_nothing_is_done_and_nothing_is_wrong(ada: Life) -> None:
    busy(ada)
    ada.stores.platform.flushall()
    assert ada.follow().up_to_date


def test_no_time_is_not_up_to_date(ada: Life) -> None:
    busy(ada)
    assert not ada.follower.follow(ada.tenant_hash, 0.0).up_to_date


def test_the_durable_fold_serves_when_redis_is_empty(ada: Life) -> None:
    busy(ada)
    ada.follow()
    ada.do(add("After the fold"))
    before = ada.tasks()
    ada.stores.models.delete(*keys(ada.tenant_hash, catalog.STREAMS))
    assert ada.tasks() == before
    assert len(before.open) == 5


def test_a_read_model_refuses_to_go_back_and_gives_way_to_another_log(ada: Life) -> None:
    busy(ada)
    _, heads = ada.enter()
    assert heads.log_id is not None
    (key,) = keys(ada.tenant_hash, {"tasks": catalog.STREAMS["tasks"]})
    held = ReadModel.unpack(ada.stores.models.get(key))
    assert held is not None
    older = replace(held, position=held.position - 1, state=b"{}")
    save(ada.stores.models, {key: older})
    assert ReadModel.unpack(ada.stores.models.get(key)) == held
    other = replace(older, log_id=type(held.log_id)(int=7))
    save(ada.stores.models, {key: other})
    assert ReadModel.unpack(ada.stores.models.get(key)) == other


def test_a_read_model_of_another_log_is_not_believed(ada: Life) -> None:
    busy(ada)
    (key,) = keys(ada.tenant_hash, {"tasks": catalog.STREAMS["tasks"]})
    held = ReadModel.unpack(ada.stores.models.get(key))
    assert held is not None
    save(ada.stores.models, {key: replace(held, log_id=type(held.log_id)(int=7), state=b'{"open":{},"closed":[]}')})
    assert len(ada.tasks().open) == 4


def test_a_read_model_from_the_future_is_not_believed(ada: Life) -> None:
    busy(ada)
    (key,) = keys(ada.tenant_hash, {"tasks": catalog.STREAMS["tasks"]})
    held = ReadModel.unpack(ada.stores.models.get(key))
    assert held is not None
    save(ada.stores.models, {key: replace(held, position=10_000, state=b'{"open":{},"closed":[]}')})
    assert len(ada.tasks().open) == 4


def test_two_processes_that_decide_at_once_both_count(ada: Life, make: Callable[[], Life]) -> None:
    other = make()
    visit, heads = ada.enter()
    other.do(add("From the other window"))
    ada.handler.handle(visit, heads, catalog.HOME, add("From this window"))
    assert sorted(task.title for task in ada.tasks().open.values()) == ["From the other window", "From this window"]


def test_the_same_command_from_two_processes_is_one(ada: Life, make: Callable[[], Life]) -> None:
    command = add("Once")
    visit, heads = ada.enter()
    make().do(command)
    handled = ada.handler.handle(visit, heads, catalog.HOME, command)
    assert [task.title for task in handled.heads.states["tasks"].open.values()] == ["Once"]
    assert len(ada.tasks().open) == 1


def test_a_long_tail_is_folded_whole(ada: Life) -> None:
    first, _ = ada.enter()
    for number in range(1_200):
        ada.stores.log.append(
            ada.tenant, "tasks", number, add("x").command_id, [encoded(number)], NOW, {"zone": "Etc/UTC"}
        )
    assert first.models == {}
    assert len(ada.tasks().open) == 1_200
    ada.follow()
    assert ada.stores.projections.checkpoints(ada.tenant)["tasks"].position == 1_200


def encoded(number: int) -> object:
    from numirror.domains.tasks.events import TaskAdded

    event = TaskAdded(entity_id=f"t{number}", title=f"Task {number}", due=None, on=NOW.date())
    return catalog.CODECS["tasks"].encode(event)
