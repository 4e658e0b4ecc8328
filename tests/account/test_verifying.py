"""Verify my log: the chain, and the end that the map remembers."""

import psycopg
import pytest

from local.stack import Stack
from numirror.shell.log.errors import ChainBroken, LogShorter
from tests.account.conftest import Person


def alter(stack: Stack, person: Person, statement: str) -> None:
    """What the owner of the database can do, if they take the guards away first."""
    with psycopg.connect(stack.addresses.database) as sql:
        sql.execute("alter table nu.event_log disable trigger user")
        sql.execute("alter table nu.event_log no force row level security")
        sql.execute("alter table nu.head no force row level security")
        sql.execute(statement, {"tenant": person.google.user})
        sql.execute("alter table nu.head force row level security")
        sql.execute("alter table nu.event_log force row level security")
        sql.execute("alter table nu.event_log enable always trigger only_grows")
        sql.execute("alter table nu.event_log enable always trigger never_emptied")


def test_a_flipped_byte_names_its_event(person: Person, stack: Stack) -> None:
    for title in ("One", "Two", "Three"):
        person.visit()
        person.add(title)
    assert person.account.verify(person.visit(), person.place) == 3
    alter(
        stack,
        person,
        "update nu.event_log set data = jsonb_set(data, '{title}', '\"Tow\"') "
        "where tenant_id = %(tenant)s and position = 2",
    )
    with pytest.raises(ChainBroken) as caught:
        person.account.verify(person.visit(), person.place)
    assert caught.value.position == 2


def test_a_log_that_was_cut_and_made_whole_again_is_found_by_what_the_map_remembers(
    person: Person, stack: Stack
) -> None:
    person.visit()
    for title in ("One", "Two"):
        person.add(title)
    person.account.verify(person.visit(), person.place)
    alter(stack, person, "delete from nu.event_log where tenant_id = %(tenant)s and position = 2")
    alter(
        stack,
        person,
        "update nu.head as h set position = 1, hash = e.hash from nu.event_log as e "
        "where h.tenant_id = %(tenant)s and e.tenant_id = %(tenant)s and e.position = 1",
    )
    with pytest.raises(LogShorter):
        person.account.verify(person.visit(), person.place)
