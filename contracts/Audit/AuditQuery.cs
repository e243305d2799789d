using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Paging;

namespace Tumbler.Contracts.Audit;

/// <summary>Which entries are wanted, newest first. A null filter lets everything through.</summary>
/// <param name="From">At or after this instant.</param>
/// <param name="Until">Before this instant.</param>
public sealed record AuditQuery(
    OrgSlug? Org = null,
    AuditAction? Action = null,
    AuditResource? ResourceType = null,
    string? ResourceId = null,
    string? Actor = null,
    AuditStatus? Status = null,
    DateTimeOffset? From = null,
    DateTimeOffset? Until = null,
    PageRequest? Page = null);
