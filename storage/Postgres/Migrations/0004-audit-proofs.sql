-- Checkpoints over the audit log: history like the entries, so nothing but to add to.
CREATE TABLE audit_checkpoints (
    number bigint PRIMARY KEY,
    note text NOT NULL
);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_checkpoints
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

ALTER TABLE audit_checkpoints ENABLE ALWAYS TRIGGER append_only;

-- Where each chain ended when the last checkpoint was made: what it signed, and nothing to be believed without it.
CREATE TABLE audit_checkpoint_heads (
    chain text COLLATE "C" PRIMARY KEY,
    seq bigint NOT NULL,
    hash text NOT NULL
);

-- Copies of the log in the export directory, and how far they are.
CREATE TABLE exports (
    id uuid PRIMARY KEY,
    requested_at timestamptz NOT NULL,
    body jsonb NOT NULL
);

CREATE INDEX exports_newest ON exports (requested_at, id);

-- The trigger is no longer one table's.
CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
