"""A Vault tab that somebody put back from the Sheet's history brings no target back."""

import pytest

from numirror.shell.google.sheets import Spreadsheet
from numirror.shell.opening import VaultOld
from numirror.shell.resources.bindings import FIELD
from numirror.shell.resources.discovery_map import PutEntry, apply, read_map
from numirror.shell.resources.resolution import Url
from tests.account.conftest import Person


def redis_of(person: Person, number: int) -> Url:
    return Url(person.settings.redis_url.rpartition("/")[0] + f"/{number}")


def test_an_older_yes_is_refused_until_the_owner_begins_anew(person: Person) -> None:
    person.visit()
    use = person.account.use
    assert use(person.visit(), person.place, "redis", redis_of(person, 8)).ok
    spreadsheet = Spreadsheet(person.settings.sheets_url, person.google.token, person.google.sheet_id)
    opened = read_map(spreadsheet)
    before = {name: opened.vault[name] for name in ("redis", FIELD)}
    assert use(person.visit(), person.place, "redis", redis_of(person, 9)).ok
    put_back = [PutEntry(name, one.sealed, one.hint, one.checked) for name, one in before.items()]
    apply(spreadsheet, read_map(spreadsheet), put_back)
    for attempt in (lambda: person.account.overview(person.visit(), person.place), lambda: person.visit(anew=True)):
        with pytest.raises(VaultOld):
            attempt()
    assert person.visit().lease.read_model.value == redis_of(person, 9)
    person.account.forget(person.visit())
    assert person.visit().lease.read_model.value == redis_of(person, 8)
