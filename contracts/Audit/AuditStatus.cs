namespace Tumbler.Contracts.Audit;

public enum AuditStatus
{
    Success,
    Failure,
}
