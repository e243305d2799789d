namespace Tumbler.Storage.Postgres;

/// <summary>What a save does to the rows of one list of an aggregate.</summary>
/// <param name="owner">The column that says whose row it is, and <paramref name="ownerIs"/> its value.</param>
/// <param name="key">The column that tells the owner's rows apart.</param>
/// <param name="change">The list in the aggregate's row: <c>{removed, set}</c>.</param>
/// <param name="savedAs">The aggregate's version, where the rows keep it.</param>
internal sealed class RowStatements(string table, string owner, string ownerIs, string key, string keyType, string change, string? savedAs = null)
{
    public string Remove { get; } = $"""
        DELETE FROM {table} USING saved
        WHERE {owner} = {ownerIs} AND {key} IN (SELECT jsonb_array_elements_text({change} -> 'removed')::{keyType})
        RETURNING 1
        """;

    public string Set { get; } = $"""
        INSERT INTO {table} ({owner}, body{(savedAs is null ? "" : ", saved_as")})
        SELECT {ownerIs}, row{(savedAs is null ? "" : $", {savedAs}")} FROM saved, jsonb_array_elements({change} -> 'set') WITH ORDINALITY AS changed (row, n) ORDER BY n
        ON CONFLICT ({owner}, {key}) DO UPDATE SET body = excluded.body{(savedAs is null ? "" : ", saved_as = excluded.saved_as")}
        """;

    /// <summary>What is removed and set goes first and then stands at the end. Of two parts of a statement the one that
    /// asks for the other's rows is the later one; without that, PostgreSQL promises no order.</summary>
    public string SetAfter(string removed) => Set.Replace("FROM saved,", $"FROM saved, (SELECT count(*) FROM {removed}) AS first,", StringComparison.Ordinal);
}
