-- Statements of a projection table; the words in braces come from its checked description.

-- name: create
CREATE TABLE IF NOT EXISTS nu.{table} (
    tenant_id text NOT NULL,
    {definitions},
    position bigint NOT NULL,
    PRIMARY KEY (tenant_id, {key})
);
CREATE INDEX IF NOT EXISTS {by_position} ON nu.{table} (tenant_id, position);
ALTER TABLE nu.{table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE nu.{table} FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS own_rows ON nu.{table};
CREATE POLICY own_rows ON nu.{table}
    USING (tenant_id = nullif(pg_catalog.current_setting('nu.tenant', true), ''))
    WITH CHECK (tenant_id = nullif(pg_catalog.current_setting('nu.tenant', true), ''));
GRANT SELECT, INSERT, UPDATE, DELETE ON nu.{table} TO nu_app;

-- name: upsert
INSERT INTO nu.{table} (tenant_id, {columns}, position)
SELECT %(tenant)s, {columns}, position
FROM jsonb_to_recordset(%(rows)s::jsonb) AS rows ({typed_columns}, position bigint)
ON CONFLICT (tenant_id, {key}) DO UPDATE SET {assignments}, position = excluded.position;

-- name: delete
DELETE FROM nu.{table} WHERE tenant_id = %(tenant)s AND {key} = ANY(%(keys)s::text[]);

-- name: select
SELECT jsonb_build_object({pairs}) AS row, position
FROM nu.{table} WHERE tenant_id = %(tenant)s AND {key} = ANY(%(keys)s::text[]);

-- name: changed
SELECT jsonb_build_object({pairs}) AS row, position
FROM nu.{table} WHERE tenant_id = %(tenant)s AND position > %(after)s ORDER BY position LIMIT %(limit)s;

-- name: clear
DELETE FROM nu.{table} WHERE tenant_id = %(tenant)s;
