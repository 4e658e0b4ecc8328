"""A Google account whose address has changed keeps everything; whoever has the old address now gets nothing of it."""

from dataclasses import dataclass
from time import monotonic
from uuid import uuid4

import msgspec
import pytest

from numirror import follow
from numirror.shell.google.identity import Visitor
from numirror.shell.google.sheets import Spreadsheet
from numirror.shell.log import IdentityRefused, Target, Tenant
from numirror.shell.log.erase import erase
from numirror.shell.opening import OWNER
from numirror.shell.resources import leases
from numirror.shell.resources.discovery_map import PutEntry, apply, read_map
from numirror.shell.resources.resolution import Url
from numirror.shell.stores import NoDatabase
from tests.account.conftest import NOW, Person
from tests.log.conftest import METADATA, event


@dataclass
class Renamed(Person):
    """The same Google account in front of the same Sheet, under another address."""

    address: str = ""

    @property
    def visitor(self) -> Visitor:
        return Visitor(self.address, self.sub, self.address)


@pytest.fixture
def settled(person: Person, own: str) -> Person:
    """Somebody with a database of their own and a task in it."""
    person.visit()
    assert person.account.use(person.visit(), person.place, "database", Url(own)).ok
    person.add("Kept in my own database")
    return person


def renamed(person: Person) -> Renamed:
    """In a process that offers no trial, so that no other database than their own can know them."""
    alone = msgspec.structs.replace(person.settings, database_url=None)
    return Renamed(person.google, person.sub, alone, f"{uuid4().hex}@example.com")


def test_their_own_database_is_found_again(settled: Person, own: str) -> None:
    later = renamed(settled)
    assert later.titles() == ["Kept in my own database"]
    lease = later.visit().lease
    assert lease.storage.value == Url(own)
    assert lease.tenant_id == settled.visitor.tenant_id
    later.add("Added under the new address")
    assert later.titles() == ["Kept in my own database", "Added under the new address"]


def test_connections_work_under_the_new_address(settled: Person) -> None:
    later = renamed(settled)
    overview = later.account.overview(later.visit(), later.place)
    assert overview.of("database").source == "vault"
    assert overview.unreadable == ()
    own = Url(later.settings.redis_url.rpartition("/")[0] + "/7")
    assert later.account.use(later.visit(), later.place, "redis", own).ok
    assert later.visit(anew=True).lease.read_model.value == own


def test_the_entry_counts_for_its_own_account_only(settled: Person) -> None:
    stranger = Renamed(settled.google, f"{settled.sub}9", renamed(settled).settings, f"{uuid4().hex}@example.com")
    with pytest.raises(NoDatabase):
        stranger.visit()


def test_who_has_the_old_address_now_is_not_driven_out(settled: Person) -> None:
    """Their lease stands under that address; whoever had it before does not take its place."""
    later = renamed(settled)
    tenant_hash = later.stores.tenant_hash(settled.visitor.tenant_id)
    before = later.stores.lease(tenant_hash)
    assert before is not None
    later.stores.lend(msgspec.structs.replace(before, sub="somebody else"), tenant_hash)
    with pytest.raises(IdentityRefused):
        later.visit()
    kept = later.stores.lease(tenant_hash)
    assert kept is not None
    assert kept.sub == "somebody else"


def test_without_the_entry_nothing_is_guessed(settled: Person) -> None:
    spreadsheet = Spreadsheet(settled.settings.sheets_url, settled.google.token, settled.google.sheet_id)
    apply(spreadsheet, read_map(spreadsheet), [PutEntry(OWNER, "")])
    with pytest.raises(NoDatabase):
        renamed(settled).visit()


def test_what_they_bring_is_used_under_the_new_address_too(person: Person, own: str) -> None:
    person.visit()
    person.add("Before")
    later = Renamed(person.google, person.sub, person.settings, f"{uuid4().hex}@example.com")
    later.visit()
    assert later.account.use(later.visit(), later.place, "database", Url(own)).ok
    assert later.visit().lease.storage.value == Url(own)
    later.add("After")
    assert later.titles() == ["Before", "After"]


@pytest.mark.parametrize("leave", ["forget", "erase"])
def test_no_lease_is_left_under_any_address(person: Person, leave: str) -> None:
    person.visit()
    person.add("Before")
    later = Renamed(person.google, person.sub, person.settings, f"{uuid4().hex}@example.com")
    later.visit()
    if leave == "forget":
        later.account.forget(later.visit())
    else:
        later.account.erase(later.visit(), later.place, later.address)
    names = map(later.stores.tenant_hash, (person.visitor.tenant_id, later.address))
    assert [later.stores.lease(name) for name in names] == [None, None]


def test_erasing_leaves_whoever_has_the_old_address_on_the_trial_alone(settled: Person) -> None:
    trial = Tenant(settled.visitor.tenant_id, Target.parse(str(settled.settings.database_url)))
    log = settled.stores.log
    erase(log, trial)
    assert log.identify(trial, "somebody else") == trial.tenant_id
    log.append(trial, "tasks", 0, uuid4(), [event()], NOW, METADATA)
    later = renamed(settled)
    later.settings = settled.settings
    later.begin()
    later.account.erase(later.visit(), later.place, later.address)
    assert len(log.read(trial, 0)) == 1
    assert log.identify(trial, "somebody else") == trial.tenant_id


def test_what_is_kept_between_visits_is_found_under_the_new_address(person: Person) -> None:
    person.visit()
    later = Renamed(person.google, person.sub, person.settings, f"{uuid4().hex}@example.com")
    later.visit()
    later.add("Folded once")
    assert later.visit().models["tasks"].position == 1
    later.stores.note_lane(later.stores.tenant_hash(person.visitor.tenant_id), is_closed=True)
    assert later.visit().is_lane_closed


def test_a_worker_that_was_woken_under_the_new_address_keeps_nothing_under_it(person: Person) -> None:
    person.visit()
    later = Renamed(person.google, person.sub, person.settings, f"{uuid4().hex}@example.com")
    later.visit()
    later.add("Followed")
    new = later.stores.tenant_hash(later.address)
    follow.build(later.settings)(new, monotonic() + 10)
    assert later.stores.platform.keys(f"nu:{{{new}}}:*") == [leases.key(new).encode()]


def test_a_lease_that_was_taken_back_is_gone_under_both(person: Person) -> None:
    person.visit()
    later = Renamed(person.google, person.sub, person.settings, f"{uuid4().hex}@example.com")
    later.visit()
    later.stores.take_back_lease(later.stores.tenant_hash(person.visitor.tenant_id))
    assert later.visits.open(later.visitor, later.place, command=False) is None
