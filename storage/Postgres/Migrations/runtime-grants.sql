-- Run after every migration: what the role of the running service may do. No DDL, and of history nothing but to add to it.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tumbler_runtime') THEN
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO tumbler_runtime', current_schema());
        GRANT SELECT ON schema_version TO tumbler_runtime;
        GRANT SELECT, INSERT, UPDATE ON rings, organizations TO tumbler_runtime;
        GRANT SELECT, INSERT, UPDATE ON node_logs TO tumbler_runtime;
        GRANT SELECT, INSERT, UPDATE ON cluster TO tumbler_runtime;
        GRANT SELECT, INSERT, UPDATE, DELETE ON signing_keys, api_keys, clients, receipts TO tumbler_runtime;
        GRANT SELECT, INSERT, UPDATE ON token_revocations TO tumbler_runtime;
        GRANT SELECT, INSERT, UPDATE, DELETE ON revocations TO tumbler_runtime;
        GRANT SELECT, UPDATE ON revocation_count TO tumbler_runtime;
        GRANT SELECT, INSERT, UPDATE, DELETE ON used_once TO tumbler_runtime;
        GRANT SELECT, INSERT ON audit_entries TO tumbler_runtime;
        GRANT SELECT, INSERT ON audit_checkpoints TO tumbler_runtime;
        GRANT SELECT ON audit_anchors, audit_anchor_notes TO tumbler_runtime;
        GRANT SELECT, INSERT, UPDATE ON audit_checkpoint_heads, exports TO tumbler_runtime;
    END IF;
END $$;
