"""A real PostgreSQL, sound and ailing: the line that is red, its sentence, and that nothing is left behind."""

import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from local.pgbouncer import PgBouncer
from local.postgres import Postgres
from numirror.shell.log import Target
from numirror.shell.log.check import SENTENCES, check_database
from tests.check.conftest import Place, check, database, red
from tests.faults.between import Between
from tests.faults.hostile_postgres import PROMISED_PID
from tests.waiting import eventually

AsRole = Callable[..., Place]


def test_a_fresh_database_is_green_in_all_ten_lines(place: Place) -> None:
    report = place.check()
    facts = {line.name: line.sentence for line in report.lines}
    assert report.ok and report.failed is None
    assert facts["TLS"] == "Not encrypted: the database is on this machine."
    assert facts["version"].startswith("PostgreSQL 1")
    assert facts["rights"] == "The schema nu can be made."
    assert facts["connections"].endswith("of 200 connections are free.")
    assert all(line.milliseconds > 0 for line in report.lines)


def test_a_database_in_use_is_green_and_its_rows_stay(place: Place) -> None:
    report = place.with_tables().check()
    assert report.ok, report
    assert report.lines[5].sentence == "The schema nu is there."


def test_a_unix_socket_that_the_guard_admits_is_green(place: Place, postgres: Postgres) -> None:
    target = Target.parse(postgres.socket_url_of(place.target.dbname))
    assert check_database(target, lambda target: target).ok


def test_a_role_without_anything_special_but_a_ready_nu_app_is_green(as_role: AsRole) -> None:
    assert as_role().check().ok


def test_the_wrong_password(place: Place) -> None:
    place.target = msgspec.structs.replace(place.target, password="another-fish")
    assert red(place.check(), "login", "wrong_login")


def test_a_user_that_is_unknown(place: Place) -> None:
    place.target = msgspec.structs.replace(place.target, user="nobody")
    assert red(place.check(), "login", "wrong_login")


def test_a_user_that_may_not_log_in(as_role: AsRole) -> None:
    assert red(as_role("CREATEROLE NOLOGIN").check(), "login", "wrong_login")


def test_no_such_database(place: Place) -> None:
    place.target = msgspec.structs.replace(place.target, dbname="nowhere")
    assert red(place.check(), "login", "no_database")


def test_no_connection_left_for_this_role(as_role: AsRole) -> None:
    assert red(as_role("LOGIN CREATEROLE CONNECTION LIMIT 0").check(), "login", "full")


def test_fewer_than_five_connections_for_this_role(as_role: AsRole) -> None:
    assert red(as_role("LOGIN CREATEROLE CONNECTION LIMIT 5").check(), "connections", "few_connections")


def test_just_five_connections_are_enough(as_role: AsRole) -> None:
    assert as_role("LOGIN CREATEROLE CONNECTION LIMIT 6").check().lines[8].sentence == "5 of 200 connections are free."


def test_fewer_than_five_connections_for_this_database(place: Place) -> None:
    place.run(f'ALTER DATABASE "{place.target.dbname}" CONNECTION LIMIT 6')  # the administrator has one of them
    assert red(place.check(), "connections", "few_connections")


def test_a_database_that_can_only_be_read(place: Place) -> None:
    place.run(f'ALTER DATABASE "{place.target.dbname}" SET default_transaction_read_only = on')
    assert red(place.check(), "rights", "read_only")


def test_a_user_who_may_create_no_schema(as_role: AsRole) -> None:
    assert red(as_role(may_create=False).check(), "rights", "no_schema")


def test_a_user_who_may_make_no_role(as_role: AsRole) -> None:
    assert red(as_role("LOGIN NOCREATEROLE").check(), "role and row-level security", "no_role")


def test_a_schema_nu_of_another_program(place: Place) -> None:
    place.run("CREATE SCHEMA nu")
    assert red(place.check(), "rights", "other_schema")


def test_our_schema_but_of_another_user(place: Place, as_role: AsRole) -> None:
    place.with_tables()
    assert red(as_role().check(), "rights", "other_schema")


def test_an_encoding_that_loses_letters(postgres: Postgres) -> None:
    ascii_only = "ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'"
    with database(postgres, ascii_only) as place:
        assert red(place.check(), "version", "wrong_encoding")


def test_a_search_path_that_hides_the_functions_of_postgresql(place: Place) -> None:
    place.run("CREATE SCHEMA evil AUTHORIZATION numirror")
    place.run(f'ALTER DATABASE "{place.target.dbname}" SET search_path = evil, pg_catalog')
    assert red(place.check(), "rights", "search_path")


def test_a_search_path_of_ones_own_tables_is_nobodys_business(place: Place) -> None:
    place.run("CREATE SCHEMA diary")
    place.run(f'ALTER DATABASE "{place.target.dbname}" SET search_path = diary, public')
    assert place.check().ok


TRIGGER = """
    CREATE FUNCTION public.lie() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN NEW.entity_id := 'another'; RETURN NEW; END $$;
    CREATE TRIGGER lie BEFORE INSERT ON nu.event_log FOR EACH ROW EXECUTE FUNCTION public.lie()"""


@pytest.mark.parametrize(
    ("statement", "line", "code"),
    [
        pytest.param(TRIGGER, "insert and roll back", "triggers", id="a trigger that alters"),
        pytest.param(
            "CREATE RULE lie AS ON INSERT TO nu.event_log DO INSTEAD NOTHING",
            "insert and roll back", "triggers", id="a rule that swallows",
        ),
        pytest.param(
            "ALTER TABLE nu.event_log ALTER COLUMN entity_id TYPE char(60)",
            "insert and roll back", "changed_row", id="a column of another type",
        ),
        pytest.param(
            "ALTER TABLE nu.head NO FORCE ROW LEVEL SECURITY",
            "role and row-level security", "altered", id="row-level security not forced",
        ),
        pytest.param(
            "CREATE POLICY more ON nu.head USING (true)",
            "role and row-level security", "altered", id="a policy that shows all",
        ),
        pytest.param("DROP TABLE nu.identity", "role and row-level security", "altered", id="a table is gone"),
        pytest.param("DROP TABLE nu.head", "role and row-level security", "altered", id="the table of heads is gone"),
        pytest.param(
            "DROP FUNCTION nu.enter(text)", "role and row-level security", "altered", id="a function is gone"
        ),
        pytest.param(
            "DROP TRIGGER only_grows ON nu.event_log",
            "role and row-level security", "altered", id="the log may shrink",
        ),
        pytest.param(
            "INSERT INTO nu.migration VALUES (9999, 'pre', 'far ahead')",
            "role and row-level security", "newer", id="a newer schema",
        ),
    ],
)  # fmt: skip
def test_our_tables_but_changed(place: Place, statement: str, line: str, code: str) -> None:
    place.with_tables().run(statement)
    assert red(place.check(), line, code)


NO_ROLE = """
    CREATE OR REPLACE FUNCTION nu.enter(_tenant text) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE x text; BEGIN x := pg_catalog.set_config('nu.tenant', _tenant, true); END $$"""


def test_a_user_above_row_level_security_is_held_by_the_role_alone(place: Place, postgres: Postgres) -> None:
    """A superuser as so often; nothing but trying shows that the way into the role was altered."""
    above = Target.parse(postgres.admin_url)
    place.with_tables().target = msgspec.structs.replace(above, dbname=place.target.dbname)
    assert place.check().ok
    place.run(NO_ROLE)
    assert red(place.check(), "role and row-level security", "isolation")


def test_somebody_holds_our_tables(place: Place) -> None:
    place.with_tables()
    with place.admin.transaction():
        place.run("LOCK TABLE nu.head IN EXCLUSIVE MODE")
        assert red(check(place.target), "role and row-level security", "busy")


def test_somebody_holds_our_tables_past_the_deadline(place: Place) -> None:
    place.with_tables()
    with place.admin.transaction():
        place.run("LOCK TABLE nu.head IN EXCLUSIVE MODE")
        assert red(check(place.target, 0.6), "role and row-level security", "late")


def test_a_server_that_goes_mute_in_the_middle_leaves_nothing(place: Place) -> None:
    """Wherever the wire breaks; also while our tables stand in a transaction."""
    before = place.stands()
    with Between(place.target.port) as wire:
        assert check(msgspec.structs.replace(place.target, port=wire.port)).ok
    reds = set()
    for piece in range(1, wire.pieces - 8, wire.pieces // 5):
        with Between(place.target.port, mute_after=piece) as mute:
            report = check(msgspec.structs.replace(place.target, port=mute.port), 0.4)
        assert report.failed and report.failed.sentence == SENTENCES["late"]
        reds.add(report.failed.name)
    assert {"login", "role and row-level security", "insert and roll back"} <= reds
    eventually(place.is_left, 5)
    assert place.stands() == before


def test_a_pooler_is_told_as_a_fact(place: Place) -> None:
    """A pooler promises a process number of its own at login."""
    with Between(place.target.port, pid=PROMISED_PID) as pooler:
        report = check(msgspec.structs.replace(place.target, port=pooler.port))
    assert report.ok and report.lines[8].sentence.endswith("A pooler stands between, which is fine.")
    assert "pooler" not in place.check().lines[8].sentence


def test_behind_a_real_pooler_all_is_green_and_nothing_is_left(
    place: Place, postgres: Postgres, server_folder: Path
) -> None:
    with PgBouncer(server_folder / "pgbouncer-check", postgres.url, pool_size=2) as pooler:
        before = place.stands()
        report = check(Target.parse(pooler.url_of(place.target.dbname)))
        assert place.stands() == before
    assert report.ok and report.lines[8].sentence.endswith("A pooler stands between, which is fine.")


def test_clocks_that_are_far_apart(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = time.time
    monkeypatch.setattr("numirror.shell.log.check.database.time", lambda: ours() - 61)
    assert red(place.check(), "latency and clock", "clock")
    monkeypatch.setattr("numirror.shell.log.check.database.time", lambda: ours() + 59)
    assert place.check().ok
