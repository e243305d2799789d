using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;

namespace Tumbler.Core.Audit;

/// <summary>What a decision has to say about itself. Becomes an <see cref="AuditEntry"/> in the commit that carries
/// the decision out.</summary>
/// <param name="Details">Redacted: no secret, no token, no whole e-mail address.</param>
public sealed record AuditDraft(
    OrgSlug? Org,
    AuditAction Action,
    AuditResource ResourceType,
    string ResourceId,
    AuditStatus Status,
    IReadOnlyDictionary<string, string> Details)
{
    /// <summary>Who caused it, where that is another request than the one that carries it out.</summary>
    public CallContext? Cause { get; init; }

    /// <summary>When it happened, where that is not now.</summary>
    public DateTimeOffset? At { get; init; }
}
