"""A trial counts from the first event: who is forgotten and comes again begins no new one."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from tests.account.conftest import Person


def test_forgetting_begins_no_new_trial(person: Person) -> None:
    person.visit()
    person.add("First")
    first = person.stores.log.read(person.visit().tenant, 0, 1)[0].recorded_at
    person.account.forget(person.visit())
    assert person.visit().lease.trial_until == first + timedelta(days=person.settings.trial_days)


def test_an_imported_event_of_the_future_makes_no_longer_trial(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person.visit()
    person.add("First")
    (first,) = person.stores.log.read(person.visit().tenant, 0, 1)
    forged = msgspec.structs.replace(first, recorded_at=datetime.max.replace(tzinfo=UTC))
    monkeypatch.setattr(person.stores.log, "read", lambda *_: [forged])
    until = person.visit(anew=True).lease.trial_until
    assert until <= datetime.now(UTC) + timedelta(days=person.settings.trial_days)
