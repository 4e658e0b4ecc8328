"""A log moves while its tenant goes on working, and is never in two places."""

import itertools
import threading
from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest

from numirror.shell.log import CommandReused, EventLog, LogAway, Target, Tenant, VersionConflict
from numirror.shell.log.errors import AnotherLog, LogFrozen, LogNotEmpty, SameDatabase
from numirror.shell.log.freeze import FREEZE, THAW, freeze, head, thaw
from numirror.shell.log.move import copy, finish
from numirror.shell.log.queries import named
from numirror.shell.log.restore import RESTORE
from tests.log.conftest import METADATA, NOW, Put, event
from tests.log.leaving import events_of, fill, rows_of


@pytest.fixture
def goal(ada: Tenant, own_database: str) -> Tenant:
    """Ada in a database of her own, which is empty."""
    return Tenant(ada.tenant_id, Target.parse(own_database))


@pytest.fixture
def there(goal: Tenant, own_database: str) -> Iterator[psycopg.Connection]:
    """A connection to it of its owner, as ada."""
    with psycopg.connect(own_database, autocommit=True) as conn:
        conn.execute("SELECT set_config('nu.tenant', %s, false)", (goal.tenant_id,))
        yield conn


@pytest.mark.parametrize("count", [1, 3])
def test_a_frozen_log_is_read_and_not_written(log: EventLog, ada: Tenant, bob: Tenant, put: Put, count: int) -> None:
    events, command = [event()] * count, uuid4()
    put(0, *events, command=command)
    frozen = freeze(log, ada)
    assert freeze(log, ada) == frozen == head(log, ada)
    for expected in (0, count, count + 7):
        with pytest.raises(LogFrozen):
            put(expected, *events)
    assert put(0, *events, command=command).repeated
    with pytest.raises(CommandReused):
        put(count, event(entity="t9"), command=command)
    assert (log.tail(ada, 0).position, len(log.read(ada, 0)), log.verify(ada).count) == (count,) * 3
    assert put(0, *events, tenant=bob).position == count
    thaw(log, ada)
    with pytest.raises(VersionConflict):
        put(0, *events)
    assert put(count).position == count + 1


def test_no_log_yet_can_be_frozen_too(log: EventLog, ada: Tenant, put: Put) -> None:
    freeze(log, ada)
    for events in ([event()], [event(), event()]):
        with pytest.raises(LogFrozen):
            put(0, *events)
    thaw(log, ada)
    assert put(0).position == 1


def test_a_log_moves(
    log: EventLog, ada: Tenant, bob: Tenant, goal: Tenant, superuser: psycopg.Connection, there: psycopg.Connection
) -> None:
    fill(log, ada, superuser)
    fill(log, bob, superuser)
    others, whole = rows_of(superuser, bob), log.verify(ada)
    assert copy(log, ada, goal) == 5
    assert finish(log, ada, goal) == whole
    assert events_of(there, goal) == events_of(superuser, ada)
    assert log.verify(goal, whole) == whole
    assert rows_of(superuser, bob) == others
    with pytest.raises(LogFrozen):
        log.append(ada, "tasks", 5, uuid4(), [event()], NOW, METADATA)
    assert log.append(goal, "tasks", 5, uuid4(), [event()], NOW, METADATA).position == 6


def test_an_empty_log_moves_with_its_id(log: EventLog, ada: Tenant, goal: Tenant) -> None:
    assert copy(log, ada, goal) == 0
    finish(log, ada, goal)
    here, there = head(log, ada), head(log, goal)
    assert here and there and here.is_end_of(there)
    assert here.frozen_at and not there.frozen_at


def test_it_moves_while_its_tenant_goes_on_working(log: EventLog, ada: Tenant, goal: Tenant, put: Put) -> None:
    """Whatever was answered with a position is in the goal; what comes after the freeze is told so."""
    put(0, *[event()] * 20)
    answered, busy = [20], threading.Event()

    def work() -> None:
        try:
            for number in itertools.count():
                events = [event(entity=f"n{number}")] * (1 + number % 2)
                answered.append(log.append(ada, "tasks", answered[-1], uuid4(), events, NOW, METADATA).position)
                if number == 20:
                    busy.set()
        except LogFrozen:
            answered.append(0)

    worker = threading.Thread(target=work)
    worker.start()
    assert busy.wait(20)
    reached = [copy(log, ada, goal) for _ in range(3)]
    assert reached == sorted(reached) and reached[0] >= 20
    end = finish(log, ada, goal)
    worker.join(20)
    assert answered[-1] == 0, "it ended by the freeze"
    assert log.verify(goal) == end == log.verify(ada)
    assert end.count == answered[-2]


class Crash(BaseException):
    """As when the process is told to end."""


def test_after_a_crash_between_two_pages_the_same_again_is_enough(
    log: EventLog, ada: Tenant, goal: Tenant, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("numirror.shell.log.event_log.PAGE", 2)
    put(0, *[event()] * 9)
    ask, asked = log.ask, itertools.count(1)

    def crashing(tenant, call, *parameters, **options):
        answer = ask(tenant, call, *parameters, **options)
        if call == RESTORE and next(asked) == 2:
            raise Crash  # after it was written: the answer is lost
        return answer

    with monkeypatch.context() as patch:
        patch.setattr(log, "ask", crashing)
        with pytest.raises(Crash):
            copy(log, ada, goal)
    assert log.verify(goal).count == 4
    assert copy(log, ada, goal) == 9
    assert log.verify(goal) == log.verify(ada)


@pytest.mark.parametrize("failing", [FREEZE, RESTORE, THAW])
@pytest.mark.parametrize("error", [LogAway, Crash])
@pytest.mark.parametrize("when", ["before", "after"])
def test_whatever_fails_the_source_goes_on(
    log: EventLog, ada: Tenant, goal: Tenant, put: Put, monkeypatch: pytest.MonkeyPatch, failing, error, when: str
) -> None:
    put(0, *[event()] * 3)
    ask, failed = log.ask, []

    def crashing(tenant, call, *parameters, **options):
        if call == failing and not failed:
            failed.append(call)
            if when == "after":
                ask(tenant, call, *parameters, **options)
            raise error
        return ask(tenant, call, *parameters, **options)

    with monkeypatch.context() as patch:
        patch.setattr(log, "ask", crashing)
        with pytest.raises(error):
            finish(log, ada, goal)
    assert put(3).position == 4
    assert finish(log, ada, goal) == log.verify(goal) == log.verify(ada)


def test_who_was_killed_in_the_middle_finishes_again(log: EventLog, ada: Tenant, goal: Tenant, put: Put) -> None:
    put(0, *[event()] * 3)
    freeze(log, ada)
    assert finish(log, ada, goal).count == 3
    assert finish(log, ada, goal).count == 3, "the answer was lost"


def test_a_log_that_was_left_is_not_woken(log: EventLog, ada: Tenant, goal: Tenant, put: Put) -> None:
    put(0)
    finish(log, ada, goal)
    put(1, tenant=goal)
    with pytest.raises(LogFrozen):
        finish(log, ada, goal)
    with pytest.raises(LogFrozen):
        put(1)


def test_it_comes_back(log: EventLog, ada: Tenant, goal: Tenant, put: Put) -> None:
    put(0)
    finish(log, ada, goal)
    put(1, tenant=goal)
    copy(log, goal, ada)
    with pytest.raises(LogFrozen):
        put(2)
    assert finish(log, goal, ada).count == 2
    assert put(2).position == 3
    with pytest.raises(LogFrozen):
        put(2, tenant=goal)


def test_another_log_at_the_goal_is_left_alone(
    log: EventLog, ada: Tenant, goal: Tenant, put: Put, there: psycopg.Connection
) -> None:
    put(0)
    put(0, tenant=goal)
    before = rows_of(there, goal)
    for move in (copy, finish):
        with pytest.raises(LogNotEmpty):
            move(log, ada, goal)
    assert rows_of(there, goal) == before
    assert put(1).position == 2


def test_logs_that_went_different_ways_are_not_mixed(log: EventLog, ada: Tenant, goal: Tenant, put: Put) -> None:
    put(0)
    copy(log, ada, goal)
    put(1, tenant=goal)
    for _ in range(2):  # first the goal is ahead, then both are equally long
        for move in (copy, finish):
            with pytest.raises(AnotherLog):
                move(log, ada, goal)
        put(log.verify(ada).count)
    assert log.verify(ada).count == 3


def test_a_database_that_does_not_keep_what_it_is_given_is_no_goal(
    log: EventLog, ada: Tenant, goal: Tenant, put: Put, there: psycopg.Connection
) -> None:
    """It was looked at before; what came later shows in its head."""
    put(0)
    log.ensure(goal)
    there.execute(
        "CREATE FUNCTION public.forget() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN NEW.hash := sha256(NEW.hash); RETURN NEW; END $$"
    )
    there.execute("CREATE TRIGGER forget BEFORE UPDATE ON nu.head FOR EACH ROW EXECUTE FUNCTION public.forget()")
    with pytest.raises(AnotherLog):
        finish(log, ada, goal)
    assert put(1).position == 2


def test_it_does_not_move_to_where_it_is(log: EventLog, ada: Tenant, put: Put) -> None:
    """Also when the address is written in another way."""
    put(0)
    port = ada.storage.port
    again = Target.parse(f"host=localhost port={port} dbname={ada.storage.dbname} user=numirror password={secret(ada)}")
    with pytest.raises(SameDatabase):
        finish(log, ada, Tenant(ada.tenant_id, again))
    assert put(1).position == 2


def secret(tenant: Tenant) -> str:
    return str.__str__(tenant.storage.password)


def test_it_stays_with_its_tenant(log: EventLog, ada: Tenant, bob: Tenant) -> None:
    for move in (copy, finish):
        with pytest.raises(ValueError, match="stays with its tenant"):
            move(log, ada, bob)
    assert head(log, ada) is None


FUNCTIONS = (
    "nu.freeze(%s)",
    "nu.thaw(%s)",
    "nu.erase(%s)",
    "nu.read_head(%s)",
    "nu.restore(%s, gen_random_uuid(), '[]')",
)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_role_of_the_product_calls_none_of_it(superuser, bob: Tenant, put: Put, function: str) -> None:
    put(0, tenant=bob)
    with pytest.raises(psycopg.errors.InsufficientPrivilege), superuser.transaction():
        superuser.execute("SET LOCAL SESSION AUTHORIZATION nu_app")
        superuser.execute(f"SELECT {function}", (bob.tenant_id,))


def test_nobody_freezes_anothers_log(log: EventLog, ada: Tenant, bob: Tenant, put: Put, owner) -> None:
    put(0, tenant=bob)
    with owner.transaction():
        owner.execute(named("enter").text, {"tenant": ada.tenant_id})
        assert owner.execute("UPDATE nu.head SET frozen_at = now()").rowcount == 0
    freeze(log, ada)
    assert put(1, tenant=bob).position == 2
