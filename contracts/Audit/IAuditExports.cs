using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Paging;

namespace Tumbler.Contracts.Audit;

/// <summary>Signed copies of the audit log. They are made in the background, one after the other.</summary>
public interface IAuditExports
{
    /// <param name="org">Whose chain; null: the whole log.</param>
    Task<Result<AuditExport>> Start(OrgSlug? org, ExportAuditLog request, CallContext call);

    Task<Result<AuditExport>> Get(Guid id);

    /// <summary>Newest first.</summary>
    Task<Result<Page<AuditExport>>> List(PageRequest page);

    /// <param name="file">One of the export's files. The caller closes the stream.</param>
    Task<Result<Stream>> Open(Guid id, string file);
}
