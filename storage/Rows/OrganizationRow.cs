using System.Collections.Immutable;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.ApiKeys;
using Tumbler.Core.Audit;
using Tumbler.Core.Idempotency;
using Tumbler.Core.Organizations;

namespace Tumbler.Storage.Rows;

/// <summary>An organisation's own data, and of its API keys and receipts those that changed: with ten thousand API
/// keys a commit still writes one.</summary>
internal sealed record OrganizationRow(
    OrgSlug Slug,
    long Version,
    string Name,
    string Email,
    OrganizationStatus Status,
    bool Deleted,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long AuditSeq,
    string AuditHash,
    RowChanges<ApiKeyId, ApiKeyRow> ApiKeys,
    RowChanges<string, ReceiptRow> Receipts)
{
    private static readonly ImmutableDictionary<ApiKeyId, ApiKey> NoKeys = ImmutableDictionary<ApiKeyId, ApiKey>.Empty;

    public static OrganizationRow Between(Organization? old, Organization next, long version) => new(
        next.Slug,
        version,
        next.Name,
        next.Email,
        next.Status,
        next.Deleted,
        next.CreatedAt,
        next.UpdatedAt,
        next.AuditHead.Seq,
        next.AuditHead.Hash,
        RowChanges<ApiKeyId, ApiKey>.Between(old?.ApiKeys ?? NoKeys, next.ApiKeys).Select(ApiKeyRow.Of),
        RowChanges<string, Receipt>.Between(old?.Receipts ?? [], next.Receipts, receipt => receipt.KeyHash).Select(ReceiptRow.Of));

    public Organization ApplyTo(Organization? old) => new(
        Slug,
        Name,
        Email,
        Status,
        Deleted,
        CreatedAt,
        UpdatedAt,
        (old?.ApiKeys ?? NoKeys)
            .RemoveRange(ApiKeys.Removed)
            .SetItems(ApiKeys.Set.Select(row => KeyValuePair.Create(row.Id, row.ToKey()))),
        new AuditHead(AuditSeq, AuditHash),
        [.. Receipts.Select(row => row.ToReceipt()).ApplyTo(old?.Receipts ?? [], receipt => receipt.KeyHash)]);
}
