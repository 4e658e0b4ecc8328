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
-- was quicker, or began anew.
-- name: advance_checkpoint
INSERT INTO nu.checkpoint AS c (tenant_id, mirror, stream, position, version, state)
SELECT %(tenant)s, %(mirror)s, %(stream)s, %(position)s, %(version)s, %(state)s
WHERE %(seen)s = 0 OR EXISTS (
    SELECT 1 FROM nu.checkpoint AS old
    WHERE old.tenant_id = %(tenant)s AND old.mirror = %(mirror)s AND old.stream = %(stream)s
)
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

-- name: schema_exists
SELECT pg_catalog.to_regclass('nu.migration') IS NOT NULL;

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
