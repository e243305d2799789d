namespace Tumbler.Storage.Rows;

/// <summary>How one list of rows became another: <paramref name="Removed"/> go, then each of <paramref name="Set"/>
/// takes the place of the row with its key, or stands at the end when there is none.</summary>
internal sealed record RowChanges<TKey, TItem>(IReadOnlyList<TKey> Removed, IReadOnlyList<TItem> Set) where TKey : notnull
{
    public RowChanges<TKey, TOther> Select<TOther>(Func<TItem, TOther> map) => new(Removed, [.. Set.Select(map)]);

    /// <summary>By key; the order says nothing.</summary>
    public static RowChanges<TKey, TItem> Between(IReadOnlyDictionary<TKey, TItem> old, IReadOnlyDictionary<TKey, TItem> next) =>
        ReferenceEquals(old, next)
            ? new([], [])
            : new(
                [.. old.Keys.Where(key => !next.ContainsKey(key))],
                [.. next.Where(row => !(old.TryGetValue(row.Key, out var before) && Same(before, row.Value))).Select(row => row.Value)]);

    /// <summary>In order. Keys are unique within a list.</summary>
    public static RowChanges<TKey, TItem> Between(IReadOnlyList<TItem> old, IReadOnlyList<TItem> next, Func<TItem, TKey> keyOf)
    {
        if (old.SequenceEqual(next))
            return new([], []);
        var changes = Between(old.ToDictionary(keyOf), next.ToDictionary(keyOf));

        // Rows that changed places: nothing of ours does that, and writing all of them is right as well.
        return changes.ApplyTo(old, keyOf).SequenceEqual(next) ? changes : new([.. old.Select(keyOf)], next);
    }

    public IReadOnlyList<TItem> ApplyTo(IReadOnlyList<TItem> old, Func<TItem, TKey> keyOf)
    {
        if (Removed.Count + Set.Count == 0)
            return old;
        var rows = new OrderedDictionary<TKey, TItem>(old.Select(row => KeyValuePair.Create(keyOf(row), row)));
        foreach (var key in Removed)
            rows.Remove(key);
        foreach (var row in Set)
            rows[keyOf(row)] = row;
        return [.. rows.Values];
    }

    private static bool Same(TItem a, TItem b) => EqualityComparer<TItem>.Default.Equals(a, b);
}
