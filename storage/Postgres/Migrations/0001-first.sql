-- What the database itself has to know is a column: identity, version, order, uniqueness, what the audit log is searched
-- by. Everything else is the row's JSON, the same as in a journal (storage/Rows), and the columns beside it are taken
-- from it by the database, so that the two can't disagree.

CREATE TABLE rings (
    body jsonb NOT NULL,
    id text COLLATE "C" GENERATED ALWAYS AS (body ->> 'id') STORED PRIMARY KEY,
    version bigint NOT NULL GENERATED ALWAYS AS ((body ->> 'version')::bigint) STORED
);

CREATE TABLE signing_keys (
    ring text COLLATE "C" NOT NULL REFERENCES rings,
    position bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    body jsonb NOT NULL,
    kid uuid NOT NULL GENERATED ALWAYS AS ((body ->> 'kid')::uuid) STORED,
    ordinal bigint NOT NULL GENERATED ALWAYS AS ((body ->> 'ordinal')::bigint) STORED,
    PRIMARY KEY (ring, kid),
    UNIQUE (ring, ordinal)
);

CREATE TABLE organizations (
    body jsonb NOT NULL,
    slug text COLLATE "C" GENERATED ALWAYS AS (body ->> 'slug') STORED PRIMARY KEY,
    version bigint NOT NULL GENERATED ALWAYS AS ((body ->> 'version')::bigint) STORED
);

CREATE TABLE api_keys (
    organization text COLLATE "C" NOT NULL REFERENCES organizations,
    position bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    body jsonb NOT NULL,
    id uuid NOT NULL GENERATED ALWAYS AS ((body ->> 'id')::uuid) STORED,
    PRIMARY KEY (organization, id)
);

-- Of rings and organisations alike; a chain's name names its owner.
CREATE TABLE receipts (
    chain text COLLATE "C" NOT NULL,
    position bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    body jsonb NOT NULL,
    key_hash text COLLATE "C" NOT NULL GENERATED ALWAYS AS (body ->> 'key_hash') STORED,
    PRIMARY KEY (chain, key_hash)
);

CREATE TABLE audit_entries (
    chain text COLLATE "C" NOT NULL,
    seq bigint NOT NULL,
    position bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    time timestamptz NOT NULL,
    org text COLLATE "C",
    actor_type text NOT NULL,
    actor_id text NOT NULL,
    action text NOT NULL,
    resource_type text NOT NULL,
    resource_id text NOT NULL,
    status text NOT NULL,
    request_id text NOT NULL,
    source text NOT NULL,
    details jsonb NOT NULL,
    prev_hash text NOT NULL,
    hash text NOT NULL,
    mac text NOT NULL,
    PRIMARY KEY (chain, seq),
    UNIQUE (position)
);

-- One for each filter that finds few among many: docs/design/audit-queries.md has the plans. What is common needs none, for
-- its page is full soon. Failures are few, and their indexes cost nothing when all goes well.
CREATE INDEX audit_entries_org ON audit_entries (org, position) WHERE org IS NOT NULL;
CREATE INDEX audit_entries_actor ON audit_entries (actor_id, position);
CREATE INDEX audit_entries_resource ON audit_entries (resource_id, position);
CREATE INDEX audit_entries_action ON audit_entries (action, position);
CREATE INDEX audit_entries_failure ON audit_entries (position) WHERE status = 'Failure';
CREATE INDEX audit_entries_org_failure ON audit_entries (org, position) WHERE status = 'Failure' AND org IS NOT NULL;
CREATE INDEX audit_entries_time ON audit_entries (time);

CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_entries is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

-- Also for sessions that replicate, which skip ordinary triggers.
ALTER TABLE audit_entries ENABLE ALWAYS TRIGGER append_only;
