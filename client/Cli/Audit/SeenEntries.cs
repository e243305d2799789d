namespace Tumbler.Cli.Audit;

/// <summary>Which entries were shown: of the last pages, not of all time.</summary>
internal sealed class SeenEntries
{
    private const int Most = 10_000;

    private readonly HashSet<(string, long)> places = [];
    private readonly Queue<(string, long)> order = [];

    /// <returns>Whether it is new.</returns>
    public bool Add(ShownEntry entry)
    {
        if (!places.Add(entry.Place))
            return false;
        order.Enqueue(entry.Place);
        if (order.Count > Most)
            places.Remove(order.Dequeue());
        return true;
    }
}
