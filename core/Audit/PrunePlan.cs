using Tumbler.Contracts.Audit;

namespace Tumbler.Core.Audit;

/// <summary>How far each chain may be pruned, by its archive alone: the entries before a day, from the first on without a
/// gap. Never the last entry that the archive holds of a chain, so the log and the archive overlap; and because a checkpoint
/// signed that entry, nothing is pruned that the last checkpoint signed, or that came after it.</summary>
/// <param name="before">The first instant that is kept.</param>
public sealed class PrunePlan(DateTimeOffset before)
{
    private readonly List<PrunePoint> points = [];
    private AuditEntry? last;
    private PrunePoint? point;
    private bool old;
    private long first;

    /// <summary>Takes the archive's entries as they stand there: chain after chain.</summary>
    public void See(AuditEntry entry)
    {
        if (entry.Chain != last?.Chain)
        {
            Close();
            (old, first) = (true, entry.Seq);
        }
        else if (old)
        {
            // Only now: it is not the chain's last.
            point = new PrunePoint(entry.Chain, first, new AuditHead(last.Seq, last.Hash));
        }

        old &= entry.Time < before;
        last = entry;
    }

    /// <summary>After the last entry: one for each chain of which anything may go.</summary>
    public IReadOnlyList<PrunePoint> Points()
    {
        Close();
        return points;
    }

    private void Close()
    {
        if (point is not null)
            points.Add(point);
        point = null;
    }
}
