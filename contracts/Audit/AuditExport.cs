namespace Tumbler.Contracts.Audit;

/// <summary>A copy of the audit log that can be verified without the server.</summary>
/// <param name="Org">The organisation whose chain it holds, or null: the whole log.</param>
/// <param name="EntriesDone">How many entries have been written so far.</param>
/// <param name="EntriesTotal">How many there will be; null until it is known.</param>
/// <param name="Checkpoint">The number of the checkpoint up to which it goes; null until it is known.</param>
/// <param name="Problem">Why it failed, or why it has no time stamp; null when all is well.</param>
/// <param name="Files">What can be fetched; null until it is completed.</param>
/// <param name="Node">Who makes it, and in whose directory it lies.</param>
public sealed record AuditExport(
    Guid Id,
    string? Org,
    DateTimeOffset RequestedAt,
    AuditExportStatus Status,
    AuditTimestampStatus Timestamp,
    long EntriesDone = 0,
    long? EntriesTotal = null,
    long? Checkpoint = null,
    string? Problem = null,
    IReadOnlyList<string>? Files = null,
    string? Node = null);
