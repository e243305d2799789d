using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Paging;

namespace Tumbler.Api.Tests.Http;

internal sealed class ScriptedAuditLog : IAuditLog
{
    public AuditQuery? LastQuery { get; private set; }

    public Task<Result<Page<AuditEntry>>> Query(AuditQuery query)
    {
        LastQuery = query;
        var entry = new AuditEntry(
            "org:acme", 1, FixedClock.Now, null, Actor.Administrator, AuditAction.Rotate, AuditResource.SigningKey, "k",
            AuditStatus.Success, "r", "127.0.0.1", new Dictionary<string, string> { ["kid"] = "k" }, "00", "11", "22");
        return Task.FromResult<Result<Page<AuditEntry>>>(new Page<AuditEntry>([entry], null));
    }

    public Task<Result<AuditVerdict>> Verify() => Task.FromResult<Result<AuditVerdict>>(
        new AuditVerdict(false, 2, 9, new AuditFault("org:acme", 4, "Hash of entry 3 expected.")));
}
