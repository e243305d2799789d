using Tumbler.Storage.Rows;

namespace Tumbler.Storage.Journal;

/// <summary>What was used once and is remembered, in memory. From one thread at a time.</summary>
internal sealed class UsedOnceRows
{
    private readonly Dictionary<string, UsedOnceRow> used = [];
    private readonly PriorityQueue<string, DateTimeOffset> endings = new();

    public IEnumerable<UsedOnceRow> All => used.Values.OrderBy(row => row.At);

    public bool Has(string hash) => used.ContainsKey(hash);

    /// <summary>Forgets what has had its time.</summary>
    public void Put(UsedOnceRow row)
    {
        while (endings.TryPeek(out var hash, out var until) && until <= row.At)
        {
            endings.Dequeue();
            used.Remove(hash);
        }

        if (used.TryAdd(row.Hash, row))
            endings.Enqueue(row.Hash, row.Until);
    }
}
