-- One function is one transaction is one round trip. Each first becomes nu_app and the tenant, for this transaction only.
-- `x := set_config(…)` is a simple expression: about 1 us, a PERFORM costs several times that.
-- statement_timeout is not set in them: the timer of the running statement has started already (docs/adr).

-- Called first in a transaction of several statements.
CREATE FUNCTION nu.enter(_tenant text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    x text;
BEGIN
    x := pg_catalog.set_config('nu.tenant', _tenant, true);
    x := pg_catalog.set_config('search_path', 'pg_catalog', true);
    x := pg_catalog.set_config('synchronous_commit', 'on', true);
    x := pg_catalog.set_config('statement_timeout', '5s', true);
    x := pg_catalog.set_config('lock_timeout', '2s', true);
    x := pg_catalog.set_config('idle_in_transaction_session_timeout', '10s', true);
    x := pg_catalog.set_config('role', 'nu_app', true);
END $$;

-- Answers with 25 bytes: a letter, a place (8 bytes), the log's id (16). As a row they would cost 1.5 us more.
-- `a`, appended: place is the event's position. `k`, known: the command is in the log already.
-- `m`, moved: place is the stream's version, which lies after the position that the decision was made at (docs/adr/0001);
-- or that position is not in this log, which is then another one.
CREATE FUNCTION nu.append_one(
    _tenant text, _stream text, _expected bigint, _command uuid, _type text, _schema_version int, _entity text,
    _data jsonb, _metadata jsonb, _occurred_at timestamptz, _salt bytea, _digest bytea
) RETURNS bytea LANGUAGE plpgsql AS $$
DECLARE
    x text;
    _place bigint;
    _head bigint;
    _log uuid;
    _hash bytea;
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
        WHERE h.tenant_id = _tenant AND _expected BETWEEN coalesce((h.streams ->> _stream)::bigint, 0) AND h.position
        RETURNING h.position, h.log_id, h.hash INTO _place, _log, _hash;
        IF FOUND THEN
            INSERT INTO nu.event_log (
                tenant_id, position, stream, type, schema_version, entity_id, command_id, n, data, metadata, occurred_at,
                salt, digest, hash
            ) VALUES (
                _tenant, _place, _stream, _type, _schema_version, _entity, _command, 0, _data, _metadata, _occurred_at,
                _salt, _digest, _hash
            );
            RETURN 'a'::bytea || int8send(_place) || uuid_send(_log);
        END IF;
        SELECT coalesce((h.streams ->> _stream)::bigint, 0), h.log_id, h.position INTO _place, _log, _head
        FROM nu.head AS h WHERE h.tenant_id = _tenant;
        IF FOUND AND _expected NOT BETWEEN _place AND _head THEN
            RETURN CASE WHEN EXISTS (
                SELECT 1 FROM nu.event_log AS e WHERE e.tenant_id = _tenant AND e.command_id = _command AND e.n = 0
            ) THEN 'k'::bytea ELSE 'm'::bytea END || int8send(_place) || uuid_send(_log);
        END IF;
        IF _log IS NULL AND _expected <> 0 THEN
            RETURN 'm'::bytea || int8send(0) || decode(repeat('00', 16), 'hex');
        END IF;
        INSERT INTO nu.head (tenant_id) VALUES (_tenant) ON CONFLICT (tenant_id) DO NOTHING;
    END LOOP;
END $$;

-- The same for several events of one command; the place is the position of the last one.
CREATE FUNCTION nu.append_many(
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
BEGIN
    x := pg_catalog.set_config('nu.tenant', _tenant, true);
    x := pg_catalog.set_config('search_path', 'pg_catalog', true);
    x := pg_catalog.set_config('synchronous_commit', 'on', true);
    x := pg_catalog.set_config('lock_timeout', '2s', true);
    x := pg_catalog.set_config('role', 'nu_app', true);
    IF _expected = 0 THEN
        INSERT INTO nu.head (tenant_id) VALUES (_tenant) ON CONFLICT (tenant_id) DO NOTHING;
    END IF;
    SELECT coalesce((h.streams ->> _stream)::bigint, 0), h.log_id, h.position, h.hash INTO _place, _log, _first, _hash
    FROM nu.head AS h WHERE h.tenant_id = _tenant FOR UPDATE;
    IF NOT FOUND THEN
        RETURN 'm'::bytea || int8send(0) || decode(repeat('00', 16), 'hex');
    END IF;
    IF _expected NOT BETWEEN _place AND _first THEN
        RETURN CASE WHEN EXISTS (
            SELECT 1 FROM nu.event_log AS e WHERE e.tenant_id = _tenant AND e.command_id = _command AND e.n = 0
        ) THEN 'k'::bytea ELSE 'm'::bytea END || int8send(_place) || uuid_send(_log);
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

-- What a command left in the log: [log_id, [[position, stream, type, entity_id, data], …]]
CREATE FUNCTION nu.find_command(_tenant text, _command uuid) RETURNS json LANGUAGE plpgsql AS $$
DECLARE
    x text;
BEGIN
    x := pg_catalog.set_config('nu.tenant', _tenant, true);
    x := pg_catalog.set_config('search_path', 'pg_catalog', true);
    x := pg_catalog.set_config('role', 'nu_app', true);
    RETURN (
        SELECT json_build_array(h.log_id, (
            SELECT coalesce(json_agg(json_build_array(e.position, e.stream, e.type, e.entity_id, e.data) ORDER BY e.n), '[]')
            FROM nu.event_log AS e WHERE e.tenant_id = _tenant AND e.command_id = _command
        ))
        FROM nu.head AS h WHERE h.tenant_id = _tenant
    );
END $$;

-- [log_id, head position, {stream: [position, version, state]}, [[position, stream, type, schema_version, entity_id, data], …]]
-- With _after NULL the durable folds come along, and of each stream the events after its fold.
CREATE FUNCTION nu.tail(_tenant text, _after bigint, _limit int) RETURNS json LANGUAGE plpgsql AS $$
DECLARE
    x text;
    _log uuid;
    _head bigint;
    _streams jsonb;
    _saved json := '{}';
    _saved_at jsonb := '{}';
    _from bigint := _after;
    _events json := '[]';
BEGIN
    x := pg_catalog.set_config('nu.tenant', _tenant, true);
    x := pg_catalog.set_config('search_path', 'pg_catalog', true);
    x := pg_catalog.set_config('role', 'nu_app', true);
    SELECT h.log_id, h.position, h.streams INTO _log, _head, _streams FROM nu.head AS h WHERE h.tenant_id = _tenant;
    IF NOT FOUND THEN
        RETURN json_build_array(NULL, 0, _saved, _events);
    END IF;
    IF _after IS NULL THEN
        SELECT json_object_agg(c.stream, json_build_array(
                c.position, c.version, translate(encode(c.state, 'base64'), E'\n', ''))),
            jsonb_object_agg(c.stream, c.position)
        INTO _saved, _saved_at
        FROM nu.checkpoint AS c WHERE c.tenant_id = _tenant AND c.mirror = 'postgres';
        _saved := coalesce(_saved, '{}');
        _saved_at := coalesce(_saved_at, '{}');
        SELECT coalesce(min(coalesce((_saved_at ->> s.key)::bigint, 0)), _head) INTO _from
        FROM jsonb_each_text(_streams) AS s WHERE coalesce((_saved_at ->> s.key)::bigint, 0) < s.value::bigint;
    END IF;
    IF _from < _head THEN
        SELECT json_agg(json_build_array(e.position, e.stream, e.type, e.schema_version, e.entity_id, e.data) ORDER BY e.position)
        INTO _events
        FROM (
            SELECT l.position, l.stream, l.type, l.schema_version, l.entity_id, l.data
            FROM nu.event_log AS l
            WHERE l.tenant_id = _tenant AND l.position > _from AND l.position <= _head
                AND l.position > coalesce((_saved_at ->> l.stream)::bigint, 0)
            ORDER BY l.position LIMIT _limit
        ) AS e;
    END IF;
    RETURN json_build_array(_log, _head, _saved, coalesce(_events, '[]'));
END $$;

-- [[position, stream, type, schema_version, entity_id, command_id, n, data, metadata, occurred_at, recorded_at], …]
CREATE FUNCTION nu.read_log(_tenant text, _after bigint, _limit int) RETURNS json LANGUAGE plpgsql AS $$
DECLARE
    x text;
BEGIN
    x := pg_catalog.set_config('nu.tenant', _tenant, true);
    x := pg_catalog.set_config('search_path', 'pg_catalog', true);
    x := pg_catalog.set_config('role', 'nu_app', true);
    RETURN (
        SELECT coalesce(json_agg(json_build_array(
            e.position, e.stream, e.type, e.schema_version, e.entity_id, e.command_id, e.n, e.data, e.metadata,
            e.occurred_at, e.recorded_at) ORDER BY e.position), '[]')
        FROM (
            SELECT * FROM nu.event_log AS l
            WHERE l.tenant_id = _tenant AND l.position > _after ORDER BY l.position LIMIT _limit
        ) AS e
    );
END $$;

-- [log_id, head position, head hash, [[position, …, metadata, salt, digest, hash], …]]
CREATE FUNCTION nu.read_chain(_tenant text, _after bigint, _limit int) RETURNS json LANGUAGE plpgsql AS $$
DECLARE
    x text;
BEGIN
    x := pg_catalog.set_config('nu.tenant', _tenant, true);
    x := pg_catalog.set_config('search_path', 'pg_catalog', true);
    x := pg_catalog.set_config('role', 'nu_app', true);
    RETURN (
        SELECT json_build_array(h.log_id, h.position, encode(h.hash, 'hex'), (
            SELECT coalesce(json_agg(json_build_array(
                e.position, e.stream, e.type, e.schema_version, e.entity_id, e.command_id, e.n, e.occurred_at, e.data,
                e.metadata, encode(e.salt, 'hex'), encode(e.digest, 'hex'), encode(e.hash, 'hex')) ORDER BY e.position), '[]')
            FROM (
                SELECT * FROM nu.event_log AS l
                WHERE l.tenant_id = _tenant AND l.position > _after AND l.position <= h.position
                ORDER BY l.position LIMIT _limit
            ) AS e
        ))
        FROM nu.head AS h WHERE h.tenant_id = _tenant
    );
END $$;

-- The tenant whose visit this is, or NULL for an address that belongs to another Google account.
CREATE FUNCTION nu.identify(_tenant text, _sub text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    x text;
    _known text;
BEGIN
    x := pg_catalog.set_config('nu.tenant', _tenant, true);
    x := pg_catalog.set_config('nu.sub', _sub, true);
    x := pg_catalog.set_config('search_path', 'pg_catalog', true);
    x := pg_catalog.set_config('synchronous_commit', 'on', true);
    x := pg_catalog.set_config('lock_timeout', '2s', true);
    x := pg_catalog.set_config('role', 'nu_app', true);
    SELECT i.tenant_id INTO _known FROM nu.identity AS i WHERE i.sub = _sub;
    IF FOUND THEN
        RETURN _known;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(_sub, 0));
    SELECT i.tenant_id INTO _known FROM nu.identity AS i WHERE i.sub = _sub;
    IF FOUND THEN
        RETURN _known;
    END IF;
    INSERT INTO nu.identity (tenant_id, sub) VALUES (_tenant, _sub) ON CONFLICT (tenant_id) DO NOTHING;
    IF FOUND THEN
        RETURN _tenant;
    END IF;
    RETURN NULL;
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA nu FROM PUBLIC;
