using System.Globalization;
using Tumbler.Contracts.Audit;

namespace Tumbler.Core.Audit;

public static class NodeLogDecisions
{
    private const int MostNamed = 50;

    /// <summary>Says that the node goes on with other settings than it started with.</summary>
    /// <param name="settings">Their names; never what they are.</param>
    public static Decision<NodeLog, int> Configured(NodeLog? log, NodeId node, IReadOnlyList<string> settings)
    {
        var details = new Dictionary<string, string>
        {
            ["count"] = settings.Count.ToString(CultureInfo.InvariantCulture),
            ["settings"] = string.Join(' ', settings.Take(MostNamed)),
        };
        return new(log ?? NodeLog.Empty(node), [new AuditDraft(null, AuditAction.Update, AuditResource.Config, node.Value, AuditStatus.Success, details)], 1);
    }

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
