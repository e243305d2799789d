-- Registered clients: rows like api_keys, of the organisation that they change together with.
CREATE TABLE clients (
    organization text COLLATE "C" NOT NULL REFERENCES organizations,
    position bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    body jsonb NOT NULL,
    id text COLLATE "C" NOT NULL GENERATED ALWAYS AS (body ->> 'id') STORED,
    saved_as bigint NOT NULL DEFAULT 9223372036854775807,
    PRIMARY KEY (organization, id)
);
CREATE TRIGGER saved_as BEFORE UPDATE ON clients
    FOR EACH ROW WHEN (NEW.saved_as = OLD.saved_as) EXECUTE FUNCTION saved_as_unknown();

-- Assertions that were used: none is accepted twice, by whichever process. Each is here for some minutes.
CREATE TABLE used_once (
    hash text COLLATE "C" PRIMARY KEY,
    until timestamptz NOT NULL
);
CREATE INDEX used_once_until ON used_once (until);
