using Tumbler.Contracts.Audit;
using Tumbler.Core.Audit;

namespace Tumbler.Storage.Rows;

/// <summary>A node's log, whole: it has no parts that could change alone.</summary>
internal sealed record NodeLogRow(
    NodeId Id, long Version, long Recorded, long Dropped, IReadOnlyList<Guid> Batches, long AuditSeq, string AuditHash)
{
    public static NodeLogRow Of(NodeLog log, long version) =>
        new(log.Id, version, log.Recorded, log.Dropped, log.Batches, log.AuditHead.Seq, log.AuditHead.Hash);

    public NodeLog ToLog() => new(Id, Recorded, Dropped, [.. Batches], new AuditHead(AuditSeq, AuditHash));
}
