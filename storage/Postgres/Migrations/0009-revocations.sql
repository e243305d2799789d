-- What was withdrawn, for all nodes to hear of: of each subject the last word, until no token can rest on it any more. What was
-- revoked before there was this is not in here; no token rests on it a day later.
CREATE TABLE revocations (
    number bigint NOT NULL,
    body jsonb NOT NULL,
    kind text COLLATE "C" NOT NULL GENERATED ALWAYS AS (body ->> 'kind') STORED,
    ring text COLLATE "C" NOT NULL GENERATED ALWAYS AS (coalesce(body ->> 'ring', '')) STORED,
    id text COLLATE "C" NOT NULL GENERATED ALWAYS AS (body ->> 'id') STORED,
    until bigint NOT NULL GENERATED ALWAYS AS ((body ->> 'until')::bigint) STORED,
    PRIMARY KEY (kind, ring, id)
);

CREATE UNIQUE INDEX revocations_number ON revocations (number);
CREATE INDEX revocations_until ON revocations (until);

-- The last number. Who takes the next one holds the row until the commit, so numbers are in the order of the commits.
CREATE TABLE revocation_count (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    last bigint NOT NULL
);

INSERT INTO revocation_count (last) VALUES (0);

-- The owners of the audit chains of revoked tokens.
CREATE TABLE token_revocations (
    body jsonb NOT NULL,
    ring text COLLATE "C" GENERATED ALWAYS AS (body ->> 'ring') STORED PRIMARY KEY,
    version bigint NOT NULL GENERATED ALWAYS AS ((body ->> 'version')::bigint) STORED,
    changed_in xid8 NOT NULL DEFAULT pg_current_xact_id()
);
