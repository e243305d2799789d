using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Paging;

namespace Tumbler.Contracts.Audit;

/// <summary>The audit log, to read. It is written only together with the changes it records.</summary>
public interface IAuditLog
{
    Task<Result<Page<AuditEntry>>> Query(AuditQuery query);

    /// <summary>Recomputes every checkpoint, and every chain up to what its owner knows as its end and through what the last
    /// checkpoint signed; trusts no stored word. Constant memory; a log of millions takes minutes, and says in the server's
    /// log how far it is.</summary>
    Task<Result<AuditVerdict>> Verify();
}
