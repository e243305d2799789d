using Tumbler.Contracts.Audit;

namespace Tumbler.Core.Audit;

public static class NodeLogDecisions
{
    /// <summary>Adds a batch, or nothing when it is in the log already.</summary>
    /// <returns>Answered with how many entries it took.</returns>
    public static Decision<NodeLog, int> Record(NodeLog? log, NodeId node, SecurityBatch batch)
    {
        log ??= NodeLog.Empty(node);
        if (log.Batches.Contains(batch.Id))
            return new(log, [], 0);

        List<AuditDraft> drafts = [.. batch.Tallies.OrderBy(tally => tally.First.At).Select(SecurityAudit.TurnedAway)];
        if (batch.DroppedCount > 0)
            drafts.Add(SecurityAudit.Dropped(batch));
        return new(log.Adding(batch), drafts, drafts.Count);
    }
}
