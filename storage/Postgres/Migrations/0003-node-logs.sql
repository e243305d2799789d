-- The owners of the nodes' chains of security events: where each ends, and how many events it stands for. changed_in is
-- what every save sets in every table of states; nobody asks for these by it, so there is no index.
CREATE TABLE node_logs (
    body jsonb NOT NULL,
    id text COLLATE "C" GENERATED ALWAYS AS (body ->> 'id') STORED PRIMARY KEY,
    version bigint NOT NULL GENERATED ALWAYS AS ((body ->> 'version')::bigint) STORED,
    changed_in xid8 NOT NULL DEFAULT pg_current_xact_id()
);
