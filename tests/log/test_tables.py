"""The statements of a projection table, on the real server."""

import orjson
import psycopg
import pytest
from psycopg.types.json import set_json_loads

from numirror.kernel.mirror import Column, ColumnType, Table
from numirror.shell.log import Connections, Tenant, migrate
from numirror.shell.log.queries import Statement, for_table, named

PLANTS = Table(
    "projection_plants",
    "plant_id",
    (
        Column("plant_id", "text"),
        Column("order", "bigint"),
        Column("wet", "boolean"),
        Column("on", "date"),
        Column("at", "timestamptz"),
    ),
    lambda row, _: row,
)
FERN = {"plant_id": "p1", "order": 1, "wet": True, "on": "2026-11-22", "at": "2026-11-22T09:30:00+00:00"}
MOSS = {"plant_id": "p2", "order": None, "wet": None, "on": None, "at": None}
ASK = for_table(PLANTS)


@pytest.fixture
def database(own_database: str) -> str:
    return own_database


@pytest.fixture
def table(owner: psycopg.Connection) -> psycopg.Connection:
    set_json_loads(orjson.loads, owner)
    owner.execute(ASK.create.text)
    owner.execute(ASK.create.text)  # harmless when it is there
    return owner


def asked(conn: psycopg.Connection, tenant: Tenant, statement: Statement, **parameters: object) -> list[tuple]:
    with conn.transaction():
        conn.execute(named("enter").text, {"tenant": tenant.tenant_id})
        cursor = conn.execute(statement.text, {"tenant": tenant.tenant_id, **parameters})
        return cursor.fetchall() if cursor.description else []


def put(conn: psycopg.Connection, tenant: Tenant, position: int, *rows: dict) -> None:
    text = orjson.dumps([{**row, "position": position} for row in rows]).decode()
    asked(conn, tenant, ASK.upsert, rows=text)


def test_rows_come_back_as_they_were_put(table, ada: Tenant) -> None:
    put(table, ada, 7, FERN, MOSS)
    assert asked(table, ada, ASK.select, keys=["p1", "p2", "p3"]) == [(FERN, 7), (MOSS, 7)]


def test_a_row_put_again_is_replaced(table, ada: Tenant) -> None:
    put(table, ada, 7, FERN)
    put(table, ada, 8, {**MOSS, "plant_id": "p1"})
    assert asked(table, ada, ASK.select, keys=["p1"]) == [({**MOSS, "plant_id": "p1"}, 8)]


def test_changed_rows_come_in_the_order_of_their_positions(table, ada: Tenant) -> None:
    put(table, ada, 7, MOSS)
    put(table, ada, 8, FERN)
    assert asked(table, ada, ASK.changed, after=0, limit=1) == [(MOSS, 7)]
    assert asked(table, ada, ASK.changed, after=7, limit=9) == [(FERN, 8)]


def test_rows_are_one_tenants(table, ada: Tenant, bob: Tenant) -> None:
    put(table, ada, 7, FERN)
    put(table, bob, 9, FERN)
    asked(table, ada, ASK.delete, keys=["p1"])
    assert asked(table, ada, ASK.select, keys=["p1"]) == []
    assert asked(table, bob, ASK.select, keys=["p1"]) == [(FERN, 9)]
    asked(table, bob, ASK.clear)
    assert asked(table, bob, ASK.select, keys=["p1"]) == []


def test_the_guards_of_the_table_are_whole(table, connections: Connections, ada: Tenant) -> None:
    with connections.use(ada) as conn:
        assert migrate.state(conn).problems == ()


def described(name: str = "projection_x", key: str = "a", *columns: tuple[str, ColumnType]) -> Table:
    return Table(
        name, key, tuple(Column(*one) for one in columns or (("a", "text"), ("b", "text"))), lambda row, _: row
    )


@pytest.mark.parametrize(
    "table",
    [
        described("x"),
        described('projection_x"; DROP TABLE nu.head; --'),
        described("projection_X"),
        described("projection_x", "c"),
        described("projection_x", "a", ("a", "text")),
        described("projection_x", "a", ("a", "text"), ("a", "text")),
        described("projection_x", "a", ("a", "text"), ("tenant_id", "text")),
        described("projection_x", "a", ("a", "text"), ("position", "bigint")),
        described("projection_x", "a", ("a", "text"), ("b'", "text")),
        described("projection_x", "a", ("a", "text"), ("b", "text); DROP TABLE nu.head; --")),  # type: ignore[arg-type]
        described("projection_" + "x" * 60),
    ],
)
def test_only_plain_names_become_sql(table: Table) -> None:
    with pytest.raises(ValueError, match=r"plain|needs"):
        for_table(table)


def test_a_checkpoint_moves_from_where_it_was_read(owner: psycopg.Connection, ada: Tenant) -> None:
    def advance(seen: int, position: int) -> list[tuple]:
        given = {"mirror": "postgres", "stream": "tasks", "version": 1, "state": b"s"}
        return asked(owner, ada, named("advance_checkpoint"), seen=seen, position=position, **given)

    assert advance(0, 5) == [], "without a log there is nothing to mirror"
    asked(owner, ada, Statement("head", b"INSERT INTO nu.head (tenant_id) VALUES (%(tenant)s)"))
    assert advance(5, 9) == []
    assert advance(0, 5) == [(5,)]
    assert advance(0, 7) == []
    assert advance(5, 9) == [(9,)]
    assert asked(owner, ada, named("checkpoints"), mirror="postgres") == [("tasks", 9, 1, b"s")]
    asked(owner, ada, named("forget_checkpoints"), mirror="postgres")
    assert advance(9, 12) == []


def test_a_mirror_that_is_given_up_can_be_taken_up_again(owner: psycopg.Connection, ada: Tenant) -> None:
    for failures in (8, 9):
        given = {"mirror": "sheet", "stream": "tasks", "position": 4, "failures": failures, "reason": "quota"}
        asked(owner, ada, named("give_up"), **given)
    asked(owner, ada, named("take_up_again"), mirror="sheet")
    assert owner.execute("SELECT count(*) FROM nu.dead_letter").fetchone() == (0,)
