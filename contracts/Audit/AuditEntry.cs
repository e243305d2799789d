using Tumbler.Contracts.Calls;

namespace Tumbler.Contracts.Audit;

/// <summary>One line of the audit log. Entries of one <paramref name="Chain"/> are numbered from 1 without gaps and
/// each holds its predecessor's hash, so that none can be changed, removed or moved unseen.</summary>
/// <param name="Chain">Whose chain: <c>ring:default</c>, <c>org:acme</c>, <c>tokens:default</c>,
/// <c>node:silo-1</c>.</param>
/// <param name="Org">The organisation concerned, or null.</param>
/// <param name="Details">What changed, redacted: no secret, no token.</param>
/// <param name="PrevHash">The predecessor's hash, or 64 zeros for the first; lower-case hex, like the next two.</param>
/// <param name="Hash">SHA-256 over the RFC 8785 form of everything but <paramref name="Hash"/> and <paramref name="Mac"/>.</param>
/// <param name="Mac">HMAC-SHA256 of <paramref name="Hash"/> (its 32 bytes) with the audit key.</param>
public sealed record AuditEntry(
    string Chain,
    long Seq,
    DateTimeOffset Time,
    string? Org,
    Actor Actor,
    AuditAction Action,
    AuditResource ResourceType,
    string ResourceId,
    AuditStatus Status,
    string RequestId,
    string Source,
    IReadOnlyDictionary<string, string> Details,
    string PrevHash,
    string Hash,
    string Mac);
