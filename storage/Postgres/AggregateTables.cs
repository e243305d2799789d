namespace Tumbler.Storage.Postgres;

/// <summary>The statements about one kind of aggregate: rings with their signing keys, organisations with their API keys,
/// and node logs and revoked tokens, which have neither children nor receipts: <see cref="RowChange"/> never asks for what is
/// about those.</summary>
/// <param name="name">Its table.</param>
/// <param name="id">That table's key.</param>
/// <param name="children">The table of what changes together with it, or null.</param>
/// <param name="owner">The column that names whose child it is.</param>
/// <param name="childId">The column that tells its children apart.</param>
/// <param name="member">The children in the aggregate's own row.</param>
internal sealed class AggregateTables(
    string name, string id, string? children = null, string? owner = null, string? childId = null, string? member = null)
{
    public static AggregateTables Rings { get; } = new("rings", "id", "signing_keys", "ring", "kid", "keys");

    public static AggregateTables Organizations { get; } =
        new("organizations", "slug", "api_keys", "organization", "id", "api_keys");

    public static AggregateTables NodeLogs { get; } = new("node_logs", "id");

    public static AggregateTables TokenRevocations { get; } = new("token_revocations", "ring");

    /// <summary>$1 id, $2 chain, $3 version: the version now, the row with the children that were saved since that one and all
    /// receipts, and how many children there are. One statement, hence one state.</summary>
    public string Load { get; } = children is null ? $"SELECT version, body::text, 0::bigint FROM {name} WHERE {id} = $1" : $"""
        SELECT version, (body || jsonb_build_object(
            '{member}', jsonb_build_object('removed', '[]'::jsonb, 'set', coalesce(
                (SELECT jsonb_agg(body ORDER BY position) FROM {children} WHERE {owner} = $1 AND saved_as > $3), '[]')),
            'receipts', jsonb_build_object('removed', '[]'::jsonb, 'set', coalesce(
                (SELECT jsonb_agg(body ORDER BY position) FROM receipts WHERE chain = $2), '[]'))))::text,
            (SELECT count(*) FROM {children} WHERE {owner} = $1)
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

    /// <summary>$1 row. Saves nothing when there is one.</summary>
    public string Create { get; } = $"INSERT INTO {name} (body) VALUES ({Own(member)}) ON CONFLICT DO NOTHING RETURNING 1";

    /// <summary>$1 row, $2 id, $3 expected version. Saves nothing when that is not the version.</summary>
    public string Update { get; } =
        $"UPDATE {name} SET body = {Own(member)}, changed_in = DEFAULT WHERE {id} = $2 AND version = $3 RETURNING 1";

    /// <summary>$1 the aggregate's row, which says what changed, $2 id.</summary>
    public RowStatements? Children { get; } = children is null ? null : new(children, owner!, "$2", childId!, "uuid", $"$1 -> '{member}'", savedAs: "($1 ->> 'version')::bigint");

    /// <summary>$1 the aggregate's row, which says what changed, $4 chain.</summary>
    public RowStatements Receipts { get; } = new("receipts", "chain", "$4", "key_hash", "text", "$1 -> 'receipts'");

    /// <summary>The row without what has tables of its own.</summary>
    private static string Own(string? member) => member is null ? "$1" : $"$1 - '{member}' - 'receipts'";
}
