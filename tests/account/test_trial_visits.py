"""A trial counts from the first event: who is forgotten and comes again begins no new one."""

from datetime import timedelta

from tests.account.conftest import Person


def test_forgetting_begins_no_new_trial(person: Person) -> None:
    person.visit()
    person.add("First")
    first = person.stores.log.read(person.visit().tenant, 0, 1)[0].recorded_at
    person.account.forget(person.visit())
    assert person.visit().lease.trial_until == first + timedelta(days=person.settings.trial_days)
