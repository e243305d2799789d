namespace Tumbler.Storage;

/// <summary>Where a page of the audit log ended.</summary>
/// <param name="Position">Of its last entry; the next page begins below.</param>
/// <param name="UnderWay">The transactions that had not committed when the first page was read: what they wrote since is
/// on no later page. None where there is one writer.</param>
internal sealed record AuditPlace(long Position, uint[] UnderWay)
{
    public static AuditPlace Start { get; } = new(long.MaxValue, []);
}
