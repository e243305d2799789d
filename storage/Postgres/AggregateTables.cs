namespace Tumbler.Storage.Postgres;

/// <summary>The statements about one kind of aggregate: rings with their signing keys, organisations with their API keys,
/// and node logs, which have neither children nor receipts: <see cref="RowChange"/> never asks for what is about those.</summary>
/// <param name="name">Its table.</param>
/// <param name="id">That table's key.</param>
/// <param name="children">The table of what changes together with it, or null.</param>
/// <param name="owner">The column that names whose child it is.</param>
/// <param name="childId">A child's key, as column and in its row.</param>
/// <param name="member">The children in the aggregate's own row.</param>
internal sealed class AggregateTables(
    string name, string id, string? children = null, string? owner = null, string? childId = null, string? member = null)
{
    public static AggregateTables Rings { get; } = new("rings", "id", "signing_keys", "ring", "kid", "keys");

    public static AggregateTables Organizations { get; } =
        new("organizations", "slug", "api_keys", "organization", "id", "api_keys");

    public static AggregateTables NodeLogs { get; } = new("node_logs", "id");

    /// <summary>$1 id, $2 chain: the version and the whole row. One statement, hence one state.</summary>
    public string Load { get; } = children is null ? $"SELECT version, body::text FROM {name} WHERE {id} = $1" : $"""
        SELECT version, (body || jsonb_build_object(
            '{member}', jsonb_build_object('removed', '[]'::jsonb, 'set', coalesce(
                (SELECT jsonb_agg(body ORDER BY position) FROM {children} WHERE {owner} = $1), '[]')),
            'receipts', jsonb_build_object('removed', '[]'::jsonb, 'set', coalesce(
                (SELECT jsonb_agg(body ORDER BY position) FROM receipts WHERE chain = $2), '[]'))))::text
        FROM {name} WHERE {id} = $1
        """;

    /// <summary>$1 id or null, $2 limit.</summary>
    public string List { get; } = $"SELECT {id} FROM {name} WHERE {id} > coalesce($1, '') ORDER BY {id} LIMIT $2";

    /// <summary>Whose rows <see cref="ChangedSince"/> lists.</summary>
    public string Name { get; } = name;

    /// <summary>$1 transaction: table, id and version of what it or a later one saved, as far as this statement sees. A dump
    /// restored into another server brings numbers along that this one will only give out some day; with 0 also those.</summary>
    public string ChangedSince { get; } = $"""
        SELECT '{name}', {id}, version FROM {name}
        WHERE changed_in >= $1 AND (changed_in < pg_snapshot_xmax(pg_current_snapshot()) OR $1 = '0'::xid8)
        """;

    /// <summary>$1 row. Fails when there is one.</summary>
    public string Insert { get; } = $"INSERT INTO {name} (body) VALUES ({Own(member)})";

    /// <summary>$1 row, $2 id, $3 expected version. Fails when that is not the version.</summary>
    public string Update { get; } = $"""
        WITH saved AS (UPDATE {name} SET body = {Own(member)}, changed_in = DEFAULT WHERE {id} = $2 AND version = $3 RETURNING 1)
        SELECT expect_saved(count(*)) FROM saved
        """;

    /// <summary>$1 the aggregate's row, which says what changed, $2 id.</summary>
    public string RemoveChildren { get; } =
        $"DELETE FROM {children} WHERE {owner} = $2 AND {childId} IN (SELECT jsonb_array_elements_text($1 -> '{member}' -> 'removed')::uuid)";

    /// <inheritdoc cref="RemoveChildren"/>
    public string SetChildren { get; } = $"""
        INSERT INTO {children} ({owner}, body)
        SELECT $2, child FROM jsonb_array_elements($1 -> '{member}' -> 'set') WITH ORDINALITY AS changed (child, n) ORDER BY n
        ON CONFLICT ({owner}, {childId}) DO UPDATE SET body = excluded.body
        """;

    /// <summary>$1 the aggregate's row, which says what changed, $2 chain.</summary>
    public string RemoveReceipts { get; } =
        "DELETE FROM receipts WHERE chain = $2 AND key_hash IN (SELECT jsonb_array_elements_text($1 -> 'receipts' -> 'removed'))";

    /// <inheritdoc cref="RemoveReceipts"/>
    public string SetReceipts { get; } = """
        INSERT INTO receipts (chain, body)
        SELECT $2, receipt FROM jsonb_array_elements($1 -> 'receipts' -> 'set') WITH ORDINALITY AS changed (receipt, n) ORDER BY n
        ON CONFLICT (chain, key_hash) DO UPDATE SET body = excluded.body
        """;

    /// <summary>$1 audit rows.</summary>
    public string AppendAudit { get; } = """
        INSERT INTO audit_entries (chain, seq, time, org, actor_type, actor_id, action, resource_type, resource_id, status,
            request_id, source, details, prev_hash, hash, mac)
        SELECT entry.* FROM jsonb_to_recordset($1) AS entry (chain text, seq bigint, time timestamptz, org text, actor_type text,
            actor_id text, action text, resource_type text, resource_id text, status text, request_id text, source text,
            details jsonb, prev_hash text, hash text, mac text)
        ORDER BY entry.seq
        """;

    /// <summary>The row without what has tables of its own.</summary>
    private static string Own(string? member) => member is null ? "$1" : $"$1 - '{member}' - 'receipts'";
}
