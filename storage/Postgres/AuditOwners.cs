namespace Tumbler.Storage.Postgres;

/// <summary>The aggregates that own audit chains, each with its table, key and the chain's prefix.</summary>
internal static class AuditOwners
{
    private static readonly (string Table, string Id, string Prefix)[] Kinds =
    [
        ("rings", "id", "ring:"),
        ("organizations", "slug", "org:"),
        ("node_logs", "id", "node:"),
        ("token_revocations", "ring", "tokens:"),
    ];

    /// <summary>Chain, seq and hash of every owner. A head that somebody changed to nonsense is null, not an error.</summary>
    public static string Heads { get; } = string.Join(" UNION ALL ", Kinds.Select(kind => $"""
        SELECT '{kind.Prefix}' || {kind.Id} AS chain,
            CASE WHEN body ->> 'audit_seq' ~ '^[0-9]{"{1,18}"}$' THEN (body ->> 'audit_seq')::bigint END AS seq,
            body ->> 'audit_hash' AS hash
        FROM {kind.Table}
        """));
}
