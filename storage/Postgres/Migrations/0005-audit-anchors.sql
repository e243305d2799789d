-- Up to where chains were pruned, and the signed notes over that: history, which its owner alone may move on.
CREATE TABLE audit_anchors (
    chain text COLLATE "C" PRIMARY KEY,
    seq bigint NOT NULL,
    hash text NOT NULL
);

CREATE TABLE audit_anchor_notes (
    number bigint PRIMARY KEY,
    note text NOT NULL
);

-- The one way through: what the trigger's argument names, for a role that owns the table, in a transaction that says that
-- it prunes. Rights alone do not do: the setting keeps owners from mistakes, ownership keeps everybody else out.
CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_NARGS = 1 AND TG_OP = TG_ARGV[0] AND current_setting('tumbler.pruning', true) = 'on'
        AND pg_has_role((SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

DROP TRIGGER append_only ON audit_entries;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change('DELETE');

ALTER TABLE audit_entries ENABLE ALWAYS TRIGGER append_only;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_anchors
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change('UPDATE');

ALTER TABLE audit_anchors ENABLE ALWAYS TRIGGER append_only;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_anchor_notes
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

ALTER TABLE audit_anchor_notes ENABLE ALWAYS TRIGGER append_only;
