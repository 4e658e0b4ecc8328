"""What was exported comes back as it was, once, and only where it belongs."""

import io
import itertools
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

import msgspec
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from numirror.kernel.envelope import NewEvent
from numirror.shell.log import ChainBroken, EventLog, Target, Tenant, Verified
from numirror.shell.log.calls import run
from numirror.shell.log.errors import (
    AnotherLog,
    AnothersExport,
    ExportShorter,
    InvalidExport,
    LogFrozen,
    LogNotEmpty,
    LogShorter,
)
from numirror.shell.log.export import export
from numirror.shell.log.freeze import freeze, head, thaw
from numirror.shell.log.restore import RESTORE, encoded, restore
from numirror.shell.log.restore_file import Restored, preview, restore_file
from tests.log.conftest import METADATA, NOW, Put, event
from tests.log.leaving import MADE_AT, events_of, file_of, fill, rows_of
from tests.log.test_export import forged, log_of

_numbers = itertools.count(1)


@pytest.fixture
def elsewhere(ada: Tenant, own_database: str) -> Tenant:
    """Ada in a database of her own, which is empty."""
    return Tenant(ada.tenant_id, Target.parse(own_database))


@pytest.fixture
def there(own_database: str):
    """A connection to it that sees everything: its owner, as ada."""
    with psycopg.connect(own_database, autocommit=True) as conn:
        yield conn


def become(conn: psycopg.Connection, tenant: Tenant) -> None:
    conn.execute("SELECT set_config('nu.tenant', %s, false)", (tenant.tenant_id,))


def test_a_log_comes_back_as_it_was(
    log: EventLog, ada: Tenant, bob: Tenant, elsewhere: Tenant, superuser: psycopg.Connection, there: psycopg.Connection
) -> None:
    """Blanked events, positions, both times, salts and hashes included."""
    fill(log, ada, superuser)
    fill(log, bob, superuser)
    others = rows_of(superuser, bob)
    whole = log.verify(ada)
    assert restore_file(log, elsewhere, file_of(log, ada)) == Restored(5, 0, whole.head_hash)
    become(there, elsewhere)
    assert events_of(there, elsewhere) == events_of(superuser, ada)
    assert log.verify(elsewhere) == whole
    assert rows_of(superuser, bob) == others
    assert log.append(elsewhere, "tasks", 5, uuid4(), [event()], NOW, METADATA).position == 6


def test_twice_is_once(log: EventLog, ada: Tenant, superuser: psycopg.Connection) -> None:
    fill(log, ada, superuser)
    file, before = file_of(log, ada), rows_of(superuser, ada)
    assert restore_file(log, ada, file) == Restored(0, 5, log.verify(ada).head_hash)
    assert rows_of(superuser, ada) == before


def test_a_preview_writes_nothing_and_says_what_would_come(
    log: EventLog, ada: Tenant, elsewhere: Tenant, put: Put
) -> None:
    put(0, event(), event())
    first = file_of(log, ada)
    assert (preview(log, elsewhere, first).would_add, preview(log, elsewhere, first).already_there) == (2, 0)
    assert head(log, elsewhere) is None
    restore_file(log, elsewhere, first)
    put(2, event())
    seen = preview(log, elsewhere, file_of(log, ada))
    assert (seen.count, seen.here, seen.would_add, seen.already_there) == (3, 2, 1, 2)
    assert restore_file(log, elsewhere, file_of(log, ada)) == Restored(1, 2, log.verify(ada).head_hash)


def test_an_older_file_is_asked_about(log: EventLog, ada: Tenant, put: Put) -> None:
    put(0, event(), event())
    old = file_of(log, ada)
    put(2, event())
    with pytest.raises(ExportShorter, match="holds 2 events, your log has 3"):
        restore_file(log, ada, old)
    assert preview(log, ada, old).is_shorter
    assert restore_file(log, ada, old, if_shorter=True).skipped == 2
    assert log.verify(ada).count == 3


def test_another_log_is_left_alone(
    log: EventLog, ada: Tenant, elsewhere: Tenant, put: Put, there: psycopg.Connection
) -> None:
    put(0)
    put(0, tenant=elsewhere)
    become(there, elsewhere)
    before = rows_of(there, elsewhere)
    for ask in (preview, restore_file):
        with pytest.raises(LogNotEmpty):
            ask(log, elsewhere, file_of(log, ada))
    page = log.links(ada, 0)
    with pytest.raises(LogNotEmpty):
        restore(log, elsewhere, page.log_id, page.links, Verified(0, b""))
    assert rows_of(there, elsewhere) == before


def test_logs_that_went_different_ways_are_not_mixed(
    log: EventLog, ada: Tenant, elsewhere: Tenant, put: Put, there: psycopg.Connection
) -> None:
    put(0, event(), event())
    restore_file(log, elsewhere, file_of(log, ada))
    put(2, event(), event())
    put(2, event(), tenant=elsewhere)
    become(there, elsewhere)
    before = rows_of(there, elsewhere)
    for ask in (preview, restore_file):
        with pytest.raises(AnotherLog, match="position 3 "):
            ask(log, elsewhere, file_of(log, ada))
    page = log.links(ada, 0)
    with pytest.raises(AnotherLog, match="position 3 "):
        restore(log, elsewhere, page.log_id, page.links, Verified(0, b""))
    assert rows_of(there, elsewhere) == before


def test_anothers_export_only_when_told(log: EventLog, ada: Tenant, bob: Tenant, superuser) -> None:
    fill(log, ada, superuser)
    for ask in (preview, restore_file):
        with pytest.raises(AnothersExport):
            ask(log, bob, file_of(log, ada))
    assert head(log, bob) is None
    restore_file(log, bob, file_of(log, ada), as_tenant=True)
    assert log.verify(bob) == log.verify(ada)
    assert events_of(superuser, bob) == events_of(superuser, ada)


def test_a_file_is_not_read_into_a_log_that_has_moved(log: EventLog, ada: Tenant, put: Put) -> None:
    put(0)
    file = file_of(log, ada)
    freeze(log, ada)
    with pytest.raises(LogFrozen):
        restore_file(log, ada, file)
    thaw(log, ada)
    assert restore_file(log, ada, file).skipped == 1


class Crash(Exception):
    pass


def test_a_crash_between_two_pages_leaves_nothing(
    log: EventLog, ada: Tenant, elsewhere: Tenant, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("numirror.shell.log.restore_file.PAGE_LINES", 2)
    put(0, *[event()] * 7)
    file = file_of(log, ada)
    asked = itertools.count(1)

    def crashing(conn, call, parameters):
        if call == RESTORE and next(asked) == 3:
            raise Crash
        return run(conn, call, parameters)

    with monkeypatch.context() as patch:
        patch.setattr("numirror.shell.log.event_log.run", crashing)
        with pytest.raises(Crash):
            restore_file(log, elsewhere, file)
    assert head(log, elsewhere) is None
    assert restore_file(log, elsewhere, file) == Restored(7, 0, log.verify(ada).head_hash)
    assert log.verify(elsewhere) == log.verify(ada)


def test_a_broken_file_leaves_nothing_behind(log: EventLog, ada: Tenant, elsewhere: Tenant, put: Put) -> None:
    """Also when its last line is the bad one."""
    put(0, event(), event(entity="t2"))
    whole = file_of(log, ada).getvalue()
    bad = b"".join(log_of(whole)).replace(b'"t2"', b'"t3"')
    with pytest.raises(InvalidExport, match="event 2"):
        restore_file(log, elsewhere, forged(whole, bad))
    assert head(log, elsewhere) is None


def rows(links) -> bytes:
    return b"[" + b",".join(encoded(link) for link in links) + b"]"


def test_the_database_follows_the_chain_too(log: EventLog, ada: Tenant, bob: Tenant, put: Put, connections) -> None:
    """It was checked before; but the function is all that keeps a log whole if it is called in another way."""
    put(0, *[event()] * 4)
    page = log.links(ada, 0)
    a, b, c, d = page.links
    swapped = (a, msgspec.structs.replace(b, hash=c.hash), c)
    link = sha256(bytes.fromhex(a.hash) + page.log_id.bytes + (3).to_bytes(8, "big") + bytes.fromhex(b.digest))
    gap = (a, msgspec.structs.replace(b, position=3, hash=link.hexdigest()))
    wrong = {2: [gap, (a, c, d), swapped, (a, msgspec.structs.replace(b, digest=c.digest))], 1: [(b, c)]}
    with connections.use(bob) as conn:
        for position, tries in wrong.items():
            for links in tries:
                answer = run(conn, RESTORE, (bob.tenant_id.encode(), page.log_id.hex.encode(), rows(links)))
                assert answer == b'["b", %d, 0]' % position
    assert log.read(bob, 0) == []
    for links in (swapped, (a, msgspec.structs.replace(b, entity_id="t9"), c)):  # the second only we can see
        with pytest.raises(ChainBroken, match="position 2 "):
            restore(log, bob, page.log_id, links, Verified(0, b""))


def test_one_command_twice_is_refused(log: EventLog, ada: Tenant, bob: Tenant, put: Put, connections) -> None:
    """A chain that somebody made themselves, right in all but this."""
    put(0)
    page = log.links(ada, 0)
    (first,) = page.links
    link = sha256(bytes.fromhex(first.hash) + page.log_id.bytes + (2).to_bytes(8, "big") + bytes.fromhex(first.digest))
    second = msgspec.structs.replace(first, position=2, hash=link.hexdigest())
    with pytest.raises(InvalidExport, match="twice"):
        restore(log, bob, page.log_id, [first, second], Verified(0, b""))
    assert head(log, bob) is None


DATA = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
COMMANDS = st.lists(
    st.tuples(
        st.sampled_from(["tasks", "bingo", "wände"]),
        st.lists(st.dictionaries(st.sampled_from(["a", "é", '"']), DATA, max_size=2), min_size=1, max_size=3),
        st.timedeltas(timedelta(days=-40_000), timedelta(days=40_000)),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(commands=COMMANDS, blanked=st.sets(st.integers(1, 18)), page=st.integers(1, 5))
def test_any_log_goes_round(log, database, superuser, commands, blanked, page) -> None:
    source = Tenant(f"source{next(_numbers)}@example.com", Target.parse(database))
    goal = Tenant(source.tenant_id.replace("source", "goal"), source.storage)
    position = 0
    for stream, data, later in commands:
        events = [NewEvent("x.y", 1, f"e{n}", msgspec.json.encode(one)) for n, one in enumerate(data)]
        position = log.append(source, stream, position, uuid4(), events, NOW + later, METADATA).position
    superuser.execute(
        "UPDATE nu.event_log SET data = NULL, salt = NULL WHERE tenant_id = %s AND position = ANY(%s)",
        (source.tenant_id, list(blanked)),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("numirror.shell.log.event_log.PAGE", page)
        patch.setattr("numirror.shell.log.restore_file.PAGE_LINES", 6 - page)
        file = io.BytesIO(b"".join(export(log, source, MADE_AT)))
        done = restore_file(log, goal, file, as_tenant=True)
    assert done == Restored(position, 0, log.verify(source).head_hash)
    assert log.verify(goal) == log.verify(source)
    assert events_of(superuser, goal) == events_of(superuser, source)
    second = file_of(log, goal).getvalue()
    assert log_of(second) == log_of(file.getvalue())


def test_the_chain_leads_through_an_anchor(log: EventLog, ada: Tenant, put: Put, monkeypatch) -> None:
    monkeypatch.setattr("numirror.shell.log.event_log.PAGE", 2)
    put(0, *[event()] * 3)
    anchor = log.verify(ada)
    put(3, *[event()] * 3)
    assert log.verify(ada, anchor).count == 6
    for count in (1, 2, 3, 6):
        with pytest.raises(ChainBroken, match=f"position {count} "):
            log.verify(ada, Verified(count, b"x" * 32))
    with pytest.raises(LogShorter, match="ends before position 7"):
        log.verify(ada, Verified(8, b"x" * 32))


def test_a_log_that_was_made_anew_is_noticed_by_its_anchor(log: EventLog, ada: Tenant, bob: Tenant, put: Put) -> None:
    """Whole in itself, and another one. And one that is gone."""
    put(0, event(), event())
    put(0, event(), event(), tenant=bob)
    with pytest.raises(ChainBroken, match="position 2 "):
        log.verify(ada, log.verify(bob))
    with pytest.raises(LogShorter, match="ends before position 1,"):
        log.verify(Tenant("nobody@example.com", ada.storage), log.verify(ada))


def test_a_log_that_grows_while_it_is_verified_is_whole(log: EventLog, ada: Tenant, put: Put, monkeypatch) -> None:
    monkeypatch.setattr("numirror.shell.log.event_log.PAGE", 4)
    put(0, *[event()] * 6)
    links, versions = log.links, iter((6,))

    def growing(tenant, after, limit=None):
        page = links(tenant, after, limit)
        for version in versions:
            put(version, *[event()] * 6)
        return page

    monkeypatch.setattr(log, "links", growing)
    assert log.verify(ada).count == 8  # six, and what was on the same page


def test_an_event_of_a_size_that_nobody_appended_is_named_and_not_read(
    log: EventLog, elsewhere: Tenant, put: Put, postgres, own_database: str
) -> None:
    put(0, *[event()] * 3, tenant=elsewhere)
    with psycopg.connect(postgres.admin_url.rsplit("/", 1)[0] + "/" + own_database.rsplit("/", 1)[1]) as conn:
        conn.execute("ALTER TABLE nu.event_log DISABLE TRIGGER USER")
        conn.execute("UPDATE nu.event_log SET data = to_jsonb(repeat('x', 5000000)) WHERE position = 2")
    assert [link.position for link in log.links(elsewhere, 0).links] == [1]
    with pytest.raises(ChainBroken, match="position 2 "):
        log.verify(elsewhere)


def test_times_are_those_of_the_database_whatever_its_zone(
    log: EventLog, elsewhere: Tenant, own_database: str, put: Put, there, connections
) -> None:
    before = datetime(1880, 1, 1, 12, 0, 0, 1, UTC)  # when Berlin was 53 minutes and 28 seconds ahead
    name = own_database.rsplit("/", 1)[1]
    there.execute(f"ALTER ROLE numirror IN DATABASE {name} SET timezone = 'Europe/Berlin'")
    connections.forget(elsewhere.storage)
    log.append(elsewhere, "tasks", 0, UUID(int=1), [event()], before, METADATA)
    assert log.verify(elsewhere).count == 1
    assert b'"1880-01-01T12:00:00.000001Z"' in log_of(file_of(log, elsewhere).getvalue())[0]
