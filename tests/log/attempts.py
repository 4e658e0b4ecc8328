"""What somebody could try with SQL of their own; and what the catalogue says they would run into.

Both are made from the catalogue, so that a table, a function or a view that is added is not forgotten.
"""

import psycopg
from psycopg import sql

CATALOGUE = r"""
    WITH things AS (
        SELECT c.* FROM pg_class AS c WHERE c.relnamespace = 'nu'::regnamespace AND c.relname <> 'migration'
    ), tables AS (SELECT * FROM things WHERE relkind IN ('r', 'p'))
    SELECT relname || ' does not force row-level security' FROM tables
    WHERE NOT (relrowsecurity AND relforcerowsecurity)
    UNION ALL
    SELECT relname || ' has not just its one policy' FROM tables AS t
    WHERE (
        SELECT array_agg(permissive || cmd || roles::text || qual || with_check) FROM pg_policies AS p
        WHERE p.schemaname = 'nu' AND p.tablename = t.relname
    ) IS DISTINCT FROM ARRAY['PERMISSIVEALL{public}' || CASE WHEN relname = 'identity' THEN
        '(' || %(own)s || ' OR (sub = NULLIF(current_setting(''nu.sub''::text, true), ''''::text)))'
        ELSE %(own)s END || %(own)s]
    UNION ALL
    SELECT relname || ' has a key that does not begin with tenant_id' FROM tables AS t
    WHERE NOT EXISTS (SELECT FROM pg_index AS i WHERE i.indrelid = t.oid AND i.indisprimary) OR EXISTS (
        SELECT FROM pg_index AS i JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = i.indkey[0]
        WHERE i.indrelid = t.oid AND i.indisunique AND NOT (a.attname = 'tenant_id' AND a.attnotnull)
    )
    UNION ALL
    SELECT relname || ' is neither a table nor an index' FROM things WHERE relkind NOT IN ('r', 'p', 'i', 'I')
    UNION ALL
    SELECT relname || ' is for others than nu_app' FROM tables, aclexplode(relacl) AS a
    WHERE a.grantee NOT IN (relowner, 'nu_app'::regrole)
    UNION ALL
    SELECT 'migration is for nu_app'
    WHERE has_table_privilege('nu_app', 'nu.migration', 'SELECT, INSERT, UPDATE, DELETE')
    UNION ALL
    SELECT proname || ' runs as its owner, or may be called by nu_app' FROM pg_proc AS p
    WHERE pronamespace = 'nu'::regnamespace AND (prosecdef OR has_function_privilege('nu_app', p.oid, 'EXECUTE'))
    UNION ALL
    SELECT proname || ' leaves a setting in the session'
    FROM pg_proc, regexp_matches(prosrc, 'set_config[^;]*;', 'g') AS m
    WHERE pronamespace = 'nu'::regnamespace AND m[1] !~ ', true\);$'
    UNION ALL
    SELECT proname || ' does not become nu_app and the tenant first' FROM pg_proc
    WHERE pronamespace = 'nu'::regnamespace AND prorettype <> 'trigger'::regtype AND NOT (
        prosrc ~ '^\s*DECLARE[^$]*?BEGIN\s+x := pg_catalog.set_config\(''nu.tenant'', _tenant, true\);'
        AND prosrc ~ 'set_config\(''search_path'', ''pg_catalog'', true\);'
        AND prosrc ~ 'set_config\(''role'', ''nu_app'', true\);'
    )
    UNION ALL
    SELECT 'nu_app is above row-level security, or may log in' FROM pg_roles
    WHERE rolname = 'nu_app' AND (rolcanlogin OR rolbypassrls OR rolsuper)
    ORDER BY 1"""
OWN = "(tenant_id = NULLIF(current_setting('nu.tenant'::text, true), ''::text))"

COLUMNS = """
    SELECT attname, format_type(atttypid, NULL) FROM pg_attribute
    WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum"""
VALUES = {
    "text": "x",
    "bigint": 1,
    "integer": 1,
    "boolean": True,
    "bytea": b"x",
    "jsonb": "{}",
    "uuid": "0" * 32,
    "date": "2026-11-22",
    "timestamp with time zone": "2026-11-22T09:30:00Z",
}

ROWS = (
    "SELECT * FROM {table} WHERE tenant_id = {other}",
    "SELECT * FROM {table} WHERE tenant_id <> {mine}",
    "SELECT * FROM {table} WHERE tenant_id = {other} FOR UPDATE",
    "SELECT * FROM {table} WHERE tenant_id <> {mine} AND 1 / (CASE WHEN tenant_id = {other} THEN 0 ELSE 1 END) > 0",
    "SELECT * FROM pg_stats WHERE schemaname = 'nu' AND tablename = {name} AND most_common_vals::text ~ {other}",
    "UPDATE {table} SET tenant_id = tenant_id WHERE tenant_id = {other}",
    "UPDATE {table} SET tenant_id = {nobody} WHERE tenant_id = {mine}",
    "UPDATE {table} SET tenant_id = {other} WHERE tenant_id = {mine}",
    "DELETE FROM {table} WHERE tenant_id = {other}",
    "DELETE FROM {table} AS t USING {table} AS u WHERE u.tenant_id = {other}",
    "INSERT INTO {table} SELECT r.* FROM {table} AS t, jsonb_populate_record(t, {as_nobody}) AS r",
    "INSERT INTO {table} SELECT r.* FROM {table} AS t, jsonb_populate_record(t, {as_other}) AS r",
    "INSERT INTO {table} SELECT r.* FROM {table} AS t, jsonb_populate_record(t, {as_nobody}) AS r"
    " ON CONFLICT DO NOTHING",
)
"""Each touches no row where tenants are apart."""

REFUSED = (psycopg.errors.InsufficientPrivilege, psycopg.errors.FeatureNotSupported)
ONLY_GROWS = "NU001"


def put_rows(conn: psycopg.Connection, tables: tuple[str, ...], *tenants: str) -> None:
    """A row of each tenant in each table, the same but for the tenant: so all their keys begin with it."""
    for table in tables:
        columns = conn.execute(COLUMNS, (f"nu.{table}",)).fetchall()
        insert = sql.SQL("INSERT INTO {} VALUES ({})").format(
            sql.Identifier("nu", table), sql.SQL(", ").join([sql.Placeholder()] * len(columns))
        )
        for tenant in tenants:
            conn.execute(insert, [tenant if name == "tenant_id" else VALUES[kind] for name, kind in columns])
        conn.execute(sql.SQL("ANALYZE {}").format(sql.Identifier("nu", table)))


def unguarded(conn: psycopg.Connection) -> list[str]:
    """What the catalogue says is open: a sentence each."""
    return [problem for (problem,) in conn.execute(CATALOGUE, {"own": OWN}).fetchall()]


def reached(conn: psycopg.Connection, table: str, mine: str, other: str) -> list[str]:
    """The attempts upon a table that get at another's row; in a transaction where `nu.tenant` is `mine`."""
    words = {
        "table": sql.Identifier("nu", table),
        "name": sql.Literal(table),
        "mine": sql.Literal(mine),
        "other": sql.Literal(other),
        "nobody": sql.Literal("nobody"),
        "as_nobody": sql.Literal('{"tenant_id": "nobody"}'),
        "as_other": sql.Literal(f'{{"tenant_id": "{other}"}}'),
    }
    got = [text for text in ROWS if _touches(conn, sql.SQL(text).format(**words))]
    if _copies_out(conn, sql.SQL("COPY {table} TO STDOUT").format(**words), other):
        got.append("COPY TO")
    if _copies_in(conn, sql.SQL("COPY {table} (tenant_id) FROM STDIN").format(**words)):
        got.append("COPY FROM")
    return got


def truncated(conn: psycopg.Connection, tables: tuple[str, ...]) -> list[str]:
    """The tables that can be emptied, one by one."""
    return [one for one in tables if _touches(conn, sql.SQL("TRUNCATE {}").format(sql.Identifier("nu", one)))]


def called(conn: psycopg.Connection, other: str) -> list[str]:
    """The functions of nu that can be called, with another tenant first."""
    listed = "SELECT proname, proargtypes::regtype[] FROM pg_proc WHERE pronamespace = 'nu'::regnamespace"
    found = conn.execute(f"{listed} AND prorettype <> 'trigger'::regtype ORDER BY 1").fetchall()
    return [name for name, kinds in found if _touches(conn, _call(name, kinds, other))]


def _call(name: str, kinds: list[str], other: str) -> sql.Composed:
    nulls = [sql.SQL("NULL::" + kind) for kind in kinds[1:]]
    return sql.SQL("SELECT {}({})").format(sql.Identifier("nu", name), sql.SQL(", ").join([sql.Literal(other), *nulls]))


def _touches(conn: psycopg.Connection, statement: sql.Composed) -> bool:
    """Whether it does more than nothing. Any other error than a refusal tells something: a key that is taken."""
    try:
        with conn.transaction(force_rollback=True):
            return conn.execute(statement).rowcount != 0
    except REFUSED:
        return False
    except psycopg.Error as error:
        return error.sqlstate != ONLY_GROWS


def _copies_out(conn: psycopg.Connection, statement: sql.Composed, other: str) -> bool:
    try:
        with conn.transaction(), conn.cursor().copy(statement) as copy:
            return other.encode() in b"".join(bytes(line) for line in copy)
    except REFUSED:
        return False


def _copies_in(conn: psycopg.Connection, statement: sql.Composed) -> bool:
    try:
        with conn.transaction(force_rollback=True), conn.cursor().copy(statement) as copy:
            copy.write(b"nobody\n")
    except REFUSED:
        return False
    except psycopg.Error:
        return True
    return True
