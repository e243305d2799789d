using System.Collections.Immutable;
using Tumbler.Contracts.Audit;
using Tumbler.Core.Idempotency;

namespace Tumbler.Core.Audit;

/// <summary>What a node's data path has said: security events, which belong to no ring's or organisation's change.</summary>
/// <param name="Recorded">How many events its entries stand for.</param>
/// <param name="Dropped">How many more there were of which only the number is in an entry.</param>
/// <param name="Batches">The latest ones, the last at the end.</param>
/// <param name="AuditHead">The end of its audit chain.</param>
public sealed record NodeLog(
    NodeId Id, long Recorded, long Dropped, ImmutableArray<Guid> Batches, AuditHead AuditHead) : IAggregate<NodeLog>
{
    /// <summary>More than one, because processes that share a name write in turn, and each may have to ask about its own.</summary>
    public const int BatchesKept = 16;

    public string Chain => ChainOf(Id);

    /// <summary>Nobody repeats a request to it; a batch names itself.</summary>
    public ImmutableArray<Receipt> Receipts => [];

    public static string ChainOf(NodeId id) => $"node:{id}";

    public static NodeLog Empty(NodeId id) => new(id, 0, 0, [], AuditHead.Empty);

    public NodeLog With(AuditHead head, ImmutableArray<Receipt> receipts) => this with { AuditHead = head };

    internal NodeLog Adding(SecurityBatch batch) => this with
    {
        Recorded = Recorded + batch.RecordedCount,
        Dropped = Dropped + batch.DroppedCount,
        Batches = [.. Batches.Append(batch.Id).TakeLast(BatchesKept)],
    };
}
