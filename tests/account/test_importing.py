"""A file that comes back: into an empty log or the same one, once, and for whom it was exported."""

import contextlib
import io
import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
import psycopg
import pytest
import redis

from numirror import catalog
from numirror.shell.account import importing
from numirror.shell.account.importing import (
    AnotherFile,
    Import,
    Imports,
    Overtaken,
    Question,
    ReadOnly,
    Restored,
    TrialTooSmall,
)
from numirror.shell.account.links import VALID_FOR, LinkOver
from numirror.shell.log import LogAway, Verified, archive, chain
from numirror.shell.log.archive import Archive
from numirror.shell.log.calls import run
from numirror.shell.log.erase import erase
from numirror.shell.log.errors import AnothersExport, InvalidExport, LogFrozen, LogNotEmpty
from numirror.shell.log.freeze import freeze, head, thaw
from numirror.shell.log.migrate import newest
from numirror.shell.log.restore import RESTORE, decoded, restore
from numirror.shell.log.restore_file import preview
from numirror.shell.mirrors import redis as read_models
from numirror.shell.mirrors.redis import ReadModel
from numirror.shell.resources.resolution import Url
from numirror.shell.trial import TrialOver
from numirror.shell.visits import RedisAway
from tests.account.conftest import Person
from tests.account.test_leaving import file as file_of
from tests.waiting import eventually


@dataclass
class Left:
    """Somebody who exported three events, erased themselves and began anew, with nothing."""

    person: Person
    file: io.BytesIO
    end: Verified


@pytest.fixture
def left(person: Person) -> Left:
    three(person)
    end = person.stores.log.verify(person.visit().tenant)
    file = io.BytesIO(file_of(person))
    begin_anew(person)
    return Left(person, file, end)


def three(person: Person) -> None:
    person.visit()
    for title in ("One", "Two", "Three"):
        person.add(title)


def begin_anew(person: Person) -> None:
    visit = person.visit()
    person.visits.forget(visit)
    erase(person.stores.log, visit.tenant)
    person.begin()
    person.visit(anew=True)


def imports(person: Person) -> Imports:
    return Imports(person.stores, person.visits)


def parts(path: str) -> tuple[str, int, str]:
    _, _, tenant_hash, expires, seal = path.split("/")
    return tenant_hash, int(expires), seal


def opened(person: Person) -> Import:
    now = person.place.now
    return imports(person).open(*parts(person.account.import_path(person.visit(), now)), now)


def position(person: Person) -> int:
    found = head(person.stores.log, person.visit().tenant)
    return found.position if found else 0


def test_what_was_erased_comes_back_with_the_same_hash_and_its_mirrors(left: Left) -> None:
    done = opened(left.person).read(left.file)
    assert done == Restored(3, 0, left.end.head_hash)
    assert left.person.stores.log.verify(left.person.visit().tenant) == left.end
    assert sorted(left.person.titles()) == ["One", "Three", "Two"]
    left.person.add("Four")
    left.person.stores.log.verify(left.person.visit().tenant)


def test_the_workers_are_woken(left: Left, stack: Any) -> None:
    opened(left.person).read(left.file)

    def rows() -> int:
        with psycopg.connect(stack.addresses.database, autocommit=True) as sql, sql.transaction():
            sql.execute("select nu.enter(%s)", [left.person.google.user])
            found = sql.execute("select count(*) from nu.projection_tasks").fetchone()
            return found[0] if found else 0

    eventually(lambda: rows() == 3, seconds=10)  # the sweep alone takes longer


class Died(BaseException):
    """The process ends here."""


def test_who_dies_before_the_wake_is_found_by_the_sweep(left: Left, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*_: object) -> None:
        raise Died

    person, mine = left.person, opened(left.person)
    platform, tenant_hash = person.stores.platform, person.visit().tenant_hash
    for key in platform.scan_iter("*visits:*"):
        platform.zrem(key, tenant_hash)
    with monkeypatch.context() as patch, pytest.raises(Died):
        patch.setattr(person.visits, "close", die)
        mine.read(left.file)
    assert position(person) == 3
    assert any(platform.zscore(key, tenant_hash) for key in platform.scan_iter("*visits:*"))


def test_twice_is_once(left: Left) -> None:
    opened(left.person).read(left.file)
    assert opened(left.person).read(left.file) == Restored(0, 3, left.end.head_hash)
    assert position(left.person) == 3


def test_a_file_goes_on_where_a_log_stopped(left: Left) -> None:
    """As after a process that died in the middle."""
    person = left.person
    opened(person).read(left.file)
    person.add("Four")
    longer = io.BytesIO(file_of(person))
    begin_anew(person)
    opened(person).read(left.file)
    assert opened(person).read(longer) == Restored(1, 3, person.stores.log.verify(person.visit().tenant).head_hash)


def test_a_shorter_file_is_asked_about_and_then_is_that_very_file(left: Left) -> None:
    person = left.person
    opened(person).read(left.file)
    person.add("Since then")
    asked = opened(person).read(left.file)
    assert isinstance(asked, Question)
    assert (asked.count, asked.here) == (3, 4)
    other = io.BytesIO(file_of(person))
    for yes in (asked.yes[:-1] + "x", "ü", "0" * 64):
        with pytest.raises(AnotherFile):
            opened(person).read(left.file, yes)
    with pytest.raises(AnotherFile):
        opened(person).read(other, asked.yes)
    assert opened(person).read(left.file, asked.yes) == Restored(0, 3, left.end.head_hash)
    assert position(person) == 4


def test_a_yes_is_one_persons(left: Left) -> None:
    person = left.person
    opened(person).read(left.file)
    person.add("Since then")
    asked = opened(person).read(left.file)
    assert isinstance(asked, Question)
    mine = opened(person)
    mine._visit = msgspec.structs.replace(mine._visit, tenant_hash="0" * 32)
    with pytest.raises(AnotherFile):
        mine.read(left.file, asked.yes)


def test_a_link_holds_for_one_person_and_ten_minutes(person: Person) -> None:
    now = person.place.now
    real = tenant_hash, expires, seal = parts(person.account.import_path(person.visit(), now))
    imports(person).open(*real, now)
    imports(person).open(*real, now + VALID_FOR - timedelta(seconds=2))
    bob = person.stores.tenant_hash("bob-links@example.com")
    person.stores.lend(person.visit().lease, bob)
    for forged in ((bob, expires, seal), (tenant_hash, expires + 1, seal), (tenant_hash, expires, "ü" * 64)):
        with pytest.raises(LinkOver):
            imports(person).open(*forged, now)
    with pytest.raises(LinkOver):
        imports(person).open(*real, now + VALID_FOR + timedelta(seconds=1))


def test_an_exports_link_opens_no_import_and_the_other_way_round(person: Person) -> None:
    visit, now = person.visit(), person.place.now
    with pytest.raises(LinkOver):
        imports(person).open(*parts(person.account.export_path(visit, now)), now)
    with pytest.raises(LinkOver):
        person.account._exports.file(*parts(person.account.import_path(visit, now)), now)


def test_a_link_of_someone_who_was_forgotten_since_is_over(person: Person) -> None:
    now = person.place.now
    real = parts(person.account.import_path(person.visit(), now))
    person.account.forget(person.visit())
    with pytest.raises(LinkOver):
        imports(person).open(*real, now)


def test_a_changed_byte_leaves_nothing_behind(left: Left) -> None:
    whole = left.file.getvalue()
    place = whole.index(b'"tasks.task_added"') if b'"tasks.task_added"' in whole else 200
    changed = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
    for bad in (changed, whole[:-1], b"", b"PK\3\4 no zip", whole + b"x"):
        with pytest.raises(InvalidExport):
            opened(left.person).read(io.BytesIO(bad))
    assert position(left.person) == 0


def test_anothers_export_is_refused(left: Left, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = opened(left.person)
    stored = mine._visit.tenant
    bob = type(stored)("bob-imports@example.com", stored.storage)
    mine._visit = msgspec.structs.replace(mine._visit, stored=bob)
    with pytest.raises(AnothersExport):
        mine.read(left.file)
    assert head(left.person.stores.log, bob) is None


def trial(person: Person, **limits: Any) -> Import:
    found = opened(person)
    assert found._visit.trial is not None
    found._visit = msgspec.structs.replace(found._visit, trial=msgspec.structs.replace(found._visit.trial, **limits))
    return found


def test_a_trial_takes_no_more_than_it_may_hold(left: Left) -> None:
    with pytest.raises(TrialTooSmall):
        trial(left.person, events=2).read(left.file)
    with pytest.raises(TrialOver):
        trial(left.person, until=left.person.place.now).read(left.file)
    assert position(left.person) == 0
    assert trial(left.person, events=3).read(left.file) == Restored(3, 0, left.end.head_hash)
    # What adds nothing is no matter of limits.
    assert trial(left.person, events=2).read(left.file) == Restored(0, 3, left.end.head_hash)


def test_another_log_is_left_alone(left: Left) -> None:
    left.person.add("Begun anew")
    with pytest.raises(LogNotEmpty):
        opened(left.person).read(left.file)
    assert left.person.titles() == ["Begun anew"]


def test_a_log_that_moves_takes_no_file(left: Left) -> None:
    person = left.person
    opened(person).read(left.file)
    freeze(person.stores.log, person.visit().tenant)
    with pytest.raises(LogFrozen):
        opened(person).read(left.file)
    thaw(person.stores.log, person.visit().tenant)


def between(monkeypatch: pytest.MonkeyPatch, number: int, then: Callable[[], object]) -> None:
    """Does something right before the page with this number is written, of pages of two events."""
    monkeypatch.setattr("numirror.shell.log.restore_file.PAGE_LINES", 2)
    numbers = itertools.count(1)

    def running(conn: Any, call: Any, parameters: Any) -> Any:
        if call == RESTORE and next(numbers) == number:
            then()
        return run(conn, call, parameters)

    monkeypatch.setattr("numirror.shell.log.event_log.run", running)


def test_a_click_right_before_is_not_mixed_in(left: Left, monkeypatch: pytest.MonkeyPatch) -> None:
    between(monkeypatch, 1, lambda: left.person.add("Quicker"))
    with pytest.raises(LogNotEmpty):
        opened(left.person).read(left.file)
    assert left.person.titles() == ["Quicker"]


def test_a_click_on_the_same_log_right_before_is_not_mixed_in(left: Left, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log had been read in up to its second event, and goes another way from there."""
    person = left.person
    whole = restored_up_to(person, left.file, 2)
    between(monkeypatch, 1, lambda: person.add("Quicker"))
    with pytest.raises(Overtaken):
        opened(person).read(whole)
    assert sorted(person.titles()) == ["One", "Quicker", "Two"]


def restored_up_to(person: Person, file: io.BytesIO, count: int) -> io.BytesIO:
    """The log holds the first events of a file; the file."""
    lines = [decoded(line) for line in Archive(file).read(archive.LOG) for line in line.splitlines()]
    log_id = preview(person.stores.log, person.visit().tenant, file).log_id
    assert log_id is not None
    restore(person.stores.log, person.visit().tenant, log_id, lines[:count], chain.START)
    return file


def test_a_click_between_two_pages_waits_and_comes_after_them(left: Left, monkeypatch: pytest.MonkeyPatch) -> None:
    click = threading.Thread(target=lambda: left.person.add("Later"))
    between(monkeypatch, 2, click.start)
    assert opened(left.person).read(left.file) == Restored(3, 0, left.end.head_hash)
    click.join(10)
    assert left.person.stores.log.verify(left.person.visit().tenant).count == 4
    assert sorted(left.person.titles()) == ["Later", "One", "Three", "Two"]


def test_what_fails_on_the_second_page_has_written_nothing(left: Left, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise LogAway

    between(monkeypatch, 2, fail)
    with pytest.raises(LogAway):
        opened(left.person).read(left.file)
    assert position(left.person) == 0
    left.person.add("Goes on as if nothing had been")
    assert left.person.titles() == ["Goes on as if nothing had been"]


def test_who_is_being_erased_gets_nothing_back(left: Left, monkeypatch: pytest.MonkeyPatch) -> None:
    """Erasing takes the lease before it waits for the log."""
    mine, person = opened(left.person), left.person
    between(monkeypatch, 2, lambda: person.visits.forget(person.visit()))
    with pytest.raises(LinkOver):
        mine.read(left.file)
    assert person.stores.log.read(mine._visit.tenant, 0) == []


def test_who_is_erased_in_between_stays_erased(left: Left, monkeypatch: pytest.MonkeyPatch) -> None:
    mine, person = opened(left.person), left.person
    erasing = threading.Thread(target=person.account.erase, args=(person.visit(), person.place, person.google.user))
    between(monkeypatch, 2, erasing.start)
    with contextlib.suppress(LinkOver):
        mine.read(left.file)
    erasing.join(10)
    assert person.stores.log.read(mine._visit.tenant, 0) == []


def test_a_worker_in_between_loses_nothing(left: Left, monkeypatch: pytest.MonkeyPatch) -> None:
    """It follows what is there already, and what comes is followed later."""
    person = left.person
    between(monkeypatch, 2, lambda: follow(person))
    opened(person).read(left.file)
    follow(person)
    checkpoints = person.stores.projections.checkpoints(person.visit().tenant)
    assert checkpoints["tasks"].position == 3
    assert sorted(person.titles()) == ["One", "Three", "Two"]


def follow(person: Person) -> None:
    from time import monotonic

    from numirror.follow import build

    build(person.settings)(person.visit().tenant_hash, monotonic() + 5)


def test_a_log_that_moves_away_in_between_is_told_of(left: Left, monkeypatch: pytest.MonkeyPatch) -> None:
    person = left.person
    tenant = person.visit().tenant
    between(monkeypatch, 1, lambda: freeze(person.stores.log, tenant))
    with pytest.raises(LogFrozen):
        opened(person).read(left.file)
    thaw(person.stores.log, tenant)
    assert opened(person).read(left.file) == Restored(3, 0, left.end.head_hash)


def test_read_models_that_an_erased_log_left_behind_do_not_fit_again(left: Left) -> None:
    """The same log comes back shorter, grows, and reaches the position that they were drawn at."""
    person = left.person
    visit = person.visit()
    key = read_models.keys(visit.tenant_hash, catalog.STREAMS)[list(catalog.STREAMS).index("tasks")]
    seen = importing.preview(person.stores.log, visit.tenant, left.file)
    assert isinstance(seen.log_id, UUID)
    stale = ReadModel(seen.log_id, 3, b'{"open":{},"done":{}}')
    read_models.save(person.stores.models, {key: stale})
    opened(person).read(left.file)
    found = ReadModel.unpack(person.stores.models.get(key))  # type: ignore[arg-type]
    assert found is None or found.state != stale.state


def test_a_newer_database_is_only_read(person: Person, own: str) -> None:
    three(person)
    content = io.BytesIO(file_of(person))
    assert person.account.use(person.visit(), person.place, "database", Url(own)).ok
    with psycopg.connect(own, autocommit=True) as sql:
        sql.execute("insert into nu.migration values (%s, 'pre', 'from the future')", [newest() + 2])
    person.begin()
    person.visit(anew=True)
    with pytest.raises(ReadOnly):
        opened(person).read(content)


def test_a_database_that_is_away_is_told_so(left: Left) -> None:
    mine = opened(left.person)
    stored = mine._visit.tenant
    gone = type(stored)(stored.tenant_id, type(stored.storage)("127.0.0.1", 1, "x", "y", stored.storage.password))
    mine._visit = msgspec.structs.replace(mine._visit, stored=gone)
    with pytest.raises(LogAway):
        mine.read(left.file)


def test_a_memory_that_is_away_is_told_so(left: Left, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = opened(left.person)
    nowhere = redis.Redis.from_url("redis://127.0.0.1:1/0")
    monkeypatch.setattr(left.person.stores, "platform", nowhere)
    with pytest.raises(RedisAway):
        mine.read(left.file)
    with pytest.raises(RedisAway):
        imports(left.person).open(
            *parts(left.person.account.import_path(mine._visit, left.person.place.now)), left.person.place.now
        )
    assert head(left.person.stores.log, mine._visit.tenant) is None or position(left.person) == 0
