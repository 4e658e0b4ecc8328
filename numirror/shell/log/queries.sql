-- Every statement that the product sends. Tenant first; tests read this file with a parser.

-- name: append_one
SELECT nu.append_one(
    %(tenant)s::text, %(stream)s::text, %(expected)s::bigint, %(command)s::uuid, %(type)s::text, %(schema_version)s::int,
    %(entity)s::text, %(data)s::jsonb, %(metadata)s::jsonb, %(occurred_at)s::timestamptz, %(salt)s::bytea,
    %(digest)s::bytea
);

-- name: append_many
SELECT nu.append_many(
    %(tenant)s::text, %(stream)s::text, %(expected)s::bigint, %(command)s::uuid, %(types)s::text[],
    %(schema_versions)s::int[], %(entities)s::text[], %(data)s::jsonb[], %(metadata)s::jsonb,
    %(occurred_at)s::timestamptz, %(salts)s::bytea[], %(digests)s::bytea[]
);

-- name: find_command
SELECT nu.find_command(%(tenant)s::text, %(command)s::uuid);

-- name: tail
SELECT nu.tail(%(tenant)s::text, %(after)s::bigint, %(limit)s::int);

-- name: read_log
SELECT nu.read_log(%(tenant)s::text, %(after)s::bigint, %(limit)s::int);

-- name: read_chain
SELECT nu.read_chain(%(tenant)s::text, %(after)s::bigint, %(limit)s::int);

-- name: identify
SELECT nu.identify(%(tenant)s::text, %(sub)s::text);

-- name: enter
SELECT nu.enter(%(tenant)s::text);

-- The position a mirror has followed a stream to, and its fold there.
-- name: checkpoints
SELECT stream, position, version, state FROM nu.checkpoint WHERE tenant_id = %(tenant)s AND mirror = %(mirror)s;

-- Moves a checkpoint from the position it was read at (0: there was none); no row comes back where another worker
-- was quicker, or began anew, or where the tenant was erased meanwhile: the lock waits for that to end.
-- name: advance_checkpoint
INSERT INTO nu.checkpoint AS c (tenant_id, mirror, stream, position, version, state)
SELECT %(tenant)s, %(mirror)s, %(stream)s, %(position)s, %(version)s, %(state)s
WHERE (%(seen)s = 0 OR EXISTS (
    SELECT 1 FROM nu.checkpoint AS old
    WHERE old.tenant_id = %(tenant)s AND old.mirror = %(mirror)s AND old.stream = %(stream)s
))
AND EXISTS (SELECT 1 FROM nu.head AS h WHERE h.tenant_id = %(tenant)s FOR KEY SHARE)
ON CONFLICT (tenant_id, mirror, stream) DO UPDATE
SET position = excluded.position, version = excluded.version, state = excluded.state
WHERE c.position = %(seen)s
RETURNING position;

-- name: forget_checkpoints
DELETE FROM nu.checkpoint WHERE tenant_id = %(tenant)s AND mirror = %(mirror)s;

-- name: give_up
INSERT INTO nu.dead_letter (tenant_id, mirror, stream, position, failures, reason)
VALUES (%(tenant)s, %(mirror)s, %(stream)s, %(position)s, %(failures)s, %(reason)s)
ON CONFLICT (tenant_id, mirror, stream) DO UPDATE
SET position = excluded.position, failures = excluded.failures, reason = excluded.reason, failed_at = clock_timestamp();

-- name: take_up_again
DELETE FROM nu.dead_letter WHERE tenant_id = %(tenant)s AND mirror = %(mirror)s;

-- name: schema_lock
SELECT pg_advisory_xact_lock(7823514011);

-- Out of the tables themselves: a session that looked for the schema before may still remember that there was none.
-- name: schema_exists
SELECT EXISTS (
    SELECT 1 FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = 'nu' AND c.relname = 'migration'
);

-- The numbers of the newest halves, and what is wrong with the guards: a sentence each. Looked at on the first contact
-- of a process with a database; a database of a user's own may have been altered.
-- name: schema_state
WITH touched AS (
    SELECT c.oid, c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS guarded
    FROM pg_catalog.pg_class AS c
    WHERE c.relnamespace = 'nu'::pg_catalog.regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'migration'
        AND pg_catalog.has_table_privilege('nu_app', c.oid, 'SELECT, INSERT, UPDATE, DELETE')
), policies AS (
    SELECT p.polrelid, count(*) AS number, bool_and(
        p.polpermissive AND p.polcmd = '*' AND p.polroles = '{0}'
        AND pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) = own.expression
        AND pg_catalog.pg_get_expr(p.polqual, p.polrelid) = CASE WHEN p.polrelid = 'nu.identity'::pg_catalog.regclass
            THEN format('(%%s OR (sub = NULLIF(current_setting(''nu.sub''::text, true), ''''::text)))', own.expression)
            ELSE own.expression END
    ) AS right_ones
    FROM pg_catalog.pg_policy AS p, (
        VALUES ('(tenant_id = NULLIF(current_setting(''nu.tenant''::text, true), ''''::text))')
    ) AS own (expression)
    GROUP BY p.polrelid
), problems (problem) AS (
    SELECT format('nu.%%s does not force row-level security', name) FROM touched WHERE NOT guarded
    UNION ALL
    SELECT format('nu.%%s has not its one policy', t.name)
    FROM touched AS t LEFT JOIN policies AS p ON p.polrelid = t.oid
    WHERE p.number IS DISTINCT FROM 1 OR NOT p.right_ones
    UNION ALL
    SELECT format('nu.%%s has a unique index that does not begin with tenant_id', t.name)
    FROM touched AS t JOIN pg_catalog.pg_index AS i ON i.indrelid = t.oid
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = i.indkey[0]
    WHERE i.indisunique AND a.attname <> 'tenant_id'
    UNION ALL
    SELECT format('nu.event_log lacks its trigger %%s', wanted.name)
    FROM (VALUES ('only_grows'), ('never_emptied')) AS wanted (name)
    LEFT JOIN pg_catalog.pg_trigger AS g
        ON g.tgrelid = 'nu.event_log'::pg_catalog.regclass AND g.tgname = wanted.name
        AND g.tgenabled = 'A' AND g.tgfoid = 'nu.only_grows'::pg_catalog.regproc
    WHERE g.oid IS NULL
    UNION ALL
    SELECT format('nu.%%s has a trigger of somebody else: %%s', t.name, g.tgname)
    FROM touched AS t JOIN pg_catalog.pg_trigger AS g ON g.tgrelid = t.oid
    WHERE NOT g.tgisinternal AND NOT (t.name = 'event_log' AND g.tgname IN ('only_grows', 'never_emptied'))
    UNION ALL
    SELECT format('nu.%%s has a rule: %%s', t.name, r.rulename)
    FROM touched AS t JOIN pg_catalog.pg_rewrite AS r ON r.ev_class = t.oid
    UNION ALL
    SELECT format('nu.%%s runs as its owner', f.proname)
    FROM pg_catalog.pg_proc AS f
    WHERE f.pronamespace = 'nu'::pg_catalog.regnamespace AND f.prosecdef
    UNION ALL
    SELECT 'nu_app may log in, or is above row-level security'
    FROM pg_catalog.pg_roles AS o
    WHERE o.rolname = 'nu_app' AND (o.rolcanlogin OR o.rolbypassrls OR o.rolsuper)
    UNION ALL
    SELECT 'nu_app may change nu.event_log'
    WHERE pg_catalog.has_table_privilege('nu_app', 'nu.event_log', 'UPDATE, DELETE, TRUNCATE')
)
SELECT
    coalesce((SELECT max(number) FROM nu.migration WHERE half = 'pre'), 0) AS pre,
    coalesce((SELECT max(number) FROM nu.migration WHERE half = 'post'), 0) AS post,
    ARRAY(SELECT problem FROM problems ORDER BY problem) AS problems;

-- name: note_migration
INSERT INTO nu.migration (number, half, name) VALUES (%(number)s, %(half)s, %(name)s);

-- The check of a database that somebody brings. What writes is rolled back.
-- name: check_encoding
SELECT pg_catalog.current_setting('server_encoding');

-- Whether it can only be read; whether a schema comes before pg_catalog; whether there is a schema nu, whether it holds
-- our tables as this user's; whether this user may make it, or things in it.
-- name: check_rights
SELECT
    pg_catalog.current_setting('transaction_read_only') = 'on' OR pg_catalog.pg_is_in_recovery(),
    coalesce((
        SELECT s.name <> 'pg_catalog'
        FROM pg_catalog.unnest(pg_catalog.current_schemas(true)) WITH ORDINALITY AS s (name, place)
        WHERE s.name NOT LIKE 'pg\_temp%%' ORDER BY s.place LIMIT 1
    ), true),
    n.oid IS NOT NULL,
    EXISTS (
        SELECT 1 FROM pg_catalog.pg_class AS c
        WHERE c.relnamespace = n.oid AND c.relname = 'migration' AND pg_catalog.pg_has_role(c.relowner, 'USAGE')
    ),
    CASE WHEN n.oid IS NULL THEN pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE')
        ELSE pg_catalog.has_schema_privilege(n.oid, 'CREATE') END
FROM (VALUES (1)) AS one LEFT JOIN pg_catalog.pg_namespace AS n ON n.nspname = 'nu';

-- name: check_begin
SELECT
    pg_catalog.set_config('search_path', 'pg_catalog', true),
    pg_catalog.set_config('lock_timeout', '2s', true),
    pg_catalog.set_config('statement_timeout', '5s', true);

-- Becomes another tenant where the role is entered already.
-- name: check_become
SELECT pg_catalog.set_config('nu.tenant', %(tenant)s, true);

-- name: check_head
INSERT INTO nu.head (tenant_id) VALUES (%(tenant)s) RETURNING tenant_id;

-- name: check_heads
SELECT count(*) FROM nu.head WHERE tenant_id = %(tenant)s;

-- name: check_event
INSERT INTO nu.event_log (
    tenant_id, position, stream, type, schema_version, entity_id, command_id, n, data, metadata, occurred_at, salt,
    digest, hash
) VALUES (
    %(tenant)s, %(position)s::bigint, %(stream)s, %(type)s, %(schema_version)s::int, %(entity_id)s,
    %(command_id)s::uuid, %(n)s::int, %(data)s::jsonb, %(metadata)s::jsonb,
    timestamptz 'epoch' + %(occurred_at)s::bigint * interval '1 microsecond', decode(%(salt)s, 'hex'),
    decode(%(digest)s, 'hex'), decode(%(hash)s, 'hex')
) RETURNING
    tenant_id, position, stream, type, schema_version, entity_id, command_id, n, data, metadata,
    (EXTRACT(epoch FROM occurred_at) * 1000000)::bigint, encode(salt, 'hex'), encode(digest, 'hex'), encode(hash, 'hex');

-- How many connections are still free for this user in this database, and how many there are in all. Other people's
-- sessions show little more than whose they are and in which database; those of the server itself have neither.
-- name: check_connections
WITH sessions AS (
    SELECT a.usesysid, a.datid FROM pg_catalog.pg_stat_activity AS a WHERE a.usesysid IS NOT NULL AND a.datid IS NOT NULL
)
SELECT
    least(
        pg_catalog.current_setting('max_connections')::int
            - pg_catalog.current_setting('superuser_reserved_connections')::int
            - coalesce(pg_catalog.current_setting('reserved_connections', true), '0')::int
            - (SELECT count(*) FROM sessions),
        CASE WHEN r.rolconnlimit >= 0
            THEN r.rolconnlimit - (SELECT count(*) FROM sessions AS s WHERE s.usesysid = r.oid) END,
        CASE WHEN d.datconnlimit >= 0
            THEN d.datconnlimit - (SELECT count(*) FROM sessions AS s WHERE s.datid = d.oid) END
    ),
    pg_catalog.current_setting('max_connections')
FROM pg_catalog.pg_roles AS r, pg_catalog.pg_database AS d
WHERE r.rolname = CURRENT_USER AND d.datname = pg_catalog.current_database();

-- name: check_process
SELECT pg_catalog.pg_backend_pid();

-- Microseconds since 1970.
-- name: check_clock
SELECT (EXTRACT(epoch FROM pg_catalog.clock_timestamp()) * 1000000)::bigint;

-- As schema_state, without the guards: of a schema that is older or newer than those.
-- name: schema_numbers
SELECT
    coalesce((SELECT max(number) FROM nu.migration WHERE half = 'pre'), 0) AS pre,
    coalesce((SELECT max(number) FROM nu.migration WHERE half = 'post'), 0) AS post;

-- name: read_head
SELECT nu.read_head(%(tenant)s::text);

-- name: freeze
SELECT nu.freeze(%(tenant)s::text);

-- name: thaw
SELECT nu.thaw(%(tenant)s::text);

-- name: restore
SELECT nu.restore(%(tenant)s::text, %(log)s::uuid, %(rows)s::jsonb);

-- name: erase
SELECT nu.erase(%(tenant)s::text);
