namespace Tumbler.Core.Audit;

/// <summary>The security events of a while, on their way into the log.</summary>
/// <param name="Id">Names this very batch, so that it is written once although its answer may get lost.</param>
/// <param name="Dropped">How many more there were, by reason, of which nothing but their number was kept.</param>
public sealed record SecurityBatch(
    Guid Id, IReadOnlyList<SecurityTally> Tallies, IReadOnlyDictionary<SecurityReason, long> Dropped)
{
    public long RecordedCount => Tallies.Sum(tally => tally.Count);

    public long DroppedCount => Dropped.Values.Sum();

    public long Count => RecordedCount + DroppedCount;
}
