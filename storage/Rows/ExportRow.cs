using Tumbler.Contracts.Audit;

namespace Tumbler.Storage.Rows;

internal sealed record ExportRow(
    Guid Id,
    string? Org,
    DateTimeOffset RequestedAt,
    AuditExportStatus Status,
    AuditTimestampStatus Timestamp,
    long EntriesDone,
    long? EntriesTotal,
    long? Checkpoint,
    string? Problem,
    IReadOnlyList<string>? Files,
    string? Node)
{
    public static ExportRow Of(AuditExport export) => new(
        export.Id, export.Org, export.RequestedAt, export.Status, export.Timestamp, export.EntriesDone, export.EntriesTotal,
        export.Checkpoint, export.Problem, export.Files, export.Node);

    public AuditExport ToExport() => new(
        Id, Org, RequestedAt, Status, Timestamp, EntriesDone, EntriesTotal, Checkpoint, Problem, Files, Node);
}
