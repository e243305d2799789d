using Tumbler.Storage.Rows;

namespace Tumbler.Storage.Journal.Rows;

/// <summary>One change with its audit entries: of a ring, an organisation or a node's log. Or a checkpoint, or how far an export
/// is, or that something was used that may be used once, or anchors: of the entries in earlier lines those up to them are gone. A compacted journal also holds audit entries alone,
/// whose changes are long superseded.</summary>
internal sealed record CommitRow(
    IReadOnlyList<AuditRow> Audit,
    RingRow? Ring = null,
    OrganizationRow? Organization = null,
    NodeLogRow? NodeLog = null,
    CheckpointRow? Checkpoint = null,
    ExportRow? Export = null,
    CheckpointRow? Pruning = null,
    UsedOnceRow? UsedOnce = null);
