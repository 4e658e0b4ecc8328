-- A log that can leave: frozen, restored row by row elsewhere, erased (docs/adr/0012).

-- Since when this log is only read; NULL where it is in use.
ALTER TABLE nu.head ADD COLUMN frozen_at timestamptz;

-- The log only grows. Two exceptions, for the owner alone: a payload is blanked together with its salt; and a tenant is
-- erased, which takes the owner of the table, a frozen head, and the tenant named by nu.erase in this very transaction.
CREATE OR REPLACE FUNCTION nu.only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        OLD.data := NULL;
        OLD.salt := NULL;
        IF NEW IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    ELSIF TG_OP = 'DELETE' THEN
        IF OLD.tenant_id = pg_catalog.current_setting('nu.erase', true)
            AND current_user = (
                SELECT pg_catalog.pg_get_userbyid(c.relowner) FROM pg_catalog.pg_class AS c WHERE c.oid = TG_RELID
            )
            AND EXISTS (SELECT 1 FROM nu.head AS h WHERE h.tenant_id = OLD.tenant_id AND h.frozen_at IS NOT NULL)
        THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'nu.event_log only grows' USING ERRCODE = 'NU001';
END $$;

-- As before, and one letter more: `f`, frozen: the log is only read. A command that is in it is still known.
CREATE OR REPLACE FUNCTION nu.append_one(
    _tenant text, _stream text, _expected bigint, _command uuid, _type text, _schema_version int, _entity text,
    _data jsonb, _metadata jsonb, _occurred_at timestamptz, _salt bytea, _digest bytea
) RETURNS bytea LANGUAGE plpgsql AS $$
DECLARE
    x text;
    _place bigint;
    _head bigint;
    _log uuid;
    _hash bytea;
    _frozen_at timestamptz;
BEGIN
    x := pg_catalog.set_config('nu.tenant', _tenant, true);
    x := pg_catalog.set_config('search_path', 'pg_catalog', true);
    x := pg_catalog.set_config('synchronous_commit', 'on', true);
    x := pg_catalog.set_config('lock_timeout', '2s', true);
    x := pg_catalog.set_config('role', 'nu_app', true);
    LOOP
        UPDATE nu.head AS h
        SET position = h.position + 1,
            hash = sha256(h.hash || uuid_send(h.log_id) || int8send(h.position + 1) || _digest),
            streams = h.streams || jsonb_build_object(_stream, h.position + 1)
        WHERE h.tenant_id = _tenant AND h.frozen_at IS NULL
            AND _expected BETWEEN coalesce((h.streams ->> _stream)::bigint, 0) AND h.position
        RETURNING h.position, h.log_id, h.hash INTO _place, _log, _hash;
        IF FOUND THEN
            INSERT INTO nu.event_log (
                tenant_id, position, stream, type, schema_version, entity_id, command_id, n, data, metadata,
                occurred_at, salt, digest, hash
            ) VALUES (
                _tenant, _place, _stream, _type, _schema_version, _entity, _command, 0, _data, _metadata, _occurred_at,
                _salt, _digest, _hash
            );
            RETURN 'a'::bytea || int8send(_place) || uuid_send(_log);
        END IF;
        SELECT coalesce((h.streams ->> _stream)::bigint, 0), h.log_id, h.position, h.frozen_at
        INTO _place, _log, _head, _frozen_at
        FROM nu.head AS h WHERE h.tenant_id = _tenant;
        IF FOUND AND (_frozen_at IS NOT NULL OR _expected NOT BETWEEN _place AND _head) THEN
            RETURN CASE WHEN EXISTS (
                SELECT 1 FROM nu.event_log AS e WHERE e.tenant_id = _tenant AND e.command_id = _command AND e.n = 0
            ) THEN 'k'::bytea WHEN _frozen_at IS NOT NULL THEN 'f'::bytea ELSE 'm'::bytea END
                || int8send(_place) || uuid_send(_log);
        END IF;
        IF _log IS NULL AND _expected <> 0 THEN
            RETURN 'm'::bytea || int8send(0) || decode(repeat('00', 16), 'hex');
        END IF;
        INSERT INTO nu.head (tenant_id) VALUES (_tenant) ON CONFLICT (tenant_id) DO NOTHING;
    END LOOP;
END $$;

CREATE OR REPLACE FUNCTION nu.append_many(
    _tenant text, _stream text, _expected bigint, _command uuid, _types text[], _schema_versions int[],
    _entities text[], _data jsonb[], _metadata jsonb, _occurred_at timestamptz, _salts bytea[], _digests bytea[]
) RETURNS bytea LANGUAGE plpgsql AS $$
DECLARE
    x text;
    _place bigint;
    _log uuid;
    _hash bytea;
    _hashes bytea[] := '{}';
    _first bigint;
    _count int := cardinality(_types);
    _frozen_at timestamptz;
BEGIN
    x := pg_catalog.set_config('nu.tenant', _tenant, true);
    x := pg_catalog.set_config('search_path', 'pg_catalog', true);
    x := pg_catalog.set_config('synchronous_commit', 'on', true);
    x := pg_catalog.set_config('lock_timeout', '2s', true);
    x := pg_catalog.set_config('role', 'nu_app', true);
    IF _expected = 0 THEN
        INSERT INTO nu.head (tenant_id) VALUES (_tenant) ON CONFLICT (tenant_id) DO NOTHING;
    END IF;
    SELECT coalesce((h.streams ->> _stream)::bigint, 0), h.log_id, h.position, h.hash, h.frozen_at
    INTO _place, _log, _first, _hash, _frozen_at
    FROM nu.head AS h WHERE h.tenant_id = _tenant FOR UPDATE;
    IF NOT FOUND THEN
        RETURN 'm'::bytea || int8send(0) || decode(repeat('00', 16), 'hex');
    END IF;
    IF _frozen_at IS NOT NULL OR _expected NOT BETWEEN _place AND _first THEN
        RETURN CASE WHEN EXISTS (
            SELECT 1 FROM nu.event_log AS e WHERE e.tenant_id = _tenant AND e.command_id = _command AND e.n = 0
        ) THEN 'k'::bytea WHEN _frozen_at IS NOT NULL THEN 'f'::bytea ELSE 'm'::bytea END
            || int8send(_place) || uuid_send(_log);
    END IF;
    FOR i IN 1 .. _count LOOP
        _hash := sha256(_hash || uuid_send(_log) || int8send(_first + i) || _digests[i]);
        _hashes[i] := _hash;
    END LOOP;
    _place := _first + _count;
    UPDATE nu.head AS h
    SET position = _place, hash = _hash, streams = h.streams || jsonb_build_object(_stream, _place)
    WHERE h.tenant_id = _tenant;
    INSERT INTO nu.event_log (
        tenant_id, position, stream, type, schema_version, entity_id, command_id, n, data, metadata, occurred_at,
        salt, digest, hash
    )
    SELECT _tenant, _first + u.i, _stream, u.type, u.schema_version, u.entity, _command, u.i - 1, u.data, _metadata,
        _occurred_at, u.salt, u.digest, u.hash
    FROM unnest(_types, _schema_versions, _entities, _data, _salts, _digests, _hashes)
        WITH ORDINALITY AS u (type, schema_version, entity, data, salt, digest, hash, i);
    RETURN 'a'::bytea || int8send(_place) || uuid_send(_log);
END $$;

-- [log_id, position, hash, frozen_at] of the head, or NULL where there is no log.
CREATE FUNCTION nu.read_head(_tenant text) RETURNS json LANGUAGE plpgsql AS $$
DECLARE
    x text;
BEGIN
    x := pg_catalog.set_config('nu.tenant', _tenant, true);
    x := pg_catalog.set_config('search_path', 'pg_catalog', true);
    x := pg_catalog.set_config('timezone', 'UTC', true);
    x := pg_catalog.set_config('role', 'nu_app', true);
    RETURN (
        SELECT json_build_array(h.log_id, h.position, encode(h.hash, 'hex'), h.frozen_at)
        FROM nu.head AS h WHERE h.tenant_id = _tenant
    );
END $$;

-- Answers with the head. Where there is no log yet, an empty one is frozen.
CREATE FUNCTION nu.freeze(_tenant text) RETURNS json LANGUAGE plpgsql AS $$
DECLARE
    x text;
BEGIN
    x := pg_catalog.set_config('nu.tenant', _tenant, true);
    x := pg_catalog.set_config('search_path', 'pg_catalog', true);
    x := pg_catalog.set_config('synchronous_commit', 'on', true);
    x := pg_catalog.set_config('lock_timeout', '2s', true);
    x := pg_catalog.set_config('timezone', 'UTC', true);
    x := pg_catalog.set_config('role', 'nu_app', true);
    INSERT INTO nu.head AS h (tenant_id, frozen_at) VALUES (_tenant, clock_timestamp())
    ON CONFLICT (tenant_id) DO UPDATE SET frozen_at = coalesce(h.frozen_at, excluded.frozen_at);
    RETURN (
        SELECT json_build_array(h.log_id, h.position, encode(h.hash, 'hex'), h.frozen_at)
        FROM nu.head AS h WHERE h.tenant_id = _tenant
    );
END $$;

CREATE FUNCTION nu.thaw(_tenant text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    x text;
BEGIN
    x := pg_catalog.set_config('nu.tenant', _tenant, true);
    x := pg_catalog.set_config('search_path', 'pg_catalog', true);
    x := pg_catalog.set_config('synchronous_commit', 'on', true);
    x := pg_catalog.set_config('lock_timeout', '2s', true);
    x := pg_catalog.set_config('role', 'nu_app', true);
    UPDATE nu.head AS h SET frozen_at = NULL WHERE h.tenant_id = _tenant AND h.frozen_at IS NOT NULL;
END $$;

-- As before, with recorded_at at the end of each event. A page ends before its texts reach 4 MB together: nothing that
-- was appended comes near that, so an event that alone is longer is left out, and the chain ends before it.
CREATE OR REPLACE FUNCTION nu.read_chain(_tenant text, _after bigint, _limit int) RETURNS json LANGUAGE plpgsql AS $$
DECLARE
    x text;
BEGIN
    x := pg_catalog.set_config('nu.tenant', _tenant, true);
    x := pg_catalog.set_config('search_path', 'pg_catalog', true);
    x := pg_catalog.set_config('timezone', 'UTC', true);
    x := pg_catalog.set_config('role', 'nu_app', true);
    RETURN (
        SELECT json_build_array(h.log_id, h.position, encode(h.hash, 'hex'), (
            SELECT coalesce(json_agg(json_build_array(
                e.position, e.stream, e.type, e.schema_version, e.entity_id, e.command_id, e.n, e.occurred_at, e.data,
                e.metadata, encode(e.salt, 'hex'), encode(e.digest, 'hex'), encode(e.hash, 'hex'), e.recorded_at
            ) ORDER BY e.position), '[]')
            FROM (
                SELECT p.*, sum(
                    octet_length(p.stream) + octet_length(p.type) + octet_length(p.entity_id)
                    + coalesce(octet_length(p.data::text), 0) + octet_length(p.metadata::text)
                    + coalesce(octet_length(p.salt), 0) + octet_length(p.digest) + octet_length(p.hash)
                ) OVER (ORDER BY p.position) AS size
                FROM (
                    SELECT * FROM nu.event_log AS l
                    WHERE l.tenant_id = _tenant AND l.position > _after AND l.position <= h.position
                    ORDER BY l.position LIMIT _limit
                ) AS p
            ) AS e
            WHERE e.size < 4000000
        ))
        FROM nu.head AS h WHERE h.tenant_id = _tenant
    );
END $$;

-- Writes events as they were into the log _log, which is here already or comes into an empty place. Answers with
-- [letter, position, added]. `a`, added: where the log ends now; what was here already was left. `n`, not empty: there
-- is another log. `d`, different: at that position this log holds another event. `b`, broken: what comes at that
-- position does not continue the chain.
CREATE FUNCTION nu.restore(_tenant text, _log uuid, _rows jsonb) RETURNS json LANGUAGE plpgsql AS $$
DECLARE
    x text;
    _here uuid;
    _head bigint;
    _hash bytea;
    _wrong bigint;
    _added bigint;
BEGIN
    x := pg_catalog.set_config('nu.tenant', _tenant, true);
    x := pg_catalog.set_config('search_path', 'pg_catalog', true);
    x := pg_catalog.set_config('synchronous_commit', 'on', true);
    x := pg_catalog.set_config('lock_timeout', '2s', true);
    x := pg_catalog.set_config('role', 'nu_app', true);
    INSERT INTO nu.head (tenant_id, log_id) VALUES (_tenant, _log) ON CONFLICT (tenant_id) DO NOTHING;
    SELECT h.log_id, h.position, h.hash INTO _here, _head, _hash
    FROM nu.head AS h WHERE h.tenant_id = _tenant FOR UPDATE;
    IF _here <> _log THEN
        IF _head > 0 THEN
            RETURN json_build_array('n', _head, 0);
        END IF;
        UPDATE nu.head AS h SET log_id = _log WHERE h.tenant_id = _tenant;
    END IF;
    SELECT min(r.position) INTO _wrong
    FROM jsonb_to_recordset(_rows) AS r (position bigint, hash text)
    WHERE r.position <= _head AND NOT EXISTS (
        SELECT 1 FROM nu.event_log AS e
        WHERE e.tenant_id = _tenant AND e.position = r.position AND e.hash = decode(r.hash, 'hex')
    );
    IF _wrong IS NOT NULL THEN
        RETURN json_build_array('d', _wrong, 0);
    END IF;
    SELECT min(p.place) INTO _wrong
    FROM (
        SELECT r.position, _head + row_number() OVER (ORDER BY r.position) AS place, decode(r.hash, 'hex') AS hash,
            sha256(
                coalesce(lag(decode(r.hash, 'hex')) OVER (ORDER BY r.position), _hash)
                || uuid_send(_log) || int8send(r.position) || decode(r.digest, 'hex')
            ) AS expected
        FROM jsonb_to_recordset(_rows) AS r (position bigint, digest text, hash text)
        WHERE r.position > _head
    ) AS p
    WHERE p.position <> p.place OR p.hash <> p.expected;
    IF _wrong IS NOT NULL THEN
        RETURN json_build_array('b', _wrong, 0);
    END IF;
    INSERT INTO nu.event_log (
        tenant_id, position, stream, type, schema_version, entity_id, command_id, n, data, metadata, occurred_at,
        recorded_at, salt, digest, hash
    )
    SELECT _tenant, r.position, r.stream, r.type, r.schema_version, r.entity_id, r.command_id, r.n, r.data, r.metadata,
        r.occurred_at, r.recorded_at, decode(r.salt, 'hex'), decode(r.digest, 'hex'), decode(r.hash, 'hex')
    FROM jsonb_to_recordset(_rows) AS r (
        position bigint, stream text, type text, schema_version int, entity_id text, command_id uuid, n int, data jsonb,
        metadata jsonb, occurred_at timestamptz, recorded_at timestamptz, salt text, digest text, hash text
    )
    WHERE r.position > _head;
    GET DIAGNOSTICS _added = ROW_COUNT;
    IF _added > 0 THEN
        UPDATE nu.head AS h
        SET position = _head + _added,
            hash = (
                SELECT e.hash FROM nu.event_log AS e WHERE e.tenant_id = _tenant AND e.position = _head + _added
            ),
            streams = h.streams || (
                SELECT jsonb_object_agg(s.stream, s.version)
                FROM (
                    SELECT e.stream, max(e.position) AS version
                    FROM nu.event_log AS e WHERE e.tenant_id = _tenant AND e.position > _head GROUP BY e.stream
                ) AS s
            )
        WHERE h.tenant_id = _tenant;
    END IF;
    RETURN json_build_array('a', _head + _added, _added);
END $$;

-- Every row of the tenant in every table of nu, also in projections that this code does not know. The head is frozen as
-- nu_app; the deletes need the owner, so the role is what it was before. Answers with the receipt: [log_id, number of
-- events, hash of the head, when].
CREATE FUNCTION nu.erase(_tenant text) RETURNS json LANGUAGE plpgsql AS $$
DECLARE
    x text;
    _log uuid;
    _hash bytea;
    _count bigint;
    _tables name[];
    _table name;
BEGIN
    x := pg_catalog.set_config('nu.tenant', _tenant, true);
    x := pg_catalog.set_config('search_path', 'pg_catalog', true);
    x := pg_catalog.set_config('synchronous_commit', 'on', true);
    x := pg_catalog.set_config('lock_timeout', '2s', true);
    x := pg_catalog.set_config('timezone', 'UTC', true);
    x := pg_catalog.set_config('nu.erase', _tenant, true);
    x := pg_catalog.set_config('role', 'nu_app', true);
    INSERT INTO nu.head AS h (tenant_id, frozen_at) VALUES (_tenant, clock_timestamp())
    ON CONFLICT (tenant_id) DO UPDATE SET frozen_at = coalesce(h.frozen_at, excluded.frozen_at);
    -- FOR UPDATE waits for mirrors that are being written, and makes others wait: they find no log then.
    SELECT h.log_id, h.hash INTO _log, _hash FROM nu.head AS h WHERE h.tenant_id = _tenant FOR UPDATE;
    RESET ROLE;
    DELETE FROM nu.event_log AS e WHERE e.tenant_id = _tenant;
    GET DIAGNOSTICS _count = ROW_COUNT;
    _tables := ARRAY(
        SELECT c.relname
        FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'nu'::regnamespace AND c.relkind IN ('r', 'p')
            AND a.attname = 'tenant_id' AND NOT a.attisdropped
    );
    FOREACH _table IN ARRAY _tables LOOP
        EXECUTE format('delete from nu.%I where tenant_id = $1', _table) USING _tenant;
    END LOOP;
    RETURN json_build_array(_log, _count, encode(_hash, 'hex'), clock_timestamp());
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA nu FROM PUBLIC;
