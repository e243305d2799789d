namespace Tumbler.Storage.Postgres;

/// <summary>A save as one statement, for each combination of <see cref="SaveParts"/>. One, because the server's work on a
/// statement, not that on its rows, is what a small commit costs most: a transaction of several took half as long again.
/// Every part reads from <c>saved</c>, which is empty when another version is in the database: then nothing happens, and the
/// count of entries says so.</summary>
internal sealed class SaveStatements(AggregateTables tables)
{
    // Kept, because Npgsql knows a statement that it has prepared by its text.
    private readonly string?[] texts = new string?[(int)SaveParts.All + 1];

    /// <summary>$1 row, $2 id, $3 expected version, $4 chain, from $5 on the entries, behind them what is revoked.</summary>
    public string Of(SaveParts parts) => texts[(int)parts] ??= Compose(parts);

    private string Compose(SaveParts parts)
    {
        var with = new List<string> { $"saved AS ({(parts.HasFlag(SaveParts.Update) ? tables.Update : tables.Create)})" };
        Add("children", tables.Children.ElementAtOrDefault(0), parts.HasFlag(SaveParts.RemoveChildren), parts.HasFlag(SaveParts.SetChildren));
        Add("clients", tables.Children.ElementAtOrDefault(1), parts.HasFlag(SaveParts.RemoveClients), parts.HasFlag(SaveParts.SetClients));
        Add("receipts", tables.Receipts, parts.HasFlag(SaveParts.RemoveReceipts), parts.HasFlag(SaveParts.SetReceipts));
        if (parts.HasFlag(SaveParts.Revoke))
            with.Add(RevocationStatements.AppendBehind(parts.HasFlag(SaveParts.ManyEntries) ? AuditStatements.ManyEnd : AuditStatements.OneEnd));
        return $"""
            WITH {string.Join(",\n", with)}
            {(parts.HasFlag(SaveParts.ManyEntries) ? AuditStatements.AppendMany : AuditStatements.AppendOne)}
            """;

        void Add(string list, RowStatements? rows, bool removes, bool sets)
        {
            if (removes)
                with.Add($"removed_{list} AS ({rows!.Remove})");
            if (sets)
                with.Add($"set_{list} AS ({(removes ? rows!.SetAfter($"removed_{list}") : rows!.Set)})");
        }
    }
}
