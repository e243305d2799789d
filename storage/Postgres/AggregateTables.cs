namespace Tumbler.Storage.Postgres;

/// <summary>The statements about one kind of aggregate: rings with their signing keys, organisations with their API keys
/// and clients, and node logs and revoked tokens, which have neither children nor receipts: <see cref="RowChange"/> never asks for what is
/// about those.</summary>
/// <param name="name">Its table.</param>
/// <param name="id">That table's key.</param>
/// <param name="children">What changes together with it.</param>
internal sealed class AggregateTables(string name, string id, params ChildTable[] children)
{
    public static AggregateTables Rings { get; } = new("rings", "id", new ChildTable("signing_keys", "ring", "kid", "uuid", "keys"));

    public static AggregateTables Organizations { get; } = new(
        "organizations",
        "slug",
        new ChildTable("api_keys", "organization", "id", "uuid", "api_keys"),
        new ChildTable("clients", "organization", "id", "text", "clients"));

    public static AggregateTables NodeLogs { get; } = new("node_logs", "id");

    public static AggregateTables TokenRevocations { get; } = new("token_revocations", "ring");

    /// <summary>$1 id, $2 chain, $3 version: the version now, the row with the children that were saved since that one and all
    /// receipts, and how many children there are. One statement, hence one state.</summary>
    public string Load { get; } = children.Length == 0 ? $"SELECT version, body::text, 0::bigint FROM {name} WHERE {id} = $1" : $"""
        SELECT version, (body || jsonb_build_object(
            {string.Concat(children.Select(child => $"""
            '{child.Member}', jsonb_build_object('removed', '[]'::jsonb, 'set', coalesce(
                (SELECT jsonb_agg(body ORDER BY position) FROM {child.Name} WHERE {child.Owner} = $1 AND saved_as > $3), '[]')),

            """))}'receipts', jsonb_build_object('removed', '[]'::jsonb, 'set', coalesce(
                (SELECT jsonb_agg(body ORDER BY position) FROM receipts WHERE chain = $2), '[]'))))::text,
            {string.Join(" + ", children.Select(child => $"(SELECT count(*) FROM {child.Name} WHERE {child.Owner} = $1)"))}
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
    public string Create { get; } = $"INSERT INTO {name} (body) VALUES ({Own(children)}) ON CONFLICT DO NOTHING RETURNING 1";

    /// <summary>$1 row, $2 id, $3 expected version. Saves nothing when that is not the version.</summary>
    public string Update { get; } =
        $"UPDATE {name} SET body = {Own(children)}, changed_in = DEFAULT WHERE {id} = $2 AND version = $3 RETURNING 1";

    /// <summary>$1 the aggregate's row, which says what changed, $2 id.</summary>
    public IReadOnlyList<RowStatements> Children { get; } =
    [
        .. children.Select(child => new RowStatements(
            child.Name, child.Owner, "$2", child.Id, child.IdType, $"$1 -> '{child.Member}'", savedAs: "($1 ->> 'version')::bigint")),
    ];

    /// <summary>$1 the aggregate's row, which says what changed, $4 chain.</summary>
    public RowStatements Receipts { get; } = new("receipts", "chain", "$4", "key_hash", "text", "$1 -> 'receipts'");

    /// <summary>The row without what has tables of its own.</summary>
    private static string Own(ChildTable[] children) => children.Length == 0
        ? "$1"
        : $"$1{string.Concat(children.Select(child => $" - '{child.Member}'"))} - 'receipts'";
}
