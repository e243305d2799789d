namespace Tumbler.Contracts.Audit;

/// <summary>Whether an export carries an RFC 3161 time stamp.</summary>
public enum AuditTimestampStatus
{
    NotRequested,
    Requested,
    Stamped,
    Failed,
}
