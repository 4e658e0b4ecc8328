-- The log, its head, and what is kept beside them. Every table is tenant first, and row-level security is forced.

CREATE SCHEMA nu;

CREATE TABLE nu.migration (
    number int NOT NULL,
    half text NOT NULL CHECK (half IN ('pre', 'post')),
    name text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (number, half)
);

CREATE TABLE nu.event_log (
    tenant_id text NOT NULL,
    position bigint NOT NULL,
    stream text NOT NULL,
    type text NOT NULL,
    schema_version int NOT NULL,
    entity_id text NOT NULL,
    command_id uuid NOT NULL,
    n int NOT NULL,
    data jsonb,
    metadata jsonb NOT NULL,
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    salt bytea,
    digest bytea NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (tenant_id, position),
    UNIQUE (tenant_id, command_id, n)
);

-- Half-empty pages: the one row of a tenant is updated in place (HOT) by every append.
CREATE TABLE nu.head (
    tenant_id text PRIMARY KEY,
    log_id uuid NOT NULL DEFAULT gen_random_uuid(),
    position bigint NOT NULL DEFAULT 0,
    hash bytea NOT NULL DEFAULT '',
    streams jsonb NOT NULL DEFAULT '{}'
) WITH (fillfactor = 50);

CREATE TABLE nu.checkpoint (
    tenant_id text NOT NULL,
    mirror text NOT NULL,
    stream text NOT NULL,
    position bigint NOT NULL,
    version int NOT NULL,
    state bytea NOT NULL,
    PRIMARY KEY (tenant_id, mirror, stream)
);

CREATE TABLE nu.dead_letter (
    tenant_id text NOT NULL,
    mirror text NOT NULL,
    stream text NOT NULL,
    position bigint NOT NULL,
    failures int NOT NULL,
    reason text NOT NULL,
    failed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, mirror, stream)
);

CREATE TABLE nu.identity (
    tenant_id text PRIMARY KEY,
    sub text NOT NULL,
    first_seen_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX identity_sub ON nu.identity (sub);

-- The role that every statement runs as: no login, and row-level security holds for it even where it does not for us.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'nu_app') THEN
        CREATE ROLE nu_app NOLOGIN NOBYPASSRLS;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL; -- another database of this server made it at the same moment
END $$;

-- Before PostgreSQL 16 membership alone allows SET ROLE, and the finer grant is a syntax error.
DO $$
BEGIN
    IF current_setting('server_version_num')::int < 160000 THEN
        IF NOT pg_has_role(current_user, 'nu_app', 'MEMBER') THEN
            EXECUTE 'GRANT nu_app TO CURRENT_USER';
        END IF;
    ELSIF NOT pg_has_role(current_user, 'nu_app', 'SET') THEN
        EXECUTE 'GRANT nu_app TO CURRENT_USER WITH SET TRUE, INHERIT FALSE';
    END IF;
END $$;

-- '' is what a setting holds after its first use in a session: it is nobody.
ALTER TABLE nu.event_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE nu.event_log FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON nu.event_log
    USING (tenant_id = nullif(pg_catalog.current_setting('nu.tenant', true), ''))
    WITH CHECK (tenant_id = nullif(pg_catalog.current_setting('nu.tenant', true), ''));

ALTER TABLE nu.head ENABLE ROW LEVEL SECURITY;
ALTER TABLE nu.head FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON nu.head
    USING (tenant_id = nullif(pg_catalog.current_setting('nu.tenant', true), ''))
    WITH CHECK (tenant_id = nullif(pg_catalog.current_setting('nu.tenant', true), ''));

ALTER TABLE nu.checkpoint ENABLE ROW LEVEL SECURITY;
ALTER TABLE nu.checkpoint FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON nu.checkpoint
    USING (tenant_id = nullif(pg_catalog.current_setting('nu.tenant', true), ''))
    WITH CHECK (tenant_id = nullif(pg_catalog.current_setting('nu.tenant', true), ''));

ALTER TABLE nu.dead_letter ENABLE ROW LEVEL SECURITY;
ALTER TABLE nu.dead_letter FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON nu.dead_letter
    USING (tenant_id = nullif(pg_catalog.current_setting('nu.tenant', true), ''))
    WITH CHECK (tenant_id = nullif(pg_catalog.current_setting('nu.tenant', true), ''));

-- The one table that is also searched by something else than the tenant: the verified sub of this very visit.
ALTER TABLE nu.identity ENABLE ROW LEVEL SECURITY;
ALTER TABLE nu.identity FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON nu.identity
    USING (tenant_id = nullif(pg_catalog.current_setting('nu.tenant', true), '')
        OR sub = nullif(pg_catalog.current_setting('nu.sub', true), ''))
    WITH CHECK (tenant_id = nullif(pg_catalog.current_setting('nu.tenant', true), ''));

REVOKE ALL ON SCHEMA nu FROM PUBLIC;
GRANT USAGE ON SCHEMA nu TO nu_app;
GRANT SELECT, INSERT ON nu.event_log, nu.identity TO nu_app;
GRANT SELECT, INSERT, UPDATE ON nu.head TO nu_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON nu.checkpoint, nu.dead_letter TO nu_app;

-- The log only grows. One exception, for the owner alone: a payload is blanked together with its salt.
CREATE FUNCTION nu.only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        OLD.data := NULL;
        OLD.salt := NULL;
        IF NEW IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'nu.event_log only grows' USING ERRCODE = 'NU001';
END $$;

CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON nu.event_log FOR EACH ROW EXECUTE FUNCTION nu.only_grows();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON nu.event_log FOR EACH STATEMENT EXECUTE FUNCTION nu.only_grows();
ALTER TABLE nu.event_log ENABLE ALWAYS TRIGGER only_grows;
ALTER TABLE nu.event_log ENABLE ALWAYS TRIGGER never_emptied;
