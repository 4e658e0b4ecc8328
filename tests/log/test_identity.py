"""Who a visitor is: the same Google account is always the same tenant."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from numirror.shell.log import EventLog, IdentityRefused, Tenant


def test_the_first_address_stays(log: EventLog, ada: Tenant, bob: Tenant) -> None:
    sub = f"sub of {ada.tenant_id}"
    assert log.identify(ada, sub) == ada.tenant_id
    assert log.identify(ada, sub) == ada.tenant_id
    assert log.identify(bob, sub) == ada.tenant_id, "a new address, the old tenant"


def test_an_address_is_not_given_to_another_account(log: EventLog, ada: Tenant) -> None:
    log.identify(ada, f"first {ada.tenant_id}")
    with pytest.raises(IdentityRefused):
        log.identify(ada, f"second {ada.tenant_id}")


def test_an_account_does_not_become_whoever_has_its_new_address(log: EventLog, ada: Tenant, bob: Tenant) -> None:
    log.identify(ada, f"a {ada.tenant_id}")
    log.identify(bob, f"b {bob.tenant_id}")
    assert log.identify(bob, f"a {ada.tenant_id}") == ada.tenant_id


def test_of_racing_first_visits_one_wins(log: EventLog, ada: Tenant, bob: Tenant) -> None:
    sub = f"race {ada.tenant_id}"
    with ThreadPoolExecutor(8) as crew:
        seen = set(crew.map(lambda n: log.identify((ada, bob)[n % 2], sub), range(8)))
    assert len(seen) == 1
