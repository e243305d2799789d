namespace Tumbler.Contracts.Audit;

public enum AuditAction
{
    Create,
    Update,
    Delete,
    Execute,
    Rotate,
    Revoke,
}
