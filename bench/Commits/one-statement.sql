\set next :version + 1
WITH saved AS (
    UPDATE reference_state SET version = :next, body = :body::jsonb
    WHERE id = :prefix::text || :client_id::text AND version = :version
    RETURNING id)
INSERT INTO reference_audit (chain, seq, time, org, actor_type, actor_id, action, resource_type, resource_id, status,
    request_id, source, details, prev_hash, hash, mac)
SELECT 'org:' || id, :next, :time::timestamptz, id, :actor_type, :actor_id, :action, :resource_type, id, :status,
    :request_id, :source, :details::jsonb, :prev_hash, :hash, :mac
FROM saved;
\set version :next
