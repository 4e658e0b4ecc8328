"""Whoever owns a database writes into it what they like; it makes nobody else of them."""

from uuid import uuid4

import psycopg
import pytest

from numirror.shell.log import IdentityRefused
from numirror.shell.log.errors import DatabaseStrange
from numirror.shell.resources.resolution import Url
from tests.account.conftest import Person


def test_it_can_not_say_that_its_owner_is_somebody_else(person: Person, own: str) -> None:
    person.visit()
    assert person.account.use(person.visit(), person.place, "database", Url(own)).ok
    other = f"{uuid4().hex}@example.com"
    with psycopg.connect(own, autocommit=True) as sql:
        sql.execute("alter table nu.identity no force row level security")
        sql.execute("update nu.identity set tenant_id = %s", [other])
        sql.execute("alter table nu.identity force row level security")
    person.account.forget(person.visit())
    person.begin()
    with pytest.raises(IdentityRefused):
        person.visit()
    assert person.stores.lease(person.stores.tenant_hash(other)) is None


@pytest.mark.parametrize("says", ["{}", "[]", "7", '{"log_id": "x"}', ""])
def test_what_its_functions_answer_is_no_fault_of_ours(person: Person, own: str, says: str) -> None:
    person.visit()
    assert person.account.use(person.visit(), person.place, "database", Url(own)).ok
    with psycopg.connect(own, autocommit=True) as sql:
        sql.execute(
            "create or replace function nu.tail(_tenant text, _after bigint, _limit int) returns json language sql "
            f"as $$ select nullif('{says}', '')::json $$"
        )
    with pytest.raises(DatabaseStrange):
        person.visit()
