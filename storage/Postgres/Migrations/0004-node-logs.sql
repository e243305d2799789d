-- The owners of the nodes' chains of security events: where each ends, and how many events it stands for.
CREATE TABLE node_logs (
    body jsonb NOT NULL,
    id text COLLATE "C" GENERATED ALWAYS AS (body ->> 'id') STORED PRIMARY KEY,
    version bigint NOT NULL GENERATED ALWAYS AS ((body ->> 'version')::bigint) STORED
);
