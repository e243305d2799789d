using Tumbler.Storage.Rows;

namespace Tumbler.Storage.Journal.Rows;

/// <summary>One change with its audit entries: of a ring, an organisation, a ring's revoked tokens or a node's log; with what it
/// revokes, which takes the next numbers of the feed. Or a checkpoint, or how far an export
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
    TokenRevocationsRow? TokenRevocations = null,
    IReadOnlyList<RevocationRow>? Revocations = null,
    FeedRow? Feed = null,
    UsedOnceRow? UsedOnce = null);
