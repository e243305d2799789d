using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Paging;

namespace Tumbler.Contracts.Audit;

/// <summary>The audit log, to read. It is written only together with the changes it records.</summary>
public interface IAuditLog
{
    Task<Result<Page<AuditEntry>>> Query(AuditQuery query);

    /// <summary>Recomputes every chain up to what its owner knows as its end; trusts no stored word.</summary>
    Task<Result<AuditVerdict>> Verify();
}
