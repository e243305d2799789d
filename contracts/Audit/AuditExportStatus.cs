namespace Tumbler.Contracts.Audit;

public enum AuditExportStatus
{
    Waiting,
    Running,
    Completed,
    Failed,
}
