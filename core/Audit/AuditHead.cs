namespace Tumbler.Core.Audit;

/// <summary>Where a chain ends. Its owner keeps it in its own state, so that a tail cut off the log is missed.</summary>
/// <param name="Seq">The number of the last entry, 0 when there is none.</param>
/// <param name="Hash">The hash of the last entry, lower-case hex.</param>
public sealed record AuditHead(long Seq, string Hash)
{
    public static AuditHead Empty { get; } = new(0, new string('0', 64));
}
