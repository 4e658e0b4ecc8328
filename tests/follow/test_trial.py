"""The trial's limits: what is there can always be read, and nothing more is taken."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from numirror.shell.trial import Trial, TrialFull, TrialOver
from tests.follow.conftest import NOW, Life, add

LATER = datetime(2027, 6, 1, tzinfo=UTC)


def lend(ada: Life, **changes: object) -> None:
    lease = ada.stores.lease(ada.tenant_hash)
    assert lease is not None
    ada.stores.lend(msgspec.structs.replace(lease, **changes), ada.tenant_hash)


def test_a_trial_takes_as_many_events_as_it_holds() -> None:
    Trial(2, LATER).check(1, NOW)
    with pytest.raises(TrialFull):
        Trial(2, LATER).check(2, NOW)


def test_a_trial_takes_events_until_it_is_over() -> None:
    Trial(2, NOW + timedelta(seconds=1)).check(0, NOW)
    with pytest.raises(TrialOver):
        Trial(2, NOW).check(0, NOW)


def test_after_the_trial_everything_can_be_read_and_nothing_added(ada: Life) -> None:
    ada.do(add("Before"))
    lend(ada, trial_until=NOW)
    with pytest.raises(TrialOver):
        ada.do(add("After"))
    assert [task.title for task in ada.tasks().open.values()] == ["Before"]


def test_the_operators_limit_holds(ada: Life) -> None:
    settings = msgspec.structs.replace(ada.stores.settings, trial_events=1)
    ada.stores.settings = settings
    ada.do(add("First"))
    with pytest.raises(TrialFull):
        ada.do(add("Second"))


def test_an_own_redis_that_is_away_costs_a_fold_and_no_visit(ada: Life) -> None:
    from numirror.shell.resources.resolution import Resource, Url

    ada.do(add("Here"))
    lend(ada, read_model=Resource(Url("redis://x:y@127.0.0.1:1/0"), "vault"))
    assert [task.title for task in ada.tasks().open.values()] == ["Here"]
    ada.do(add("And here"))
    ada.follow()
    assert len(ada.tasks().open) == 2
