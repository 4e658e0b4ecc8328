"""The log only grows, whoever asks."""

import psycopg
import pytest

from numirror.shell.log import EventLog, Tenant
from numirror.shell.log.queries import named
from tests.log.conftest import Put

CHANGES = (
    "UPDATE nu.event_log SET type = 'other'",
    "UPDATE nu.event_log SET data = '{}'",
    "UPDATE nu.event_log SET data = NULL",
    "UPDATE nu.event_log SET salt = NULL",
    "UPDATE nu.event_log SET data = NULL, salt = NULL, metadata = '{}'",
    "DELETE FROM nu.event_log",
    "TRUNCATE nu.event_log",
)


@pytest.fixture
def database(own_database: str) -> str:
    return own_database


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("role", ["origin", "replica"])
def test_a_superuser_changes_nothing(put: Put, superuser: psycopg.Connection, change: str, role: str) -> None:
    put(0)
    before = superuser.execute("SELECT * FROM nu.event_log").fetchall()
    superuser.execute(f"SET session_replication_role = {role}")
    with pytest.raises(psycopg.Error, match="only grows"):
        superuser.execute(change)
    assert superuser.execute("SELECT * FROM nu.event_log").fetchall() == before


@pytest.mark.parametrize("change", CHANGES)
def test_the_role_of_the_product_may_not_even_try(
    ada: Tenant, put: Put, owner: psycopg.Connection, change: str
) -> None:
    put(0)
    with pytest.raises(psycopg.errors.InsufficientPrivilege), owner.transaction():
        owner.execute(named("enter").text, {"tenant": ada.tenant_id})
        owner.execute(change)


def test_a_payload_can_be_blanked_together_with_its_salt(
    log: EventLog, ada: Tenant, put: Put, superuser: psycopg.Connection
) -> None:
    put(0)
    put(1)
    before = log.verify(ada)
    superuser.execute("UPDATE nu.event_log SET data = NULL, salt = NULL WHERE position = 1")
    assert log.verify(ada) == before
    assert [one.data is None for one in log.read(ada, 0)] == [True, False]
