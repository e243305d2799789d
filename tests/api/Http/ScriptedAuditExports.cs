using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Paging;

namespace Tumbler.Api.Tests.Http;

internal sealed class ScriptedAuditExports : IAuditExports
{
    public static readonly Guid Id = Guid.Parse("3f2504e0-4f89-41d3-9a0c-0305e82c3301");

    public (OrgSlug? Org, ExportAuditLog Request, CallContext Call)? LastStart { get; private set; }

    public Task<Result<AuditExport>> Start(OrgSlug? org, ExportAuditLog request, CallContext call)
    {
        LastStart = (org, request, call);
        return Task.FromResult<Result<AuditExport>>(new AuditExport(
            Id, org?.Value, FixedClock.Now, AuditExportStatus.Waiting, AuditTimestampStatus.NotRequested));
    }

    public Task<Result<AuditExport>> Get(Guid id) => Task.FromResult<Result<AuditExport>>(id == Id
        ? new AuditExport(Id, null, FixedClock.Now, AuditExportStatus.Completed, AuditTimestampStatus.Stamped, 9, 9, 3, null, ["audit.jsonl"])
        : Refusal.NotFound("export", id.ToString()));

    public async Task<Result<Page<AuditExport>>> List(PageRequest page) => (await Get(Id)).Map(export => new Page<AuditExport>([export], page.Cursor));

    public Task<Result<Stream>> Open(Guid id, string file) => Task.FromResult<Result<Stream>>(id == Id && file == "audit.jsonl"
        ? new MemoryStream("{}\n"u8.ToArray())
        : new Refusal(ErrorCode.NotFound, "There is no such file of this export."));
}
