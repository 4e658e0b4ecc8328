"""A database that a newer NuMirror has brought up to date: everything can be read, and nothing is written."""

import psycopg
import pytest

from numirror.shell.log.errors import DatabaseNewer
from numirror.shell.log.migrate import newest
from numirror.shell.resources.resolution import Url
from numirror.web.house.notes import notes
from tests.account.conftest import Person


def test_a_newer_database_is_read_and_written_again_once_the_code_is_newer(person: Person, own: str) -> None:
    person.visit()
    person.add("Before")
    assert person.account.use(person.visit(), person.place, "database", Url(own)).ok
    with psycopg.connect(own, autocommit=True) as sql:
        sql.execute("insert into nu.migration values (%s, 'pre', 'from the future')", [newest() + 2])
    person.begin()
    visit = person.visit(anew=True)
    assert visit.lease.is_read_only and "newer NuMirror" in str(notes(visit, person.place))
    assert person.titles() == ["Before"]
    with pytest.raises(DatabaseNewer):
        person.add("After")
    with psycopg.connect(own, autocommit=True) as sql:
        sql.execute("delete from nu.migration where name = 'from the future'")
    person.begin()
    person.add("After")
    assert not person.visit().lease.is_read_only
    assert sorted(person.titles()) == ["After", "Before"]
